"""What a fitted estimator can be asked: hidden activations, patterns, local models."""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import ClassNamePrefixFeaturesOutMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from estimators.geometry import Regions, joints, linear_regions
from estimators.network import ReLUNetwork
from estimators.scaling import Scaling

Array = NDArray[np.floating]


class FittedNetworkMixin(ClassNamePrefixFeaturesOutMixin, TransformerMixin):
    """Open up an estimator that holds a trained ``network_``."""

    network_: ReLUNetwork
    _input_range: Array | None = None  # lowest and highest of each training input

    def _with_network(self, network: ReLUNetwork) -> Self:
        """Become fitted without training."""
        self.network_ = network
        self.n_features_in_ = network.n_inputs
        self._scaling = Scaling.identity(network.n_inputs, network.n_outputs)
        self.n_iter_ = 0
        self.loss_curve_ = []
        return self

    def _outputs(self, X: ArrayLike) -> Array:
        X = self._checked_inputs(X)
        return self.network_(X)

    def _checked_inputs(self, X: ArrayLike) -> Array:
        check_is_fitted(self, "network_")
        X = validate_data(self, X, reset=False, dtype=(np.float64, np.float32))
        return X.astype(self.network_.dtype, copy=False)

    def transform(self, X: ArrayLike) -> Array:
        """Return the last hidden layer: the features that the output is linear in.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Inputs.

        Returns
        -------
        h : ndarray of shape (n_samples, width of the last hidden layer)
            Its activations, after the ReLU.
        """
        X = self._checked_inputs(X)
        return self.network_.hidden(X)[-1]

    @property
    def _n_features_out(self) -> int:
        return self.network_.widths[-1]

    def activation_pattern(self, X: ArrayLike) -> NDArray[np.bool_]:
        """Tell which hidden units are active; see `ReLUNetwork.activation_pattern`."""
        X = self._checked_inputs(X)
        return self.network_.activation_pattern(X)

    def local_linear_model(self, X: ArrayLike) -> tuple[Array, Array]:
        """Return the affine map around each input; exact inside a linear region.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Inputs.

        Returns
        -------
        slopes : ndarray of shape (n_samples, n_outputs, n_features)
            Slopes; the middle axis is left out for a single output.
        intercepts : ndarray of shape (n_samples, n_outputs)
            Intercepts; the last axis is left out for a single output.
        """
        X = self._checked_inputs(X)
        slopes, intercepts = self.network_.local_linear_model(X)
        if self._single_output:
            return slopes[:, 0], intercepts[:, 0]
        return slopes, intercepts

    def linear_regions(
        self, box: ArrayLike | None = None, *, max_regions: int | None = None
    ) -> Regions:
        """Find all linear regions of the network; see `geometry.linear_regions`.

        Parameters
        ----------
        box : array-like of shape (n_features, 2), optional
            Lower and upper limit of each input. By default the range of the training
            inputs, for one input the whole line.
        max_regions : int, optional
            Refuse networks with more regions than this.

        Returns
        -------
        regions : Regions
            ``n_regions``, ``n_pieces``, ``patterns``, ``slopes``, ``intercepts``; one
            input: ``breakpoints``; two inputs: ``polygons()``, ``areas``.

        Raises
        ------
        ValueError
            If the box does not fit, or there are too many inputs or regions.
        """
        check_is_fitted(self, "network_")
        if box is None:
            box = self._default_box()
        return linear_regions(self.network_, box, max_regions=max_regions)

    def _default_box(self) -> ArrayLike:
        if self.network_.n_inputs == 1:
            return (-np.inf, np.inf)
        if self._input_range is None:
            raise ValueError(
                "box is needed: this estimator was not fitted to data whose range "
                "could serve."
            )
        low, high = self._input_range.astype(np.float64).T
        # An input that never varied gets room on either side.
        room = np.where(low < high, 0, np.maximum(np.abs(low), 1))
        return np.column_stack([low - room, high + room])

    @property
    def _single_output(self) -> bool:
        return self.network_.n_outputs == 1

    @property
    def joints_(self) -> NDArray[np.float64]:
        """Sorted inputs at which a one-input network's activation pattern changes."""
        check_is_fitted(self, "network_")
        if self.network_.n_inputs != 1:
            raise AttributeError(
                "joints_ are points only for networks of one input; this one has "
                f"{self.network_.n_inputs}."
            )
        return joints(self.network_)

    @property
    def coefs_(self) -> list[Array]:
        """Weight matrices in `MLPRegressor`'s orientation, (D_k, D_{k+1})."""
        return [weight.T for weight in self.network_.weights]

    @property
    def intercepts_(self) -> list[Array]:
        """Bias vectors β_k."""
        return list(self.network_.biases)
