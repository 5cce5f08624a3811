"""The instrument "Plane" in Chromium."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from estimators.constructions import lecture
from tests.built import count_frames, field
from tests.instruments import hold
from tests.phone import WIDTH
from tests.planes import answer, counters, line, place, shown_sum

pytestmark = pytest.mark.xdist_group("browser")

SCRIPT = """
    import numpy as np
    import streamlit as st
    from estimators import ReLUNetwork
    from estimators.constructions import lecture
    from ui.instruments.plane import plane_instrument

    BOX = np.array([[-1.0, 1.0], [-1.0, 1.0]])
    lectures = lecture("two_inputs")
    theta, phi = lectures.weights
    phis = np.vstack([phi, [1.2, 0.8, -1]])
    two = ReLUNetwork([theta, phis], [[0.2, -0.3, 0.2], [0.4, 0]])
    rng = np.random.default_rng(1)
    lines = ReLUNetwork([rng.normal(size=(6, 2)), [[1] * 6]], [np.zeros(6), [0]])

    def keep(network):
        past.append(network)

    past = st.session_state.setdefault("past", [lectures])
    for name, preset in {"two": two, "six": lines}.items():
        if st.button(name):
            past.append(preset)
    if st.button("start over"):
        del past[1:]
    if st.button("undo"):
        past.pop()
    veiled = st.toggle("veil")
    locked = st.toggle("lock")
    now = past[-1]
    plane_instrument(
        now, BOX, key="plane", veiled=veiled, locked=locked, on_release=keep
    )
    answer = [p.tolist() for p in (*now.weights, *now.biases)]
    st.code(f"{len(past)} {answer}")
"""


@pytest.fixture
def instrument(visit):
    """Give the lecture's network as if nobody had touched it."""
    visit.set_viewport_size({"width": 1280, "height": 1000})
    visit.get_by_role("button", name="start over").click()
    expect(visit.locator("code")).to_have_text(re.compile("^1 "))
    expect(counters(visit)).to_have_text(
        "7 polygons in view · 7 in the whole plane · at most 7"
    )
    visit.wait_for_timeout(200)
    visit.sent.clear()
    return visit


def test_the_lectures_example(instrument):
    expect(instrument.get_by_text("Never, anywhere: 010.")).to_be_visible()
    figure = instrument.locator(".plane-figure [role=img]")
    expect(figure).to_have_accessible_name(re.compile("7 polygons in view"))
    for pattern in ("000", "001", "011", "100", "101", "110", "111"):
        expect(figure).to_have_accessible_name(re.compile(rf"\b{pattern}, y = "))
    expect(figure).to_have_accessible_name(
        re.compile("000, y = 0.400 \\+ 0.000 x₁ \\+ 0.000 x₂")
    )
    # Nine small panels and the sum; 3 · (1 + 2 + 2) + 7 pieces.
    expect(instrument.locator(".plane .plane-panel")).to_have_count(10)
    expect(instrument.locator(".plane .face:not([display])")).to_have_count(22)


def test_pointing_at_a_polygon_tells_its_pattern_plane_and_area(instrument):
    instrument.locator(".plane-figure").scroll_into_view_if_needed()
    instrument.mouse.move(*place(instrument, 0, 0))
    readout = instrument.locator(".plane .readout")
    expect(readout).to_contain_text("Pattern 101: units 1 and 3 on")
    # φ₀ − h₁ − 0.5 h₃
    expect(readout).to_contain_text("y = 0.100 − 0.600 x₁ − 0.150 x₂")
    corners = np.array([[0.26, -0.66], [-0.5333333, 0.1333333], [0.377273, 0.392045]])
    (ax, ay), (bx, by) = corners[1] - corners[0], corners[2] - corners[0]
    area = abs(ax * by - ay * bx) / 2
    expect(readout).to_contain_text(f"area {area:.3f}".rstrip("0"))
    instrument.mouse.move(*place(instrument, -0.9, 0.3))
    expect(readout).to_contain_text("Pattern 000: no unit on")
    chooser = instrument.get_by_role("slider", name="Polygon").first
    seen = set()
    chooser.press("Home")
    for i in range(1, 8):
        expect(instrument.get_by_text(f"Polygon {i} of 7")).to_be_visible()
        text = chooser.get_attribute("aria-valuetext")
        seen.add(re.match(r"Pattern (\d+)", text)[1])
        chooser.press("ArrowRight")
    assert len(seen) == 7
    assert instrument.sent == []


