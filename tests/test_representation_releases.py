"""What a browser may send from the page's instruments is checked."""

import pytest

from ui.instruments.activation import released_activation
from ui.instruments.linear_map import ShownMap, released_map
from ui.instruments.warping import WarpingState, released_state

MAP = {"theta": [[1, 2], [3, 4.5]], "moment": 1.5}
STATE = {"time": 2, "own": [[0.5, 1, 2]]}
ACTIVATION = {"scale": 2, "turn": 30, "time": 0.5}
NAN, FAR = float("nan"), 1.1e6


def test_what_is_valid_is_taken():
    assert released_map(MAP) == ShownMap(((1, 2), (3, 4.5)), 1.5)
    assert released_state(STATE) == WarpingState(2, ((0.5, 1, 2),))
    assert released_state({"time": 0, "own": None}) == WarpingState(0, None)
    assert released_activation(ACTIVATION) == (2, 30, 0.5)


@pytest.mark.parametrize("read", [released_map, released_state, released_activation])
@pytest.mark.parametrize("nonsense", [None, 1, "x", [], {}, {"time": True}])
def test_other_things_are_refused(read, nonsense):
    assert read(nonsense) is None


@pytest.mark.parametrize(
    "change",
    [{"moment": 3.1}, {"moment": NAN}, {"moment": None}]
    + [{"theta": rows} for rows in ([[1, 2]], [[1], [2, 3]], [[1, 2], [3, NAN]])]
    + [{"theta": rows} for rows in ([[1, 2], [3, FAR]], [[1, 2], [3, True]], "text")],
)
def test_bad_maps_are_refused(change):
    assert released_map(MAP | change) is None


@pytest.mark.parametrize(
    "change",
    [{"time": -1}, {"time": NAN}, {"own": "x"}, {"own": [[0, 1]]}]
    + [{"own": [point]} for point in ([0, NAN, 1], [0, 1, 3], [0, 1, 1.0], [0, FAR, 1])]
    + [{"own": [[0, 0, 0]] * 201}],
)
def test_bad_states_are_refused(change):
    assert released_state(STATE | change) is None


@pytest.mark.parametrize("change", [{"scale": 0}, {"turn": 91}, {"time": NAN}])
def test_bad_activations_are_refused(change):
    assert released_activation(ACTIVATION | change) is None
