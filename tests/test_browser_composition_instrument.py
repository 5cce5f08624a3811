"""The instrument "Composed" in Chromium: what it shows and sends."""

import json
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from estimators import ReLUNetwork
from estimators.constructions import lecture
from estimators.geometry import linear_regions
from tests.built import count_frames
from tests.instruments import hold, median_frame, told
from tests.phone import assert_nothing_is_wider, assert_within_the_screen

pytestmark = pytest.mark.xdist_group("browser")

SCRIPT = """
    import streamlit as st
    from estimators.constructions import lecture
    from ui.instruments.composition import composition_instrument

    fold = lecture("fold")
    LECTURE = lecture("composition_first"), lecture("composition_second")
    veiled, locked = st.toggle("veil"), st.toggle("lock")

    def keep(first, second):
        past.append((first, second))

    past = st.session_state.setdefault("past", [LECTURE])
    if st.button("start over"):
        del past[1:]
    if st.button("folds"):
        past.append((fold, fold))
    if st.button("undo"):
        past.pop()
    domain = (0, 1) if past[-1][0] is fold else (-1, 1)
    composition_instrument(
        *past[-1],
        key="composed",
        domain=domain,
        veiled=veiled,
        locked=locked,
        on_release=keep,
    )
    answer = [
        [[p.tolist() for p in parts] for parts in (network.weights, network.biases)]
        for network in past[-1]
    ]
    st.code(f"{len(past)} {answer}")
"""


@pytest.fixture
def instrument(visit):
    """Give the lecture's two networks as if nobody had touched them."""
    visit.set_viewport_size({"width": 1280, "height": 1000})
    visit.get_by_role("button", name="start over").click()
    told(visit, 1)
    expect(counters(visit)).to_contain_text("9 in view · 10 in total · at most 16")
    probe(visit).press("Home")
    visit.wait_for_timeout(200)
    visit.sent.clear()
    return visit


def counters(page):
    return page.locator(".composed .counters")


def probe(page):
    return page.get_by_role("slider", name="Probe x")


def corner(page, network, place):
    return page.get_by_role("slider", name=f"Network {network}, {place}", exact=True)


def answer(page, count):
    """The networks that Python has, once it has got so many."""
    return [ReLUNetwork(*parts) for parts in json.loads(told(page, count))]


def heights(page):
    """The y of all handles of network 1 and of network 2."""
    return [
        [
            float(handle.get_attribute("aria-valuenow"))
            for handle in page.get_by_role("slider", name=f"Network {n}, ").all()
        ]
        for n in (1, 2)
    ]


def test_the_lectures_example(instrument):
    np.testing.assert_allclose(
        heights(instrument), [[-1, 1, -1, 1], [0.6, -0.8, 0.3, -0.2]], atol=1e-12
    )
    expect(instrument.locator(".composed-figure [role=img]")).to_have_accessible_name(
        re.compile(
            "9 regions on x from −1.000 to 1.000; joints: −0.600, −0.350, 0.000, "
            "0.210, 0.360, 0.600, 0.760, 0.860"
        )
    )
    for _ in range(5):
        probe(instrument).press("PageUp")
    expect(instrument.get_by_text("x = 0.000 → y = 1.000")).to_be_visible()
    expect(
        instrument.get_by_text("The same y, and so the same y′, has x")
    ).to_have_text("The same y, and so the same y′, has x = 1.000.")
    probe(instrument).press("Shift+ArrowRight")
    expect(
        instrument.get_by_text("The same y, and so the same y′, have x")
    ).to_have_text("The same y, and so the same y′, have x = −0.333, 0.867.")
    assert instrument.sent == []  # the probe is the reader's own affair


def test_a_drag_is_seen_at_once_and_sent_once(instrument, record_property):
    curve = instrument.locator(".composed-figure .sum").last
    before = curve.get_attribute("points")
    x, y = hold(instrument, corner(instrument, 1, "joint of unit 2"))
    count_frames(instrument)
    for i in range(60):
        instrument.mouse.move(x + i % 9, y + 2 * i)
        instrument.wait_for_timeout(8)
    frame = median_frame(instrument)
    assert curve.get_attribute("points") != before
    assert instrument.sent == []
    instrument.mouse.up()
    first, second = answer(instrument, 2)
    instrument.wait_for_timeout(300)
    assert len(instrument.sent) == 1
    shown = heights(instrument)
    assert shown[0][1] < 0.6
    assert shown[0][::2] + shown[0][3:] == pytest.approx([-1, -1, 1])
    joint = -first.biases[0][1] / first.weights[0][1, 0]
    np.testing.assert_allclose(
        first([[-1], [joint], [0.6], [1]]).ravel(), shown[0], atol=1e-12
    )
    np.testing.assert_array_equal(np.abs(first.weights[1]), np.ones((1, 3)))
    for ours, theirs in zip(second.weights, lecture("composition_second").weights):
        np.testing.assert_array_equal(ours, theirs)
    regions = linear_regions(second @ first, [[-1, 1]]).n_regions
    expect(counters(instrument)).to_contain_text(f": {regions} in view")
    record_property("median frame during a drag in ms", frame)
    assert frame <= 20


def test_keys_move_a_joint_across_and_upright(instrument):
    handle = corner(instrument, 2, "joint of unit 3")
    handle.press("ArrowLeft")
    second = answer(instrument, 2)[1]
    assert -second.biases[0][2] / second.weights[0][2, 0] == pytest.approx(0.28)
    assert second([0.28]).item() == pytest.approx(0.3)
    handle.press("Shift+ArrowUp")
    assert answer(instrument, 3)[1]([0.28]).item() == pytest.approx(0.8)
    expect(handle).to_be_focused()
    end = corner(instrument, 2, "right end")
    end.press("End")
    assert answer(instrument, 4)[1]([1.0]).item() == pytest.approx(1.25)


