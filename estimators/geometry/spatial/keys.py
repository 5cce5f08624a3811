"""Names for sets of units: sums of random 64-bit numbers, one per unit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from estimators.geometry.regions import Ints

Keys = NDArray[np.uint64]
Bytes = NDArray[np.uint8]


def random_keys(n: int, seed: int = 0) -> Keys:
    """Return n numbers of 64 random bits, the same in every call."""
    return np.random.default_rng(seed).integers(2**64, size=n, dtype=np.uint64)


class SetKeys:
    """Keys of sets of bits that add up like the sets, modulo 2⁶⁴.

    Different sets have different keys, except with probability 2⁻⁶⁴ for each pair.

    Parameters
    ----------
    n_bytes : int
        Length of the packed sets, in bytes.
    """

    def __init__(self, n_bytes: int) -> None:
        self.of_bit = random_keys(8 * n_bytes)
        bits = np.unpackbits(
            np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1, bitorder="little"
        )
        # One look-up per byte instead of one addition per bit.
        self._of_byte = self.of_bit.reshape(n_bytes, 8) @ bits.T.astype(np.uint64)

    def __call__(self, packed: Bytes) -> Keys:
        """Return the key of each row of packed bits, the lowest bit first."""
        keys = np.zeros(len(packed), dtype=np.uint64)
        for column, table in zip(packed.T, self._of_byte):
            keys += table[column]
        return keys


class Lookup:
    """Find rows by their keys.

    Parameters
    ----------
    keys : ndarray of shape (n,), dtype uint64
        One key per row.
    """

    def __init__(self, keys: Keys) -> None:
        self._order = np.argsort(keys)
        self._sorted = keys[self._order]

    @property
    def unique(self) -> bool:
        """Whether no key occurs twice."""
        return bool((self._sorted[1:] != self._sorted[:-1]).all())

    def __call__(self, keys: Keys) -> Ints:
        """Return the row of each key, −1 for keys that no row has."""
        place = np.searchsorted(self._sorted, keys)
        place[place == len(self._sorted)] = 0
        return np.where(self._sorted[place] == keys, self._order[place], -1)
