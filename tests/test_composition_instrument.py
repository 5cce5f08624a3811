"""The instrument "Composed": its arithmetic against the library's, what it accepts."""

import json
from functools import partial

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from estimators import ReLUNetwork
from estimators.constructions import lecture
from estimators.geometry import linear_regions
from tests.composed import ask, network_of, random_network, random_pairs
from tests.test_relu_js import close
from ui.instruments.composition import composition_instrument, released_networks

browser_test = pytest.mark.xdist_group("browser")

LINE = np.array([[-np.inf, np.inf]])
COMPOSED = lecture("composition_first"), lecture("composition_second")


@pytest.fixture(scope="module")
def answers(browser):
    """Call functions of the instruments' modules by name, many at once."""
    page = browser.new_page()
    yield partial(ask, page)
    page.close()


@browser_test
def test_the_fused_network_is_that_of_the_library(answers):
    pairs = random_pairs()
    found = answers(*(("fusedNetwork", *pair) for pair in pairs))
    for (first, second), fused in zip(pairs, map(network_of, found), strict=True):
        desired = second @ first
        for name in ("weights", "biases"):
            for ours, theirs in zip(
                getattr(fused, name), getattr(desired, name), strict=True
            ):
                assert_allclose(ours, theirs, rtol=0, atol=1e-12)


@browser_test
def test_regions_in_view_and_in_total_are_those_of_the_library(answers):
    pairs = random_pairs()
    in_view = answers(*(("composedRegions", *pair, [-1, 1]) for pair in pairs))
    intervals = answers(*(("intervalOfAllBends", *pair) for pair in pairs))
    in_total = answers(
        *(
            ("composedRegions", *pair, interval)
            for pair, interval in zip(pairs, intervals)
        )
    )
    for (first, second), seen, all_ in zip(pairs, in_view, in_total, strict=True):
        desired = linear_regions(second @ first, [[-1, 1]])
        assert seen["count"] == desired.n_regions
        bends = seen["bends"]
        close([bend["x"] for bend in bends], desired.breakpoints)
        composed = second(first(desired.breakpoints[:, np.newaxis]))
        close([bend["output"] for bend in bends], composed.ravel())
        assert all_["count"] == linear_regions(second @ first, LINE).n_regions
    assert max(seen["count"] for seen in in_view) > 8


@browser_test
def test_a_slope_that_is_only_rounding_leads_nowhere(answers):
    """Right of all joints the slope is 0.1 + 0.2 − 0.3, not quite zero in floats."""
    first = ReLUNetwork([[[1], [1], [1]], [[0.1, 0.2, -0.3]]], [[1, 0.5, 0], [0]])
    second = ReLUNetwork([[[1], [1]], [[1, 1]]], [[-0.1, -5], [0]])
    assert 0 < 0.1 + 0.2 - 0.3 < 1e-16
    (interval,) = answers(("intervalOfAllBends", first, second))
    (found,) = answers(("composedRegions", first, second, interval))
    assert np.ptp(interval) < 10
    assert found["count"] == 5


@browser_test
def test_the_lectures_example_has_nine_regions_and_the_best_fold_sixteen(answers):
    fold = lecture("fold")
    nine, sixteen = answers(
        ("composedRegions", *COMPOSED, [-1, 1]),
        ("composedRegions", fold, fold, [0, 1]),
    )
    assert nine["count"] == 9
    assert sixteen["count"] == 16
    # Joints 0 and 0.6 are the first network's units 2 and 3, the others the second's.
    own = {round(b["x"], 9): b["units"] for b in nine["bends"] if b["units"][0] < 3}
    assert own == {0.0: [1], 0.6: [2]}
    passed = [b["y"] for b in nine["bends"] if b["units"][0] >= 3]
    assert set(np.round(passed, 12)) == {-0.2, 0.3}


@browser_test
def test_inputs_with_one_output_are_where_the_line_crosses_that_height(answers):
    rng = np.random.default_rng(1)
    networks = [random_network(rng) for _ in range(60)]
    x = np.linspace(-1, 1, 20001)
    heights = [float(rng.choice(net(x[:, np.newaxis]).ravel())) for net in networks]
    heights = [height + 1e-5 for height in heights]
    found = answers(
        *(("inputsWithOutput", n, y, [-1, 1]) for n, y in zip(networks, heights))
    )
    for network, height, same in zip(networks, heights, found, strict=True):
        above = network(x[:, np.newaxis]).ravel() > height
        assert len(same["points"]) == np.count_nonzero(above[1:] != above[:-1])
        if same["points"]:
            values = network(np.array(same["points"])[:, np.newaxis])
            assert_allclose(values, height, rtol=0, atol=1e-9)


@browser_test
def test_a_flat_piece_has_its_output_everywhere(answers):
    valley = ReLUNetwork([[[-1], [1]], [[1, 1]]], [[-0.5, -0.25], [0.125]])
    (same,) = answers(("inputsWithOutput", valley, 0.125, [-1, 1]))
    assert same == {"points": [], "flats": [[-0.5, 0.25]]}


def moved_corners(answers, networks, rng):
    """Move a corner of each; give before, after, which corner, and where to."""
    before = answers(*(("cornersOf", network, [-1, 1]) for network in networks))
    moves = []
    for corners in before:
        xs = np.array(corners["xs"])
        corner = int(rng.integers(len(xs)))
        x = xs[corner]
        if 0 < corner < len(xs) - 1:
            x = rng.uniform(*(xs[corner] + xs[[corner - 1, corner + 1]]) / 2)
        moves.append((corner, [float(x), float(rng.uniform(-1, 1))]))
    calls = [
        ("withCornerAt", network, corners, *move)
        for network, corners, move in zip(networks, before, moves, strict=True)
    ]
    moved = [network_of(answer) for answer in answers(*calls)]
    after = answers(*(("cornersOf", network, [-1, 1]) for network in moved))
    return before, moved, after, moves


