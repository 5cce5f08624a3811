"""The instruments "Plane" and "Plane map": what they accept and what they send."""

import json
from base64 import b64decode
from itertools import pairwise

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from estimators import ReLUNetwork
from estimators.constructions import lecture
from estimators.geometry import linear_regions
from tests.networks import random_network
from ui.instruments import planemap
from ui.instruments.build import network_to_send, released_network
from ui.instruments.plane import plane_instrument, polygon_map

BOX = np.array([[-1.0, 1.0], [-1.0, 1.0]])


def sent_map(monkeypatch, network, box=BOX, **more):
    """What the browser gets of a map."""
    sent = {}
    monkeypatch.setattr(planemap, "_MAP", lambda key, data: sent.update(data))
    polygon_map(linear_regions(network, box), network, box, key="map", **more)
    return json.loads(json.dumps(sent))


def numbers(text, dtype):
    return np.frombuffer(b64decode(text), dtype)


def test_a_network_of_two_inputs_comes_back_as_it_was_sent():
    network = lecture("two_inputs")
    sent = json.loads(json.dumps(network_to_send(network)))
    back = released_network(sent, 3, n_inputs=2)
    for ours, theirs in zip(
        back.weights + back.biases, network.weights + network.biases
    ):
        np.testing.assert_array_equal(ours, theirs)
    assert released_network(sent, 3) is None
    assert released_network(sent, 2, n_inputs=2) is None


@pytest.mark.parametrize(
    ("network", "box", "more", "message"),
    [
        (lecture("ten_parameters"), [[0, 1]], {}, "two inputs"),
        (random_network(0, [2, 3, 3, 1]), BOX, {}, "shallow"),
        (random_network(0, [2, 3, 3]), BOX, {}, "At most 2 outputs"),
        (random_network(0, [2, 11, 1]), BOX, {}, "At most 10 units"),
        (lecture("two_inputs"), [[0, 0], [0, 1]], {}, "box"),
        (lecture("two_inputs"), [[0, np.inf], [0, 1]], {}, "box"),
        (lecture("two_inputs"), [[0, 1]], {}, "box"),
        (lecture("two_inputs"), BOX, {"goal": "twelve"}, "goal"),
        (lecture("two_inputs"), BOX, {"goal": "map", "output": 1}, "no output 1"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(network, box, more, message):
    with pytest.raises(ValueError, match=message):
        plane_instrument(network, box, key="refused", **more)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"colour": "red"}, "colour"),
        ({"output": -1}, "no output"),
        ({"points": [[0.0]]}, "two or three columns"),
        ({"points": np.zeros((2001, 2))}, "at most 2,000"),
        ({"points": [[0, np.nan]]}, "finite"),
    ],
)
def test_a_map_refuses_nonsense(monkeypatch, more, message):
    with pytest.raises(ValueError, match=message):
        sent_map(monkeypatch, lecture("two_inputs"), **more)


def test_a_map_refuses_the_regions_of_another_box_and_too_many(monkeypatch):
    network = lecture("two_inputs")
    regions = linear_regions(network, BOX)
    with pytest.raises(ValueError, match="not of the box"):
        polygon_map(regions, network, 2 * BOX, key="map")
    monkeypatch.setattr(planemap, "MAX_POLYGONS", 6)
    with pytest.raises(ValueError, match="7 polygons are too many"):
        polygon_map(regions, network, BOX, key="map")


def test_a_map_is_sent_as_the_library_has_it(monkeypatch):
    network = random_network(3, [2, 9, 9, 2])
    box = np.array([[-1.0, 2.0], [0.0, 4.0]])
    regions = linear_regions(network, box)
    sent = sent_map(monkeypatch, network, box, output=1, points=[[0.5, 1, 7]])
    vertices, offsets = regions.polygons()
    square = numbers(sent["vertices"], "<f4").reshape(-1, 2)
    places = [-1, 0] + square * [3, 4]
    np.testing.assert_allclose(places, vertices, atol=1e-6)
    np.testing.assert_array_equal(numbers(sent["sizes"], "<u4"), np.diff(offsets))
    makers = numbers(sent["makers"], "<i1")
    np.testing.assert_array_equal(makers, regions.edge_makers[:, 0])
    assert set(makers) == {-1, 0, 1}
    planes = numbers(sent["planes"], "<f4").reshape(-1, 3)
    middles = np.add.reduceat(square, offsets[:-1]) / np.diff(offsets)[:, np.newaxis]
    values = (planes[:, :2] * middles).sum(axis=1) + planes[:, 2]
    expected = network([-1, 0] + middles * [3, 4])[:, 1]
    np.testing.assert_allclose(values, expected, rtol=1e-4, atol=1e-4)
    bits = numbers(sent["patterns"], "<u1").reshape(len(middles), -1)
    unpacked = np.unpackbits(bits, axis=1, bitorder="little", count=18)
    np.testing.assert_array_equal(unpacked, regions.patterns)
    assert numbers(sent["areas"], "<f4").sum() == pytest.approx(12)
    np.testing.assert_allclose(sent["points"], [[0.5, 0.25, 7]])


def test_a_page_shows_both_without_complaint():
    def script():
        import numpy as np

        from estimators.constructions import lecture
        from ui.instruments.plane import plane_instrument

        box = np.array([[-1, 1], [-1, 1]])
        plane_instrument(lecture("two_inputs"), box, key="panels")
        plane_instrument(lecture("two_inputs"), box, key="map", goal="map")

    app = AppTest.from_function(script).run(timeout=30)
    assert not app.exception


def test_the_largest_map_of_the_page_is_sent_quickly(monkeypatch):
    rng = np.random.default_rng(0)
    widths = [2, 64, 64, 64, 64, 1]
    weights = [rng.normal(0, np.sqrt(2 / n), (m, n)) for n, m in pairwise(widths)]
    network = ReLUNetwork(weights, [np.zeros(m) + 0.05 for m in widths[1:]])
    sent = sent_map(monkeypatch, network)
    count = numbers(sent["sizes"], "<u4").size
    assert count > 4_000
    assert len(json.dumps(sent)) < 400 * count
