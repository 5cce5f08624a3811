"""How many linear regions and parameters a ReLU network can have: exact integers.

A region is a full-dimensional set of inputs with one activation pattern.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import comb, prod
from numbers import Integral


def zaslavsky(n_inputs: int, width: int) -> int:
    """Return the most regions that one layer of `width` units can have.

    The joints of the units are hyperplanes, and hyperplanes in general position cut
    the space of inputs into ``Σ_{j ≤ n_inputs} C(width, j)`` regions. Almost all
    choices of weights and biases attain this number.

    Parameters
    ----------
    n_inputs : int
        Number of inputs, at least 1.
    width : int
        Number of hidden units, at least 0.

    Returns
    -------
    n_regions : int
        The maximum, which is attained.

    Raises
    ------
    ValueError
        If an argument is not such an integer.

    References
    ----------
    T. Zaslavsky, "Facing up to arrangements", Memoirs of the AMS 154, 1975.
    UDL figure 3.9 (lecture 1, shallow networks).

    Examples
    --------
    >>> zaslavsky(2, 3)
    7
    >>> zaslavsky(10, 50)
    13432735556
    """
    n_inputs = validated_integer(n_inputs, "n_inputs", 1)
    width = validated_integer(width, "width", 0)
    return sum(comb(width, j) for j in range(min(n_inputs, width) + 1))


def max_regions(n_inputs: int, widths: Sequence[int]) -> int:
    """Return a number of regions that no network of this shape exceeds.

    It is attained, so it *is* the maximum, with no hidden layer (1), with one
    (`zaslavsky`), and with one input if every width is at least 3 (``Π (n_l + 1)``,
    see `estimators.constructions.maximal_network`). Otherwise it is an upper bound
    and the maximum may be smaller: one input and widths (2, 2) give 9, but no such
    network has more than 7 regions.

    Parameters
    ----------
    n_inputs : int
        Number of inputs n_0, at least 1.
    widths : sequence of int
        Number of units n_1, …, n_L of each hidden layer, each at least 1.

    Returns
    -------
    n_regions : int
        The upper bound.

    Raises
    ------
    ValueError
        If an argument is not such an integer or sequence.

    Notes
    -----
    The sum of ``Π_l C(n_l, j_l)`` over all (j_1, …, j_L) with
    ``0 ≤ j_l ≤ min(n_0, n_1 − j_1, …, n_{l−1} − j_{l−1}, n_l)``: where j_l units are
    off, layer l passes on at most ``n_l − j_l`` dimensions for later layers to cut.
    Terms with the same minimum so far are added up before the next layer.

    References
    ----------
    T. Serra, C. Tjandraatmadja, S. Ramalingam, "Bounding and Counting Linear Regions
    of Deep Neural Networks", ICML 2018: Theorem 1 (bound), Theorem 5 (one input).

    Examples
    --------
    >>> max_regions(1, [10] * 5)
    161051
    >>> max_regions(2, [3])
    7
    """
    ways = Counter({validated_integer(n_inputs, "n_inputs", 1): 1})
    for width in validated_widths(widths):
        choices = [comb(width, j) for j in range(min(max(ways), width) + 1)]
        refined = Counter()
        for dimension, count in ways.items():
            for j, choice in enumerate(choices[: dimension + 1]):
                refined[min(dimension, width - j)] += count * choice
        ways = refined
    return ways.total()


def reachable_regions(n_inputs: int, widths: Sequence[int]) -> int:
    """Return a number of regions that some network of this shape is known to have.

    With several hidden layers every width must be at least ``3 · n_inputs``: each
    layer but the last then folds every coordinate ``⌊n_l / n_0⌋ + 1`` times, and the
    last cuts each copy as `zaslavsky` counts. With one input this is the maximum;
    otherwise a network may have more, up to `max_regions`.

    Parameters
    ----------
    n_inputs : int
        Number of inputs n_0, at least 1.
    widths : sequence of int
        Number of units n_1, …, n_L of each hidden layer.

    Returns
    -------
    n_regions : int
        ``Π_{l < L} (⌊n_l / n_0⌋ + 1)^{n_0} · Σ_{j ≤ n_0} C(n_L, j)``.

    Raises
    ------
    ValueError
        If an argument is not such an integer or sequence, or the theorem's condition
        on the widths fails.

    References
    ----------
    T. Serra, C. Tjandraatmadja, S. Ramalingam, "Bounding and Counting Linear Regions
    of Deep Neural Networks", ICML 2018: Theorem 6. With equal widths it is UDL
    equation 4.17 (lecture 2), which the lecture calls the maximum.

    Examples
    --------
    >>> reachable_regions(10, [50] * 5)
    179562019186562049740867382427559978336256
    >>> reachable_regions(2, [6, 7]) <= max_regions(2, [6, 7])
    True
    """
    n_inputs = validated_integer(n_inputs, "n_inputs", 1)
    widths = validated_widths(widths)
    if not widths:
        return 1
    if len(widths) > 1 and min(widths) < 3 * n_inputs:
        raise ValueError(
            f"widths must be at least 3 · n_inputs = {3 * n_inputs} in every layer for "
            f"this construction, got {widths}; widen them or use max_regions, which "
            f"has no such condition."
        )
    folds = prod(width // n_inputs + 1 for width in widths[:-1])
    return folds**n_inputs * zaslavsky(n_inputs, widths[-1])


def count_parameters(n_inputs: int, widths: Sequence[int], n_outputs: int = 1) -> int:
    """Return the number of weights and biases of a fully connected network.

    Parameters
    ----------
    n_inputs : int
        Number of inputs, at least 1.
    widths : sequence of int
        Number of units of each hidden layer, each at least 1.
    n_outputs : int, default=1
        Number of outputs, at least 1.

    Returns
    -------
    n_parameters : int
        ``Σ (D_k + 1) D_{k+1}`` over all layers, the output layer included.

    Raises
    ------
    ValueError
        If an argument is not such an integer or sequence.

    Examples
    --------
    >>> count_parameters(1, [3])
    10
    >>> count_parameters(1, [10] * 5)
    471
    """
    n_inputs = validated_integer(n_inputs, "n_inputs", 1)
    n_outputs = validated_integer(n_outputs, "n_outputs", 1)
    sizes = (n_inputs, *validated_widths(widths), n_outputs)
    return sum((before + 1) * after for before, after in pairwise(sizes))


def validated_widths(widths: Sequence[int]) -> tuple[int, ...]:
    """Return the widths as Python integers, or say what is wrong with them.

    Parameters
    ----------
    widths : sequence of int
        Number of units of each hidden layer, each at least 1; may be empty.

    Raises
    ------
    ValueError
        If it is not a sequence of such integers.
    """
    try:
        listed = list(widths)
    except TypeError:
        raise ValueError(
            f"widths must be a sequence with the number of units of each hidden layer, "
            f"such as (10, 10), got {widths!r}."
        ) from None
    return tuple(validated_integer(n, f"widths[{k}]", 1) for k, n in enumerate(listed))


def validated_integer(value: object, name: str, least: int) -> int:
    """Return the argument called `name` as a Python integer.

    Raises
    ------
    ValueError
        If it is no integer, or below `least`.
    """
    if not isinstance(value, Integral) or isinstance(value, bool) or value < least:
        raise ValueError(f"{name} must be an integer >= {least}, got {value!r}.")
    return int(value)
