"""The instrument "Plane map" in Chromium, and what it draws against the library."""

import json
import re
import time

import numpy as np
import pytest
from playwright.sync_api import expect

from estimators.geometry import linear_regions
from tests.instruments import choose
from tests.networks import random_network
from tests.phone import WIDTH
from tests.test_relu_js import module_url, network_of_sizes
from ui.instruments import planemap
from ui.instruments.bundle import bundle

pytestmark = pytest.mark.xdist_group("browser")

BOX = np.array([[-1.0, 1.0], [-1.0, 1.0]])
SCRIPT = """
    import numpy as np
    import streamlit as st
    from estimators import ReLUNetwork
    from estimators.geometry import linear_regions
    from ui.instruments.plane import polygon_map

    BOX = np.array([[-1.0, 1.0], [-1.0, 1.0]])
    rng = np.random.default_rng(int(st.toggle("other")))
    sizes = [2, 16, 16, 16, 16, 1]
    shown = ReLUNetwork(
        [rng.normal(size=(m, n)) for n, m in zip(sizes, sizes[1:])],
        [rng.normal(size=m) for m in sizes[1:]],
    )
    colour = st.selectbox("Colour", ["value", "active units", "gradient", "layer"])
    regions = linear_regions(shown, BOX)
    polygon_map(regions, shown, BOX, key="map", colour=colour)
    st.caption(f"{regions.n_regions} regions")
"""
DRAW = """
async ([url, data, colour, points, units]) => {
  const { PolygonSet, drawPolygons, mapColors, toldByColor } = await import(url);
  const start = performance.now();
  const polygons = new PolygonSet(data);
  const told = toldByColor(polygons, colour, units, [2, 2]);
  const size = 640;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const context = canvas.getContext("2d");
  const theme = mapColors(document.body);
  const layerColors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"];
  const looks = { theme, layerColors, text: "#000000", background: "#ffffff" };
  const scene = { polygons, colour, told, points: null, ...looks };
  const colors = drawPolygons(context, size, scene);
  const pixel = ([u, v]) => {
    const at = [size * u, size * (1 - v)].map(Math.floor);
    return [...context.getImageData(...at, 1, 1).data];
  };
  const pixels = points.map(pixel);
  const took = performance.now() - start;
  const at = points.map((point) => polygons.at(point));
  const values = points.map((point, i) => polygons.value(at[i], point));
  return {
    took,
    pixels,
    values,
    patterns: at.map((i) => polygons.pattern(i, units)),
    active: at.map((i) => polygons.active(i)),
    steep: at.map((i) => polygons.steepness(i, [2, 2])),
    expected: values.map((value) => colors.channels(value)),
  };
}
"""


def drawn(monkeypatch, page, network, points, colour="value"):
    """What the map's modules make of a network, and how long all of it took in s."""
    sent = {}
    monkeypatch.setattr(planemap, "_MAP", lambda key, data: sent.update(data))
    start = time.perf_counter()
    regions = linear_regions(network, BOX)
    planemap.polygon_map(regions, network, BOX, key="map", colour=colour)
    data = json.loads(json.dumps(sent))
    in_python = time.perf_counter() - start
    names = "PolygonSet, drawPolygons, mapColors, toldByColor"
    modules = bundle("relu", "axes", "planewords", "planecolors", "planecanvas")
    url = module_url(f"{modules}\nexport {{ {names} }};")
    square = (points + 1) / 2
    arguments = [url, data, colour, square.tolist(), sum(network.widths)]
    found = page.evaluate(DRAW, arguments)
    return regions, found, in_python + found["took"] / 1000


@pytest.mark.parametrize("sizes", [[2, 3, 1], [2, 9, 9, 1], [2, 16, 16, 16, 16, 1]])
def test_a_point_is_in_its_polygon_which_is_what_the_library_says(
    monkeypatch, page, sizes
):
    network = random_network(5, sizes)
    points = np.random.default_rng(0).uniform(-1, 1, (300, 2))
    regions, found, _ = drawn(monkeypatch, page, network, points)
    patterns = network.activation_pattern(points)
    np.testing.assert_array_equal(found["patterns"], patterns)
    np.testing.assert_array_equal(found["active"], patterns.sum(axis=1))
    values = network(points)[:, 0]
    size = np.abs(regions.slopes).max()
    np.testing.assert_allclose(found["values"], values, atol=1e-5 * size)
    steep = np.linalg.norm(regions.slopes[regions.locate(points), 0], axis=1)
    np.testing.assert_allclose(found["steep"], steep, rtol=1e-5)