def test_a_line_is_dragged_by_its_middle(instrument, record_property):
    line(instrument, 1).scroll_into_view_if_needed()
    before = instrument.locator(".plane .face").last.get_attribute("d")
    x, y = hold(instrument, line(instrument, 1))
    count_frames(instrument)
    for i in range(60):
        instrument.mouse.move(x + i, y - i)
        instrument.wait_for_timeout(8)
    times = instrument.evaluate("frames_")
    assert instrument.locator(".plane .face").last.get_attribute("d") != before
    assert instrument.sent == []
    instrument.mouse.up()
    network = answer(instrument, 2)
    instrument.wait_for_timeout(300)
    assert len(instrument.sent) == 1
    np.testing.assert_array_equal(network.weights[0], lecture("two_inputs").weights[0])
    # It began through (−0.2, −0.2), and goes through where it was let go.
    moved = 59 * 2 / shown_sum(instrument)["width"]
    assert network.biases[0][0] == pytest.approx(0.2 - moved, abs=0.01)
    frame = float(np.median(np.diff(times)))
    record_property("median frame during a drag in ms", frame)
    print(f"median frame during a drag: {frame:.1f} ms")
    assert frame <= 20


def test_a_line_is_turned_by_its_end(instrument):
    handle = line(instrument, 3, "turned")
    handle.scroll_into_view_if_needed()
    hold(instrument, handle)
    instrument.mouse.move(*place(instrument, 0.9, 0.9), steps=8)
    instrument.mouse.up()
    network = answer(instrument, 2)
    (theta1, theta2), theta0 = network.weights[0][2], network.biases[0][2]
    # About its middle (0, 2/7), with slopes as steep as before.
    assert theta0 + theta2 * 2 / 7 == pytest.approx(0, abs=1e-3)
    assert np.hypot(theta1, theta2) == pytest.approx(np.hypot(0.2, 0.7), abs=2e-3)
    assert -theta1 / theta2 == pytest.approx((0.9 - 2 / 7) / 0.9, abs=0.03)
    instrument.get_by_role("button", name="undo").click()
    expect(field(instrument, "Unit 3, slope θ₃₂")).to_have_value("-0.7")


def test_arrow_keys_move_and_turn(instrument):
    handle = line(instrument, 2)
    handle.press("ArrowRight")
    network = answer(instrument, 2)
    assert network.biases[0][1] == pytest.approx(-0.3 - 0.9 * 0.02, abs=1e-3)
    np.testing.assert_array_equal(network.weights[0][1], [0.9, -0.1])
    turned = line(instrument, 2, "turned")
    degrees = float(turned.get_attribute("aria-valuenow"))
    turned.press("Shift+ArrowRight")
    answer(instrument, 3)
    assert float(turned.get_attribute("aria-valuenow")) == pytest.approx(
        degrees + 10, abs=0.2
    )


def test_numbers_are_typed_and_nonsense_is_ignored(instrument):
    typed = field(instrument, "Unit 1, slope θ₁₂")
    typed.fill("2")
    assert instrument.sent == []
    typed.press("Enter")
    assert answer(instrument, 2).weights[0][0].tolist() == [0.5, 2]
    for nonsense in ("", "1e7"):
        typed.fill(nonsense)
        typed.press("Enter")
        expect(typed).to_have_value("2")
    slopes = [field(instrument, f"Unit 1, slope θ₁{i}") for i in "₁₂"]
    for slope in slopes:
        slope.fill("0")
        slope.press("Enter")
    expect(line(instrument, 1)).to_have_count(0)
    expect(counters(instrument)).to_have_text(
        "4 polygons in view · 4 in the whole plane · at most 7"
    )


def test_a_line_out_of_view_can_be_fetched(instrument):
    offset = field(instrument, "Unit 1, offset")
    offset.fill("5")
    offset.press("Enter")
    handle = line(instrument, 1)
    expect(handle).to_have_attribute("aria-valuetext", re.compile("out of view"))
    expect(counters(instrument)).to_contain_text("4 polygons in view · 7 in the whole")
    expect(instrument.get_by_text("Only out of view: 000, 001, 011.")).to_be_visible()
    handle.scroll_into_view_if_needed()
    hold(instrument, handle)
    instrument.mouse.move(*place(instrument, 0, 0), steps=5)
    instrument.mouse.up()
    expect(counters(instrument)).to_contain_text("7 in the whole")
    assert answer(instrument, 3).biases[0][0] == pytest.approx(0, abs=0.02)


def test_contours_are_where_the_network_has_their_value(instrument):
    zero = instrument.locator(".plane .level-zero").last.get_attribute("d")
    ends = np.array(re.findall(r"[ML]([\d.]+) ([\d.]+)", zero), float)
    assert len(ends) >= 8
    frame = instrument.locator(".plane .frame").last
    left, top, width = (
        float(frame.get_attribute(name)) for name in ("x", "y", "width")
    )
    inputs = 2 * (ends - [left, top]) / width - 1
    values = lecture("two_inputs")(inputs * [1, -1])
    np.testing.assert_allclose(values, 0, atol=1e-3)


