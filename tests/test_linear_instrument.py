"""The instrument "Linear" in Chromium: what it shows and what it sends."""

import json
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.instruments import hold, told

pytestmark = pytest.mark.xdist_group("browser")

# UDL Fig. 2.2
X = np.array([0.03, 0.19, 0.34, 0.46, 0.78, 0.81, 1.08, 1.18, 1.39, 1.60, 1.65, 1.90])
Y = np.array([0.67, 0.85, 1.05, 1.0, 1.40, 1.5, 1.3, 1.54, 1.55, 1.68, 1.73, 1.6])
SCRIPT = f"""
    import numpy as np
    import streamlit as st
    from ui.instruments.linear import linear_instrument

    x, y = {X.tolist()}, {Y.tolist()}
    A = np.column_stack([np.ones(12), x])

    def keep(phi0, phi1):
        past.append((phi0, phi1))

    past = st.session_state.setdefault("past", [(0.4, 0.2)])
    if st.button("start over"):
        del past[1:]
    if st.button("other"):
        past.append((1.6, -0.8))
    path = [past[-1]]
    for _ in range(20):
        path.append(path[-1] - 0.025 * 2 * A.T @ (A @ path[-1] - y))
    linear_instrument(x, y, past[-1], np.array(path), key="line", on_release=keep)
    st.code(f"{{len(past)}} {{list(past[-1])}}")
"""


def summed_loss(phi0, phi1):
    return ((phi0 + phi1 * X - Y) ** 2).sum()


def number(text):
    return float(text.replace("−", "-"))


@pytest.fixture
def instrument(visit):
    """Give the first line as if nobody had touched it."""
    visit.set_viewport_size({"width": 1280, "height": 900})
    visit.get_by_role("button", name="start over").click()
    expect(visit.locator("code")).to_have_text("1 [0.4, 0.2]")
    expect(visit.get_by_text("of 20")).to_be_visible()
    visit.get_by_role("slider", name="Step of gradient descent").press("Home")
    expect(losses(visit)).to_contain_text("Summed loss 7.068 ·")
    visit.wait_for_timeout(200)
    visit.sent.clear()
    return visit


def losses(page):
    return page.get_by_text("at the optimum")


def field(page, name):
    return page.get_by_role("spinbutton", name=name)


def type_line(page, phi0, phi1):
    for name, value in [("Offset φ₀", phi0), ("Slope φ₁", phi1)]:
        field(page, name).fill(str(value))
        field(page, name).press("Enter")


def shown_line(page):
    return [
        float(field.input_value()) for field in page.get_by_role("spinbutton").all()
    ]


def answer(page, count):
    """What Python got, once it has got so many lines."""
    return json.loads(told(page, count))


@pytest.mark.parametrize(
    ("line", "loss"),
    [((0.4, 0.2), 7.068), ((1.6, -0.8), 10.28), ((1.2, 0.2), 0.687)],
)
def test_the_losses_of_the_lecture(instrument, line, loss):
    type_line(instrument, *line)
    expect(losses(instrument)).to_contain_text("at the optimum 0.1999")
    text = losses(instrument).inner_text()
    assert float(re.search(r"loss (\S+)", text)[1]) == pytest.approx(loss, rel=5e-4)
    expect(instrument.get_by_text("Least squares")).to_contain_text(
        "φ₀ = 0.826, φ₁ = 0.522"
    )
    among = re.compile(r"among 12 points, y against x; summed loss")
    picture = instrument.get_by_role("img", name=among)
    expect(picture).to_have_accessible_name(re.compile(f"φ₁ = {line[1]:.3f}|−0.800"))


def test_squares_are_as_large_as_the_residuals(instrument):
    squares = instrument.locator(".square")
    expect(squares).to_have_count(12)
    areas = squares.evaluate_all(
        "all => all.map(e => e.getAttribute('width') * e.getAttribute('height'))"
    )
    residuals = Y - 0.4 - 0.2 * X
    np.testing.assert_allclose(
        np.array(areas) / sum(areas), residuals**2 / (residuals**2).sum(), atol=1e-3
    )


def test_ellipses_hold_lines_of_equal_loss(instrument):
    """Points around each ellipse, read back from the axes, have one loss."""
    drawn = instrument.locator(".map").evaluate(
        """map => {
            const ellipses = [...map.querySelectorAll('.ring:not([display]), .equal')];
            const turn = e => e.transform.baseVal.consolidate().matrix;
            const drawn = e => Array.from({length: 9}, (_, i) => {
                const [cos, sin] = [Math.cos(i), Math.sin(i)];
                const at = name => +e.getAttribute(name);
                const point = new DOMPoint(at("cx") + at("rx") * cos,
                                           at("cy") + at("ry") * sin);
                const {x, y} = point.matrixTransform(turn(e));
                return [x, y];
            });
            const ticks = [...map.querySelectorAll('.tick:not([display])')];
            return [
                ellipses.map(drawn),
                ticks.map(t => [+t.getAttribute('x'), +t.getAttribute('y'),
                                t.textContent, t.getAttribute('text-anchor')]),
            ];
        }"""
    )
    ellipses, ticks = drawn
    across = [(x, number(text)) for x, _, text, side in ticks if side == "middle"]
    # The lowest label may have been moved up into the frame.
    up = [(y - 3.5, number(text)) for _, y, text, side in ticks if side == "end"][1:]
    to_phi0, to_phi1 = (np.polyfit(*zip(*pairs), 1) for pairs in (across, up))
    assert len(ellipses) > 5
    for ellipse in ellipses:
        px, py = np.transpose(ellipse)
        points = zip(np.polyval(to_phi0, px), np.polyval(to_phi1, py))
        values = np.array([summed_loss(*point) for point in points])
        np.testing.assert_allclose(values, values.mean(), rtol=0.01)
    np.testing.assert_allclose(values, 7.068, rtol=0.01)  # the last is the line's own


