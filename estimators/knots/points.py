"""The points that a broken line is fitted to: sorted, each place once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Of the whole width. Between places nearer than this slopes would overflow.
SAME_PLACE = 1e-30


@dataclass(frozen=True, eq=False)
class Points:
    """Weighted points at different places, from left to right.

    Attributes
    ----------
    x : ndarray of shape (n_places,)
        Increasing.
    y : ndarray of shape (n_places, n_outputs)
        The weighted mean of all targets there.
    weight : ndarray of shape (n_places,)
        Shares, which sum to one.
    scatter : float
        The loss that targets which differ at the same place make unavoidable.
    effective_size : float
        What the number of rows is worth when their weights differ: (Σw)² / Σw².
    """

    x: Array
    y: Array
    weight: Array
    scatter: float
    effective_size: float

    @classmethod
    def of_rows(cls, x: Array, y: Array, weight: Array) -> Points:
        """Sort rows by place and merge those at the same one.

        Parameters
        ----------
        x : ndarray of shape (n_rows,)
            Inputs, in any order.
        y : ndarray of shape (n_rows, n_outputs)
            Targets.
        weight : ndarray of shape (n_rows,)
            Positive weights.

        Returns
        -------
        points : Points
            With the loss Σ share · mean_o (f − y)² + scatter.
        """
        order = np.argsort(x, kind="stable")
        x, y, weight = x[order], y[order], weight[order] / weight.sum()
        new = np.diff(x, prepend=-np.inf) > SAME_PLACE * (x[-1] - x[0])
        size = float(1 / (weight @ weight))
        if new.all():
            return cls(x, y, weight, 0.0, size)
        starts = np.flatnonzero(new)
        share = np.add.reduceat(weight, starts)
        weighted = weight[:, np.newaxis] * y
        means = np.add.reduceat(weighted, starts) / share[:, np.newaxis]
        deviations = y - means[np.cumsum(new) - 1]
        scatter = float(weight @ (deviations * deviations).mean(axis=1))
        return cls(x[starts], means, share, scatter, size)

    @property
    def n_places(self) -> int:
        """Number of different inputs."""
        return len(self.x)

    def condensed(self, n_cells: int) -> Points:
        """Put the weighted means of neighbours in place of the points.

        Parameters
        ----------
        n_cells : int
            How many neighbourhoods, with equally many points each.

        Returns
        -------
        points : Points
            To their `scatter` comes the noise that the means have lost, as half the
            squared differences of neighbours tell it: a slope hardly shows in them.

        References
        ----------
        Rice, "Bandwidth choice for nonparametric regression", Annals of Statistics 12
        (1984).
        """
        starts = np.arange(n_cells) * self.n_places // n_cells
        share = np.add.reduceat(self.weight, starts)
        x = np.add.reduceat(self.weight * self.x, starts) / share
        weighted = self.weight[:, np.newaxis] * self.y
        y = np.add.reduceat(weighted, starts) / share[:, np.newaxis]
        noise = (np.diff(self.y, axis=0) ** 2).mean(axis=1) / 2
        noise *= (self.weight[1:] + self.weight[:-1]) / 2
        noise[starts[1:] - 1] = 0
        scatter = self.scatter + float(noise.sum())
        # The ends stay: a broken line reaches from one to the other.
        x[0], x[-1] = self.x[0], self.x[-1]
        return Points(x, y, share, scatter, self.effective_size)