def test_a_unit_that_is_off_is_flat_on_one_side_of_its_line(instrument):
    rectified = instrument.locator(".plane .plane-panel").nth(4)
    fills = [face.get_attribute("fill") for face in rectified.locator(".face").all()]
    flat = [fill for fill in fills if fill.startswith("#")]
    assert len(fills) == 2 and flat == ["#ffffff"]


def test_two_outputs_bend_on_the_same_lines(instrument):
    instrument.get_by_role("button", name="two", exact=True).click()
    panels = instrument.locator(".plane .plane-panel")
    expect(panels).to_have_count(14)
    expect(panels.last.locator(".crease")).to_have_count(6)
    creases = [
        [path.get_attribute("d") for path in panel.locator(".crease").all()]
        for panel in panels.all()[-2:]
    ]
    first, second = (
        [re.findall(r"[\d.]+", path) for path in paths] for paths in creases
    )
    lefts = [np.array(paths, float)[:, ::2] for paths in (first, second)]
    np.testing.assert_allclose(lefts[0], lefts[1], atol=0.02)
    expect(instrument.locator(".plane .readout")).to_contain_text("y₂ = ")
    slider = instrument.get_by_role("slider", name="Unit 3, weight φ₂₃, slider")
    slider.press("ArrowRight")
    assert answer(instrument, 3).weights[1][1][2] > -1


def test_six_lines_through_one_point(instrument):
    instrument.get_by_role("button", name="six", exact=True).click()
    expect(counters(instrument)).to_have_text(
        "12 polygons in view · 12 in the whole plane · at most 22"
    )
    boxes = [line(instrument, unit).bounding_box() for unit in range(1, 7)]
    knobs = np.array([[box["x"], box["y"]] for box in boxes])
    apart = np.linalg.norm(knobs[:, np.newaxis] - knobs, axis=2)
    assert apart[~np.eye(6, dtype=bool)].min() >= 18
    expect(instrument.locator(".plane .plane-panel")).to_have_count(1)


def test_a_veil_hides_the_answer_and_a_lock_the_handles(instrument):
    def switch(name):
        instrument.get_by_text(name, exact=True).click()

    switch("veil")
    expect(instrument.get_by_text("Hidden until you have answered")).to_be_visible()
    expect(counters(instrument)).to_have_text("")
    expect(instrument.locator(".plane .readout")).to_have_text("")
    expect(line(instrument, 1)).to_have_count(0)
    figure = instrument.locator(".plane-figure [role=img]")
    expect(figure).not_to_have_accessible_name(re.compile("polygons in view"))
    switch("veil")
    switch("lock")
    expect(line(instrument, 1)).to_have_attribute("aria-disabled", "true")
    expect(field(instrument, "Unit 1, offset")).to_be_disabled()
    line(instrument, 1).press("ArrowRight")
    expect(instrument.locator("code")).to_have_text(re.compile("^1 "))
    switch("lock")
    expect(field(instrument, "Unit 1, offset")).to_be_enabled()


def test_the_figure_is_saved_as_it_is_drawn(instrument):
    with instrument.expect_download() as download:
        instrument.get_by_role("button", name="Save SVG: two inputs").click()
    text = download.value.path().read_text(encoding="utf-8")
    used = set(re.findall(r'fill="url\((?:&quot;|")?#([\w-]+)', text))
    assert used and used <= set(re.findall(r'<linearGradient[^>]* id="([\w-]+)"', text))
    assert text.count("stop-color") >= 2 * len(used)


def test_a_phone(instrument):
    instrument.set_viewport_size({"width": WIDTH, "height": 844})
    instrument.wait_for_function(
        "document.querySelector('.plane-figure, html').scrollWidth <= 390"
    )
    expect(instrument.locator(".plane-figure")).to_have_attribute(
        "width", re.compile("^3[0-9][0-9]$")
    )
    page = instrument.locator("html")
    assert page.evaluate("e => e.scrollWidth - e.clientWidth") == 0
    style = "e => getComputedStyle(e).touchAction"
    assert line(instrument, 1).evaluate(style) == "none"
    line(instrument, 1).scroll_into_view_if_needed()
    box = line(instrument, 1).locator("circle").last.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = instrument.context.new_cdp_session(instrument)
    for kind, at in [("Start", 0), ("Move", 10), ("Move", 30), ("End", None)]:
        points = [] if at is None else [{"x": x + at, "y": y}]
        event = {"type": f"touch{kind}", "touchPoints": points}
        finger.send("Input.dispatchTouchEvent", event)
    assert answer(instrument, 2).biases[0][0] < 0.15
