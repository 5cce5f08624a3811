"""A training as it can be looked back at: few of its states, early ones closer."""

from estimators.training import FitState

LIMIT = 80  # states kept, 3 numbers a hidden unit each
_FIRST_SPACING = 1.02


class Film:
    """Keeps some states of a training, about evenly on a logarithmic axis.

    At first every state is kept. Whenever there are too many, those are dropped that
    follow another too closely, in proportion to how many iterations there were.
    """

    def __init__(self) -> None:
        self._kept: list[FitState] = []
        self._latest: FitState | None = None
        self._spacing = 1.0

    def take(self, state: FitState) -> None:
        """Look at one more state; iterations ascend."""
        self._latest = state
        if self._is_due(self._kept, state):
            self._kept.append(state)
        while len(self._kept) >= LIMIT:
            self._spacing = max(self._spacing, _FIRST_SPACING) ** 1.5
            thinned: list[FitState] = []
            for kept in self._kept:
                if self._is_due(thinned, kept):
                    thinned.append(kept)
            self._kept = thinned

    @property
    def frames(self) -> list[FitState]:
        """What was kept, at most `LIMIT`, the first and the latest state among it."""
        if self._latest is None or self._latest is self._kept[-1]:
            return list(self._kept)
        return [*self._kept, self._latest]

    def _is_due(self, kept: list[FitState], state: FitState) -> bool:
        return not kept or state.iteration >= self._spacing * kept[-1].iteration