def test_a_pixel_has_the_colour_of_the_value_there(monkeypatch, page):
    network = random_network(5, [2, 3, 1])
    grid = (np.arange(64) * 10 + 5.5) / 320 - 1  # middles of pixels
    points = np.array([[x1, -x2] for x1 in grid for x2 in grid])
    _, found, _ = drawn(monkeypatch, page, network, points)
    off = np.abs(np.array(found["pixels"])[:, :3] - found["expected"]).max(axis=1)
    away = np.min(np.abs(network.pre_activations(points)[0]), axis=1) > 0.05
    assert away.sum() > 3000
    assert off[away].max() <= 3


def test_four_layers_of_sixteen_are_there_in_less_than_a_second(
    monkeypatch, page, record_property
):
    network = network_of_sizes(np.random.default_rng(1), [2, 16, 16, 16, 16, 1])
    tries = [drawn(monkeypatch, page, network, BOX[:1] * 0.99) for _ in range(3)]
    assert tries[0][0].n_regions > 500
    waits = [seconds for _, _, seconds in tries]
    record_property("from the network to its polygons in s", waits)
    assert min(waits) < 1, waits


@pytest.mark.parametrize("colour", ["value", "layer"])
def test_ten_thousand_polygons(monkeypatch, page, colour):
    network = network_of_sizes(np.random.default_rng(0), [2, 64, 64, 64, 64, 1])
    points = np.random.default_rng(0).uniform(-1, 1, (50, 2))
    regions, found, seconds = drawn(monkeypatch, page, network, points, colour)
    print(f"{regions.n_regions} polygons by {colour}: {seconds:.2f} s")
    assert regions.n_regions > 10_000
    np.testing.assert_array_equal(found["patterns"], network.activation_pattern(points))


@pytest.fixture
def polygon_page(visit):
    visit.set_viewport_size({"width": 1280, "height": 1000})
    expect(visit.locator(".plane-map .counters")).to_contain_text("polygons in view")
    visit.wait_for_timeout(200)
    visit.sent.clear()
    return visit


def test_a_map_tells_of_what_is_pointed_at_and_asks_nobody(polygon_page):
    page = polygon_page
    regions = int(re.match(r"\d+", page.get_by_text("regions").inner_text())[0])
    said = page.locator(".plane-map .counters")
    expect(said).to_contain_text(f"{regions:,} polygons in view")
    canvas = page.locator(".plane-map canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    readout = page.locator(".plane-map .readout")
    pattern = re.compile(r"Pattern [01]{16}( [01]{16}){3}: \d+ of 64 units on")
    expect(readout).to_have_text(pattern)
    first = readout.inner_text()
    page.mouse.move(box["x"] + 400, box["y"] + 350)
    expect(readout).not_to_have_text(first)
    chooser = page.get_by_role("slider", name="Polygon")
    chooser.press("End")
    expect(chooser).to_have_attribute(
        "aria-valuetext", re.compile("area .* of the box")
    )
    expect(page.get_by_text(f"Polygon {regions:,} of {regions:,}")).to_be_visible()
    assert page.sent == []


def test_a_new_network_is_drawn_in_place(polygon_page):
    page = polygon_page
    canvas = page.locator(".plane-map canvas")
    canvas.evaluate("canvas => (canvas.dataset.mine = 'yes')")
    said = page.locator(".plane-map .counters")
    before = said.inner_text()
    page.get_by_text("other", exact=True).click()
    expect(said).not_to_have_text(before)
    page.get_by_text("other", exact=True).click()
    expect(said).to_have_text(before)
    expect(canvas).to_have_attribute("data-mine", "yes")


def test_colours_are_named(polygon_page):
    page = polygon_page
    picture = page.locator(".plane-map canvas")
    expect(picture).to_have_attribute(
        "aria-label", re.compile("value of the output, from")
    )
    seen = {picture.evaluate("canvas => canvas.toDataURL()")}
    for colour in ("active units", "gradient", "layer", "value"):
        choose(page, "Colour", colour)
        words = {"active units": "number of active units", "layer": "made each crease"}
        expect(picture).to_have_attribute(
            "aria-label", re.compile(words.get(colour, colour))
        )
        page.wait_for_timeout(100)
        seen.add(picture.evaluate("canvas => canvas.toDataURL()"))
    assert len(seen) == 4


def test_a_map_on_a_phone(polygon_page):
    polygon_page.set_viewport_size({"width": WIDTH, "height": 844})
    polygon_page.wait_for_timeout(500)
    html = polygon_page.locator("html")
    assert html.evaluate("e => e.scrollWidth - e.clientWidth") == 0
    width = polygon_page.locator(".plane-map canvas").bounding_box()["width"]
    assert 300 < width <= WIDTH