def test_corners_are_typed(instrument):
    instrument.get_by_text("Corners as numbers").click()
    field = instrument.get_by_role(
        "spinbutton", name="Network 1, joint of unit 2, height"
    )
    field.fill("0.25")
    expect(corner(instrument, 1, "joint of unit 2")).to_have_attribute(
        "aria-valuenow", "0.25"
    )
    assert instrument.sent == []
    field.press("Enter")
    assert answer(instrument, 2)[0]([0.0]).item() == pytest.approx(0.25)
    across = instrument.get_by_role(
        "spinbutton", name="Network 1, joint of unit 3, across"
    )
    across.fill("9")  # no further than the end
    across.press("Enter")
    first, _ = answer(instrument, 3)
    assert -first.biases[0][2] / first.weights[0][2, 0] == pytest.approx(0.99)
    expect(across).to_have_value("0.99")
    field.fill("1e9")
    field.press("Enter")
    expect(field).to_have_value("0.25")
    instrument.get_by_text("Corners as numbers").click()


def test_what_is_typed_and_entered_before_the_next_frame_is_shown(instrument):
    instrument.get_by_text("Corners as numbers").click()
    across, height = (
        instrument.get_by_role(
            "spinbutton", name=f"Network 1, joint of unit 3, {direction}"
        )
        for direction in ("across", "height")
    )
    type_in = """(field, text) => {
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }"""
    enter = """(field) => field.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", bubbles: true }))"""
    across.focus()
    across.evaluate(f"field => {{ ({type_in})(field, '9'); ({enter})(field); }}")
    expect(across).to_have_value("0.99")
    first, _ = answer(instrument, 2)
    assert -first.biases[0][2] / first.weights[0][2, 0] == pytest.approx(0.99)
    instrument.evaluate(
        f"""([across, height]) => {{
            ({type_in})(across, "0.5");
            ({type_in})(height, "-0.25");
            ({enter})(height);
        }}""",
        [across.element_handle(), height.element_handle()],
    )
    assert answer(instrument, 3)[0]([0.5]).item() == pytest.approx(-0.25)
    expect(height).to_have_value("-0.25")
    across.blur()
    expect(across).to_have_value("0.5")
    instrument.get_by_text("Corners as numbers").click()


def test_presets_and_undo_replace_what_is_shown(instrument):
    press = lambda name: instrument.get_by_role("button", name=name).click()  # noqa: E731
    corner(instrument, 1, "left end").press("Shift+ArrowUp")
    assert answer(instrument, 2)[0]([-1.0]).item() == pytest.approx(-0.8)
    press("undo")
    answer(instrument, 1)
    expect(corner(instrument, 1, "left end")).to_have_attribute("aria-valuenow", "-1")
    press("folds")
    expect(counters(instrument)).to_contain_text(
        "16 in view · 16 in total · at most 16"
    )
    np.testing.assert_allclose(heights(instrument), [[0, 1, 0, 1, 0]] * 2, atol=1e-12)
    corner(instrument, 1, "joint of unit 2").press("ArrowUp")
    first = answer(instrument, 3)[0]
    assert first.widths == (3,)
    assert first([1 / 3]).item() == pytest.approx(0.01)


def test_what_waits_for_an_answer_is_not_told(instrument):
    try:
        instrument.get_by_text("veil").click()
        expect(counters(instrument)).to_have_text(
            "Regions of the composed network: at most 16"
        )
        figure = instrument.locator(".composed")
        expect(figure.get_by_text("Hidden until you have answered")).to_be_visible()
        expect(figure.get_by_text("→ y = ")).not_to_contain_text("y′")
        expect(figure.locator("[role=img]")).not_to_have_accessible_name(
            re.compile("regions")
        )
        assert instrument.locator(".composed .bend:not([display])").count() == 0
        assert "y′" not in probe(instrument).get_attribute("aria-valuetext")
    finally:
        instrument.get_by_text("veil").click()
        expect(counters(instrument)).to_contain_text("9 in view")


def test_locked_networks_can_be_traced_but_not_changed(instrument):
    try:
        instrument.get_by_text("lock").click()
        handle = corner(instrument, 1, "joint of unit 2")
        expect(handle).to_have_attribute("aria-disabled", "true")
        handle.press("PageUp")
        probe(instrument).press("End")
        expect(instrument.get_by_text("x = 1.000 → y = 1.000")).to_be_visible()
        assert heights(instrument)[0][1] == 1
    finally:
        instrument.get_by_text("lock").click()
        expect(handle).to_have_attribute("aria-disabled", "false")


def test_a_phone(instrument):
    instrument.set_viewport_size({"width": 390, "height": 844})
    figures = instrument.locator(".composed-figure")
    expect(figures.first).to_have_attribute("width", re.compile(r"^3\d\d$"))
    instrument.wait_for_timeout(200)
    assert_nothing_is_wider(instrument)
    assert_within_the_screen(figures)
    handle = corner(instrument, 1, "joint of unit 2")
    assert handle.evaluate("e => getComputedStyle(e).touchAction") == "none"
    assert figures.first.evaluate("e => getComputedStyle(e).touchAction") == "auto"
    x, y = hold(instrument, handle)
    instrument.mouse.move(x, y + 40)
    instrument.mouse.up()
    first, _ = answer(instrument, 2)
    assert first([0.0]).item() < 0.8