def test_a_drag_on_the_map_is_seen_at_once_and_sent_once(instrument):
    x, y = hold(instrument, instrument.get_by_role("slider", name="loss map"))
    for i in range(1, 41):
        instrument.mouse.move(x + 2 * i, y - i)
        instrument.wait_for_timeout(5)
    expect(instrument.get_by_text("Line moved")).to_be_visible()
    assert "7.068" not in losses(instrument).inner_text()
    assert instrument.sent == []
    during = shown_line(instrument)
    assert during[0] > 0.45
    assert during[1] > 0.25
    instrument.mouse.up()
    assert answer(instrument, 2) == during
    expect(instrument.get_by_text("Step 0 of 20")).to_be_visible()
    instrument.wait_for_timeout(200)
    assert len(instrument.sent) == 1
    assert shown_line(instrument) == during  # the answer moves nothing


def test_a_handle_turns_the_line_about_the_other(instrument):
    right = instrument.get_by_role("slider", name="Line, right handle")
    left = instrument.get_by_role("slider", name="Line, left handle")
    before = float(left.get_attribute("aria-valuenow"))
    x, y = hold(instrument, right)
    instrument.mouse.move(x + 30, y - 60, steps=20)
    assert instrument.sent == []
    instrument.mouse.up()
    phi0, phi1 = answer(instrument, 2)
    assert phi1 > 0.3
    assert float(left.get_attribute("aria-valuenow")) == pytest.approx(before, abs=5e-3)
    text = losses(instrument).inner_text()
    assert number(re.search(r"loss (\S+)", text)[1]) == pytest.approx(
        summed_loss(phi0, phi1), rel=1e-3
    )


def test_arrow_keys(instrument):
    handle = instrument.get_by_role("slider", name="loss map")
    handle.focus()
    instrument.keyboard.down("ArrowUp")
    instrument.keyboard.down("ArrowUp")  # as a key that is held repeats
    instrument.wait_for_timeout(100)
    assert instrument.sent == []
    instrument.keyboard.up("ArrowUp")
    phi0, phi1 = answer(instrument, 2)
    assert (phi0, phi1 > 0.2) == (0.4, True)
    handle.press("ArrowRight")
    assert answer(instrument, 3)[0] > 0.4
    instrument.get_by_role("slider", name="Line, left handle").press("ArrowDown")
    assert answer(instrument, 4)[1] > phi1
    assert len(instrument.sent) == 3


def test_sliders_reach_as_far_as_the_map_in_round_steps(instrument):
    ends = instrument.locator(".map .tick:not([display])").evaluate_all(
        "all => all.map(e => [e.getAttribute('text-anchor'), e.textContent])"
    )
    for anchor, name, unit in [
        ("middle", "Offset φ₀", 1e-3),
        ("end", "Slope φ₁", 5e-4),
    ]:
        ticks = [number(text) for side, text in ends if side == anchor]
        slider = instrument.get_by_role("slider", name=f"{name}, slider")
        low, high, step = (
            float(slider.get_attribute(key)) for key in ("min", "max", "step")
        )
        assert low <= ticks[0] and ticks[-1] <= high < 2 * ticks[-1]
        assert step == unit
        slider.press("Home")
        assert float(field(instrument, name).input_value()) == low


def test_steps_of_gradient_descent_are_the_readers_own_affair(instrument):
    slider = instrument.get_by_role("slider", name="Step of gradient descent")
    A = np.column_stack([np.ones(12), X])
    line = np.array([0.4, 0.2])
    for _ in range(3):
        slider.press("ArrowRight")
        line = line - 0.05 * A.T @ (A @ line - Y)
    expect(instrument.get_by_text("Step 3 of 20")).to_be_visible()
    expect(losses(instrument)).to_contain_text(f"loss {summed_loss(*line):.4g}")
    np.testing.assert_allclose(shown_line(instrument), line, rtol=1e-5)
    instrument.get_by_role("button", name="Play").click()
    expect(instrument.get_by_role("button", name="Pause")).to_be_visible()
    expect(instrument.get_by_text("Step 20 of 20")).to_be_visible()
    expect(instrument.get_by_role("button", name="Play")).to_be_visible()
    assert instrument.sent == []


def test_another_line_replaces_what_is_shown(instrument):
    type_line(instrument, 1, 0.5)
    instrument.get_by_role("button", name="other").click()
    expect(losses(instrument)).to_contain_text("Summed loss 10.28 ·")
    assert shown_line(instrument) == [1.6, -0.8]
    field(instrument, "Slope φ₁").fill("1e7")
    field(instrument, "Slope φ₁").press("Enter")
    expect(field(instrument, "Slope φ₁")).to_have_value("-0.8")


def test_a_phone(instrument):
    instrument.set_viewport_size({"width": 390, "height": 844})
    instrument.wait_for_timeout(300)
    plot, loss_map = (
        instrument.locator(name).bounding_box() for name in (".plot", ".map")
    )
    assert plot["width"] <= 390
    assert loss_map["y"] > plot["y"] + plot["height"]
    page = instrument.locator("html")
    assert page.evaluate("e => e.scrollWidth - e.clientWidth") == 0
