"""What is kept of a training to look back at."""

from types import SimpleNamespace

import numpy as np
import pytest

from ui.regression.snapshots import LIMIT, Film


def filmed(n):
    film = Film()
    for iteration in range(n):
        film.take(SimpleNamespace(iteration=iteration))
        assert len(film.frames) <= LIMIT
    return [frame.iteration for frame in film.frames]


def test_nothing_taken_nothing_kept():
    assert filmed(0) == []


@pytest.mark.parametrize("n", [1, 2, 50, LIMIT - 1])
def test_few_states_are_all_kept(n):
    assert filmed(n) == list(range(n))


@pytest.mark.parametrize("n", [LIMIT, 200, 588, 1001, 10_001, 100_001])
def test_many_states_are_thinned_evenly_on_a_logarithmic_axis(n):
    kept = filmed(n)
    assert LIMIT // 3 <= len(kept) <= LIMIT
    assert kept[:3] == [0, 1, 2] and kept[-1] == n - 1
    gaps = np.diff(np.log(kept[1:]))
    smallest = 2 * np.log(n) / LIMIT  # wherever whole numbers are that close
    tolerated = np.log1p(1 / np.array(kept[1:-1]))
    assert np.all(gaps <= np.maximum(2.5 * smallest, 1.01 * tolerated))


def test_the_latest_state_is_always_among_them():
    film = Film()
    for iteration in range(3000):
        state = SimpleNamespace(iteration=iteration)
        film.take(state)
        assert film.frames[-1] is state
