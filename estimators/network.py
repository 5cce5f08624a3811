"""The value type in the middle of everything: a ReLU network and its exact algebra."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from estimators.layers import validated_layers
from estimators.notation import network_equations

BLOCK = 2**18  # numbers held at once where the inputs could be many


@dataclass(frozen=True, eq=False, repr=False)
class ReLUNetwork:
    """A fully connected ReLU network: immutable, validated, evaluated exactly.

    With ``K`` hidden layers of widths ``D_1, …, D_K`` it is the function ::

        h_1 = a[β_0 + Ω_0 x],   h_{k+1} = a[β_k + Ω_k h_k],   y = β_K + Ω_K h_K

    where ``a[z] = max(z, 0)``. ``K = 0`` is an affine map.

    Parameters
    ----------
    weights : sequence of K + 1 array-like of shape (D_{k+1}, D_k)
        The weight matrices Ω_k; ``D_0`` is the number of inputs and ``D_{K+1}`` the
        number of outputs.
    biases : sequence of K + 1 array-like of shape (D_{k+1},)
        The bias vectors β_k.

    Raises
    ------
    ValueError
        If shapes do not chain, a layer is empty, or a number is not finite.

    Notes
    -----
    Parameters are copied and made read-only. They are float32 when all of them came
    as float32 and float64 otherwise. Source: Prince, *Understanding Deep Learning*,
    equations 4.15 and 4.16 (the lectures' "general equation for deep networks").

    Examples
    --------
    >>> from estimators import ReLUNetwork
    >>> hat = ReLUNetwork([[[1], [1]], [[1, -2]]], [[0, -1], [0]])
    >>> hat([0, 1, 2]).ravel()
    array([0., 1., 0.])
    """

    weights: tuple[NDArray[np.floating], ...]
    biases: tuple[NDArray[np.floating], ...]

    def __post_init__(self) -> None:
        weights, biases = validated_layers(self.weights, self.biases)
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "biases", biases)

    # -- shape ----------------------------------------------------------------------

    @property
    def n_inputs(self) -> int:
        """Number of inputs, D_0."""
        return self.weights[0].shape[1]

    @property
    def n_outputs(self) -> int:
        """Number of outputs, D_{K+1}."""
        return self.weights[-1].shape[0]

    @property
    def widths(self) -> tuple[int, ...]:
        """Number of hidden units of each hidden layer, (D_1, …, D_K)."""
        return tuple(bias.size for bias in self.biases[:-1])

    @property
    def depth(self) -> int:
        """Number of hidden layers, K."""
        return len(self.weights) - 1

    @property
    def n_parameters(self) -> int:
        """Number of weights and biases."""
        return sum(W.size + b.size for W, b in zip(self.weights, self.biases))

    @property
    def dtype(self) -> np.dtype:
        """Floating type of all parameters, float32 or float64."""
        return self.weights[0].dtype

    # -- evaluation -----------------------------------------------------------------

    def __call__(self, X: ArrayLike) -> NDArray[np.floating]:
        """Evaluate the network.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_inputs)
            Inputs. A one-input network also takes shape (n_samples,).

        Returns
        -------
        y : ndarray of shape (n_samples, n_outputs)
            Outputs.

        Raises
        ------
        ValueError
            If `X` has the wrong shape or holds NaN or infinity.
        """
        h = self.validated_inputs(X)
        for W, b in zip(self.weights[:-1], self.biases[:-1]):
            h = np.maximum(h @ W.T + b, 0)
        return h @ self.weights[-1].T + self.biases[-1]

    def pre_activations(self, X: ArrayLike) -> list[NDArray[np.floating]]:
        """Return what enters the ReLUs, β_k + Ω_k h_k, layer by layer.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_inputs)
            Inputs.

        Returns
        -------
        z : list of K ndarray of shape (n_samples, D_{k+1})
            One array per hidden layer.
        """
        h = self.validated_inputs(X)
        z = []
        for W, b in zip(self.weights[:-1], self.biases[:-1]):
            z.append(h @ W.T + b)
            h = np.maximum(z[-1], 0)
        return z

    def hidden(self, X: ArrayLike) -> list[NDArray[np.floating]]:
        """Return what leaves the ReLUs, h_1 to h_K.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_inputs)
            Inputs.

        Returns
        -------
        h : list of K ndarray of shape (n_samples, D_k)
            One array per hidden layer.
        """
        return [np.maximum(z, 0) for z in self.pre_activations(X)]

    def activation_pattern(self, X: ArrayLike) -> NDArray[np.bool_]:
        """Tell which hidden units are active (pre-activation above zero).

        Parameters
        ----------
        X : array-like of shape (n_samples, n_inputs)
            Inputs.

        Returns
        -------
        pattern : ndarray of shape (n_samples, D_1 + … + D_K), dtype bool
            Units in order, the first layer's first.
        """
        X = self.validated_inputs(X)
        if not self.depth:
            return np.zeros((len(X), 0), dtype=bool)
        return np.concatenate([z > 0 for z in self.pre_activations(X)], axis=1)

    def local_linear_model(
        self, X: ArrayLike
    ) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
        """Return the affine map that the network is around each input.

        Around a point inside a linear region, ``net(x) = slopes @ x + intercepts``
        exactly. On a joint, units with pre-activation zero count as inactive.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_inputs)
            Inputs.

        Returns
        -------
        slopes : ndarray of shape (n_samples, n_outputs, n_inputs)
            The Jacobian of the outputs.
        intercepts : ndarray of shape (n_samples, n_outputs)
            The value at x = 0 of each affine map.
        """
        return self.affine_maps(self.activation_pattern(X))

    def affine_maps(
        self, patterns: ArrayLike
    ) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
        """Return the affine map that belongs to each activation pattern.

        Parameters
        ----------
        patterns : array-like of shape (n, D_1 + … + D_K), dtype bool
            Active units, in the order of `activation_pattern`.

        Returns
        -------
        slopes : ndarray of shape (n, n_outputs, n_inputs)
            The Jacobian of the outputs.
        intercepts : ndarray of shape (n, n_outputs)
            The value at x = 0 of each affine map.

        Raises
        ------
        ValueError
            If `patterns` has not one column per hidden unit.
        """
        patterns = np.asarray(patterns)
        if patterns.ndim != 2 or patterns.shape[1] != sum(self.widths):
            raise ValueError(
                f"patterns must have shape (n, {sum(self.widths)}), one column per "
                f"hidden unit, got {patterns.shape}."
            )
        n, ends = len(patterns), np.cumsum(self.widths)
        slopes = np.empty((n, self.n_outputs, self.n_inputs), dtype=self.dtype)
        intercepts = np.empty((n, self.n_outputs), dtype=self.dtype)
        widest = self.n_outputs * max(W.shape[1] for W in self.weights)
        for start in range(0, n, step := max(1, BLOCK // widest)):
            rows = slice(start, start + step)
            # Outputs are few: going from the output back keeps the arrays small.
            block = np.repeat(self.weights[-1][np.newaxis], len(patterns[rows]), axis=0)
            intercepts[rows] = self.biases[-1]
            for k in reversed(range(self.depth)):
                block *= patterns[rows, np.newaxis, ends[k] - self.widths[k] : ends[k]]
                # One product of matrices: a stack of them is several times slower.
                flat = block.reshape(-1, self.widths[k])
                intercepts[rows] += (flat @ self.biases[k]).reshape(-1, self.n_outputs)
                block = (flat @ self.weights[k]).reshape(*block.shape[:2], -1)
            slopes[rows] = block
        return slopes, intercepts

    # -- algebra --------------------------------------------------------------------

    def __matmul__(self, inner: ReLUNetwork) -> ReLUNetwork:
        """Compose with an inner network, ``(outer @ inner)(x) = outer(inner(x))``.

        The inner output layer and the outer first layer are both affine, so they fuse
        into one (ψ = θ′φᵀ, ψ_0 = θ′_0 + θ′φ_0): no layer is added and the function is
        the same. Source: UDL section 4.3, "From composing networks to deep networks".
        """
        if not isinstance(inner, ReLUNetwork):
            return NotImplemented
        if self.n_inputs != inner.n_outputs:
            raise ValueError(
                f"cannot compose: the outer network takes {self.n_inputs} input(s) "
                f"but the inner network gives {inner.n_outputs} output(s)."
            )
        theta = self.weights[0]
        fused_weight = theta @ inner.weights[-1]
        fused_bias = self.biases[0] + theta @ inner.biases[-1]
        return ReLUNetwork(
            (*inner.weights[:-1], fused_weight, *self.weights[1:]),
            (*inner.biases[:-1], fused_bias, *self.biases[1:]),
        )

    def astype(self, dtype: np.typing.DTypeLike) -> ReLUNetwork:
        """Return the network with parameters rounded to float32 or float64."""
        if self.dtype == dtype:
            return self
        return ReLUNetwork(
            [W.astype(dtype) for W in self.weights],
            [b.astype(dtype) for b in self.biases],
        )

    def equations(
        self,
        notation: Literal["scalar", "vector", "matrix"] = "scalar",
        *,
        digits: int = 3,
    ) -> str:
        r"""Write the network as LaTeX with its numbers plugged in.

        Parameters
        ----------
        notation : {"scalar", "vector", "matrix"}, default="scalar"
            One line per hidden unit; one column vector per layer (the lectures'
            notation change #1); or β and Ω (notation change #3).
        digits : int, default=3
            Significant digits of each number.

        Returns
        -------
        latex : str
            An ``aligned`` environment. Wide layers are abbreviated with dots.
        """
        return network_equations(self.weights, self.biases, notation, digits)

    # -- value semantics ------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ReLUNetwork):
            return NotImplemented
        return (
            self.dtype == other.dtype
            and self.depth == other.depth
            and all(map(np.array_equal, self.weights, other.weights))
            and all(map(np.array_equal, self.biases, other.biases))
        )

    def __hash__(self) -> int:
        # 0.0 == -0.0 must hash alike, so the bytes of the numbers will not do.
        return hash(tuple(tuple(b.tolist()) for b in self.biases))

    def __reduce__(self) -> tuple:
        # Arrays come out of a pickle writeable; the constructor locks them again.
        return type(self), (self.weights, self.biases)

    def __repr__(self) -> str:
        sizes = "-".join(map(str, (self.n_inputs, *self.widths, self.n_outputs)))
        return f"<ReLUNetwork {sizes}, {self.n_parameters} parameters, {self.dtype}>"

    def validated_inputs(self, X: ArrayLike) -> NDArray[np.floating]:
        """Return `X` in shape (n_samples, n_inputs), or say what is wrong with it."""
        X = np.asarray(X)
        if X.dtype.kind not in "fiub":
            raise ValueError(f"X must hold real numbers, got dtype {X.dtype}.")
        if X.ndim == 1 and self.n_inputs == 1:
            X = X[:, np.newaxis]
        if X.ndim != 2 or X.shape[1] != self.n_inputs:
            raise ValueError(
                f"X must have shape (n_samples, {self.n_inputs}), got {X.shape}."
            )
        if not np.isfinite(X).all():
            raise ValueError("X contains NaN or infinity; remove those rows first.")
        return X