@browser_test
def test_a_corner_goes_where_it_is_put_and_as_many_others_stay_as_can(answers):
    rng = np.random.default_rng(2)
    networks = [random_network(rng) for _ in range(200)]
    before, moved, after, moves = moved_corners(answers, networks, rng)
    for network, old, result, new, (corner, place) in zip(
        networks, before, moved, after, moves, strict=True
    ):
        assert_array_equal(np.sign(result.weights[0]), np.sign(network.weights[0]))
        assert len(new["xs"]) == len(old["xs"])
        size = max(1, np.abs(old["ys"]).max())
        assert_allclose(new["xs"][corner], place[0], atol=1e-9)
        assert_allclose(new["ys"][corner], place[1], atol=1e-9 * size)
        own = old["bending"] + ([] if old["slack"] is None else [old["slack"]])
        assert set(np.abs(result.weights[1][0, own])) <= {0, 1}
        stayed = np.isclose(new["ys"], old["ys"], rtol=0, atol=1e-9 * size)
        stayed[corner] = True
        if old["slack"] is not None:
            assert stayed.all()
        elif stayed.sum() < len(stayed) - 1:
            # Both ends follow together, or else joints do, where no end can.
            followers = np.flatnonzero(~stayed)
            ends = np.isin(followers, [0, len(stayed) - 1])
            assert ends.all() or not ends.any()


@browser_test
def test_corners_become_weights_by_the_change_of_slope(answers):
    """UDL figure 4.1: φ_0 = y_0, φ_i = sign of the change of slope, θ_i1 its size."""
    places = [(-1, -1), (0, 1), (0.6, -1), (1, 1)]
    network = ReLUNetwork([np.ones((3, 1)), np.zeros((1, 3))], [[1, 0, -0.6], [0]])
    for corner, place in enumerate(places):
        (corners,) = answers(("cornersOf", network, [-1, 1]))
        assert (corners["slack"], corners["bending"]) == (0, [1, 2])
        answer = answers(("withCornerAt", network, corners, corner, place))
        network = network_of(answer[0])
    changes = [2, -16 / 3, 25 / 3]
    assert_allclose(network.weights[0].ravel(), np.abs(changes), rtol=1e-12)
    assert_array_equal(network.weights[1], [np.sign(changes)])
    assert_allclose(network.biases[0], [2, 0, -5], atol=1e-12)
    assert_allclose(network.biases[1], -1, atol=1e-12)
    x = np.linspace(-1, 1, 101)[:, np.newaxis]
    assert_allclose(network(x), lecture("composition_first")(x), atol=1e-12)


@browser_test
def test_a_corner_on_a_straight_line_keeps_its_joint(answers):
    first = lecture("composition_first")
    (corners,) = answers(("cornersOf", first, [-1, 1]))
    (answer,) = answers(("withCornerAt", first, corners, 1, [-0.2, -1]))
    network = network_of(answer)
    assert_array_equal(network.weights[1], [[0, 0, 1]])
    (after,) = answers(("cornersOf", network, [-1, 1]))
    assert_allclose(after["xs"], [-1, -0.2, 0.6, 1], atol=1e-12)


@browser_test
def test_the_folds_own_units_keep_the_fold_and_an_end_follows(answers):
    fold = lecture("fold")
    (corners,) = answers(("cornersOf", fold, [0, 1]))
    assert_allclose(corners["xs"], [0, 1 / 6, 1 / 3, 2 / 3, 1], atol=1e-12)
    assert_allclose(corners["ys"], [0, 1, 0, 1, 0], atol=1e-12)
    (answer,) = answers(("withCornerAt", fold, corners, 0, [0, 0.25]))
    changed = network_of(answer)([[0], [1 / 6], [1 / 3], [2 / 3], [1]]).ravel()
    # The slopes at both ends and in the middle add up to none: s₀ + s₃ = s₂.
    assert_allclose(changed, [0.25, 1, 0, 1, 0.5], atol=1e-12)


SENT = {
    name: {
        "weights": [W.tolist() for W in network.weights],
        "biases": [b.tolist() for b in network.biases],
    }
    for name, network in zip(("first", "second"), COMPOSED)
}


def test_what_the_browser_sends_is_checked():
    first, second = released_networks(json.loads(json.dumps(SENT)), 3, 3)
    x = np.linspace(-1, 1, 9)[:, np.newaxis]
    assert_array_equal(first(x), COMPOSED[0](x))
    assert_array_equal(second(x), COMPOSED[1](x))


@pytest.mark.parametrize(
    "nonsense",
    [None, [], {}, {"first": SENT["first"]}, SENT | {"second": "network"}],
    ids=str,
)
def test_nonsense_is_refused(nonsense):
    assert released_networks(nonsense, 3, 3) is None
    assert released_networks(SENT, 3, 2) is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"first": lecture("composed")}, "first must be shallow"),
        ({"second": lecture("two_inputs")}, "second must be shallow"),
        ({"first": random_network(np.random.default_rng(0), 5)}, "1 to 4 units"),
        ({"domain": (1, 1)}, "low < high"),
        ({"domain": (0, np.inf)}, "finite"),
        ({"probe": 2.0}, "within the domain"),
        ({"probe": np.nan}, "within the domain"),
    ],
    ids=["depth", "inputs", "width", "empty", "infinite", "far", "nan"],
)
def test_what_cannot_be_composed_here_is_refused(changes, message):
    arguments = {"first": COMPOSED[0], "second": COMPOSED[1]} | changes
    with pytest.raises(ValueError, match=message):
        composition_instrument(**arguments, key="refused")
