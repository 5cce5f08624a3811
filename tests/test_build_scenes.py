"""The instrument "Build" with two outputs, with points to fit, and veiled."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from playwright.sync_api import expect

from estimators.constructions import lecture
from tests.built import (
    answer,
    count_frames,
    curves,
    field,
    fields,
    formulas,
    joint,
    joint_at,
    said,
    slopes,
)
from tests.instruments import hold

pytestmark = pytest.mark.xdist_group("browser")

SCRIPT = """
    import numpy as np
    import streamlit as st
    from estimators import ReLUNetwork
    from estimators.constructions import interpolant, lecture
    from ui.instruments.build import build_instrument

    ten, x = lecture("ten_parameters"), np.linspace(0.2, 1.8, 5)
    level = ReLUNetwork(ten.weights, [ten.biases[0], [0]])
    y = np.transpose([[0, 1] * 5 + [0], np.sin(np.arange(11))])
    joints = ReLUNetwork([[[1], [1], [-1]], [[1, 2, 1]]], [[-1, -3, 1], [0]])
    SCENES = {
        "two outputs": {"network": lecture("one_input_two_outputs")},
        "ten units": {"network": interpolant(np.linspace(0, 2, 11), y)},
        "plain": {"network": ten},
        "points": {"network": level, "points": (x, ten(x)[:, 0]), "goal": 5 * 0.05**2},
        "veiled": {"network": ten, "veiled": True},
        "odd joints": {"network": joints},
    }

    past = st.session_state.setdefault("past", [])
    for name, scene in SCENES.items():
        if st.button(name):
            st.session_state.scene, past[:] = name, [scene["network"]]
    if past:
        scene = SCENES[st.session_state.scene] | {"network": past[-1]}
        released = build_instrument(
            **scene, domain=(0, 2), key="build", on_release=past.append
        )
        arrays = released and (*released.weights, *released.biases)
        answer = released and [[array.tolist() for array in arrays]]
        st.code(f"{len(past)} {answer}")
        st.text(f"Shown: {st.session_state.scene}")
"""
# Figure 3.6 of the lectures: what both outputs are at the joints, and at the end.
FIGURE_X = [0.356, 1.095, 1.487, 1.779, 2]
FIGURE_Y = [[0.146, -0.274, -0.034, 0.329, 0.41], [-0.438, 0.36, 0.168, -0.417, -0.16]]


@pytest.fixture
def show(visit):
    """Show a scene as if nobody had touched it, the probe at x = 0.8."""

    def show_scene(name):
        visit.set_viewport_size({"width": 1280, "height": 1000})
        visit.get_by_role("button", name=name, exact=True).click()
        # It comes last: all above it is of this scene by then.
        expect(visit.get_by_text(f"Shown: {name}", exact=True)).to_be_visible()
        units = {"two outputs": 4, "ten units": 10}.get(name, 3)
        expect(visit.locator(".formula:not(.output)")).to_have_count(units)
        expect(visit.locator("code")).to_have_text("1 None")
        probe = visit.get_by_role("slider", name="Probe x")
        for key in ["Home"] + ["Shift+ArrowRight"] * 4:
            probe.press(key)
        expect(visit.locator(".formula").first).to_contain_text("·0.8] =")
        visit.sent.clear()
        return visit

    return show_scene


def test_two_outputs_bend_at_the_same_joints(show):
    page = show("two outputs")
    expected = np.diff(FIGURE_Y) / np.diff(FIGURE_X)
    shown = slopes(page)
    np.testing.assert_allclose(np.array(shown)[:, 1:], expected, atol=6e-4)
    assert [row[0] for row in shown] == [0, 0]
    first, second = curves(page)
    np.testing.assert_array_equal(first[:, 0], second[:, 0])
    assert "Joints in view: 0.356, 1.095, 1.487, 1.779." in said(page)
    assert "on: 1, slope of y₁ −0.568, slope of y₂ 1.080" in said(page)
    expect(page.locator(".output-name:not([display])")).to_have_text(["y₁", "y₂"])
    sums = ["slope of y₁: φ₁₁θ₁₁ = −0.568", "slope of y₂: φ₂₁θ₁₁ = 1.080"]
    places = [f"Region 2 of 5: {text}" for text in sums]
    expect(page.locator(".slope-sum")).to_have_text(places)


def test_a_joint_bends_both_outputs_at_once(show):
    page = show("two outputs")
    before = curves(page)
    x, y = hold(page, joint(page, 2))
    page.mouse.move(x - 40, y, steps=5)
    page.wait_for_timeout(100)
    during = curves(page)
    for old, new in zip(before, during, strict=True):
        assert new[2, 0] == pytest.approx(old[2, 0] - 40, abs=1)
        np.testing.assert_array_equal(np.delete(new[:, 0], 2), np.delete(old[:, 0], 2))
    assert page.sent == []
    page.mouse.up()
    network = answer(page, 2)
    page.wait_for_timeout(200)
    assert len(page.sent) == 1
    for sent, shown in zip(network, fields(page, outputs=2), strict=True):
        np.testing.assert_allclose(sent, shown, rtol=1e-5)
    assert network[2][1] == pytest.approx(-joint_at(page, 2), abs=1e-12)


def test_the_second_output_has_numbers_of_its_own(show):
    page = show("two outputs")
    before = slopes(page)
    field(page, "Unit 1, weight φ₂₁").fill("2")
    field(page, "Unit 1, weight φ₂₁").press("Enter")
    assert answer(page, 2)[1][1][0] == 2
    field(page, "Offset φ₂₀").fill("-0.5")
    field(page, "Offset φ₂₀").press("Enter")
    assert answer(page, 3)[3] == [0.146, -0.5]
    first, second = slopes(page)
    assert first == before[0]
    assert second[:2] == [0, 2]


def test_the_diagram_lights_the_path_of_the_probe(show):
    page = show("two outputs")
    pills, lit = page.locator(".pill"), page.locator(".pill:not(.off)")
    expect(pills.nth(0)).to_contain_text("0.44 → 0.44")
    expect(pills.nth(1)).to_contain_text("−0.29 → 0.00")
    outputs = [np.interp(0.8, FIGURE_X, y) for y in FIGURE_Y]
    for j, name in enumerate(["y₁", "y₂"]):
        number = f"{outputs[j]:.2f}".replace("-", "−")
        expect(pills.nth(4 + j)).to_contain_text(f"{name}{number}")
    expect(pills.nth(4)).to_contain_text("φ10 = 0.146")
    expect(lit).to_have_count(1 + 2)
    assert "x = 0.800: units on: 1; y₁ = −0.106, y₂ = 0.041." in said(page)
    page.get_by_role("slider", name="Probe x").press("End")
    expect(lit).to_have_count(4 + 2)
    edges = page.locator(".edge").all()
    widths = [float(edge.get_attribute("stroke-width")) for edge in edges]
    dashes = [edge.get_attribute("stroke-dasharray") for edge in edges]
    phi = lecture("one_input_two_outputs").weights[1]
    weights = np.insert(phi, 0, 1.0, axis=0).T.ravel()  # each unit's θ = 1 comes first
    assert [text != "none" for text in dashes] == list(weights < 0)
    assert list(np.argsort(np.abs(weights))) == list(np.argsort(widths))


def test_equations_follow_a_drag(show):
    page = show("plain")
    assert formulas(page) == [
        "h₁ = a[−0.2 + 0.4·0.8] = a[0.12] = 0.12",
        "h₂ = a[−0.9 + 0.9·0.8] = a[−0.18] = 0",
        "h₃ = a[1.1 + (−0.7)·0.8] = a[0.54] = 0.54",
        "y = −0.23 + (−1.3)·0.12 + 1.3·0 + 0.66·0.54 = −0.03",
    ]
    off = page.locator(".formula.off, .term.off")
    expect(off).to_have_text([re.compile("h₂"), " + 1.3·0"])
    x, y = hold(page, joint(page, 2))
    page.mouse.move(x - 90, y, steps=5)
    expect(off).to_have_count(0)
    h2 = formulas(page)[1].replace("−", "-")
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", h2)]
    theta0 = -0.9 * joint_at(page, 2)
    z = theta0 + 0.9 * 0.8
    np.testing.assert_allclose(numbers, [theta0, 0.9, 0.8, z, z], atol=6e-4)
    assert page.sent == []
    page.mouse.up()
    answer(page, 2)


def test_points_are_fitted_by_hand(show):
    page = show("points")
    counters = page.locator(".counters")
    # Each of the five points lies 0.23 below the curve, which has lost its φ₀.
    expect(counters).to_contain_text("loss 0.265 · best known 0.0125")
    sticks = page.locator(".stick:not([display])").all()
    ends = [[float(s.get_attribute(name)) for name in ("y1", "y2")] for s in sticks]
    frame = page.locator(".frame").last
    top, height = (float(frame.get_attribute(name)) for name in ("y", "height"))
    assert all(top < end < top + height for stick in ends for end in stick)
    lengths = np.subtract(*np.transpose(ends))
    assert len(lengths) == 5
    assert lengths[0] > 10
    np.testing.assert_allclose(lengths, lengths[0], atol=0.02)
    assert "Summed loss over 5 points: 0.265." in said(page)
    for number, verdict in [
        ("-0.17", ""),
        ("-0.18", " · as good as the best known"),
        ("-0.22", " · better than the best known"),
    ]:
        field(page, "Offset φ₀").fill(number)
        expect(page.get_by_role("status")).to_have_text(verdict)
        expect(counters).to_contain_text("loss 0.0180" if not verdict else "loss")


def test_a_veil_hides_the_sum_and_all_that_tells_of_it(show):
    page = show("veiled")
    expect(page.locator(".veil")).to_be_visible()
    for hidden in (".sum", ".slope", ".dot", ".shade", ".total", ".output-name"):
        expect(page.locator(f"{hidden}:not([display])")).to_have_count(0)
    expect(page.locator(".counters, .slope-sum")).to_have_text(["", ""])
    assert formulas(page)[-1] == "y = ?"
    expect(page.locator(".pill").last).to_have_text("φ0 = −0.23y?")
    heights = {joint(page, unit).bounding_box()["y"] for unit in (1, 2, 3)}
    assert len(heights) == 1
    words = said(page) + page.get_by_label("Probe x").get_attribute("aria-valuetext")
    assert "hidden until you have answered" in words
    assert not re.search("slope|Regions|Joints|y =", words)
    weighted = page.locator(".panel").nth(2).locator(".curve").first
    before = weighted.get_attribute("points")
    field(page, "Unit 1, weight").fill("-1")  # the other stages stay alive
    expect(weighted).not_to_have_attribute("points", before)
    field(page, "Unit 1, weight").press("Enter")
    answer(page, 2)

    page.get_by_role("button", name="plain", exact=True).click()
    expect(page.locator(".veil")).to_be_hidden()
    expect(page.locator(".counters")).to_contain_text("3 joints in view")
    assert slopes(page) == [-0.462, -0.982, 0.188, 0.650]


def test_joints_out_of_view_and_at_one_place_can_be_reached(show):
    page = show("odd joints")
    expect(page.locator(".counters")).to_contain_text("1 joint in view")
    knobs = [joint(page, unit).locator(".knob").bounding_box() for unit in (1, 3)]
    assert knobs[0]["x"] == knobs[1]["x"]
    assert abs(knobs[0]["y"] - knobs[1]["y"]) > 10
    far = joint(page, 2)
    expect(far).to_have_attribute("aria-valuetext", "x = 3.000, out of view")
    expect(far).to_have_text("3")
    far.press("ArrowLeft")
    expect(far).to_have_attribute("aria-valuetext", "x = 2.000")
    assert answer(page, 2)[2] == [-1, -2, 1]
    far.press("ArrowLeft")
    expect(page.locator(".counters")).to_contain_text("2 joints in view")


def test_a_unit_stands_out_in_every_panel(show):
    page = show("two outputs")
    hot = page.locator(".hot")
    everywhere = {"curve": 4, "edges": 1, "pill": 1, "formula": 1, "term": 2, "row": 1}
    for touch in (
        page.locator(".pill").nth(1).hover,
        page.locator(".formula").nth(1).hover,
        page.locator(".row").nth(2).hover,
        joint(page, 2).focus,
        field(page, "Unit 2, offset").focus,
    ):
        page.mouse.move(0, 0)
        expect(hot).to_have_count(0)
        touch()
        expect(hot).to_have_count(10)
        for name, count in everywhere.items():
            expect(page.locator(f".{name}.hot")).to_have_count(count)
        page.evaluate("document.activeElement.shadowRoot?.activeElement?.blur()")


def test_ten_units_and_two_outputs_are_dragged_smoothly(show, record_property):
    page = show("ten units")
    x, y = hold(page, joint(page, 6))
    count_frames(page)
    for i in range(60):
        page.mouse.move(x + i % 30, y + i % 7)
        page.wait_for_timeout(8)
    times = page.evaluate("frames_")
    assert page.sent == []
    page.mouse.up()
    answer(page, 2)
    frame = float(np.median(np.diff(times)))
    record_property("median frame, ten units and two outputs, in ms", frame)
    print(f"median frame during a drag: {frame:.1f} ms")


def test_ten_units_and_two_outputs_fit_a_phone(show):
    page = show("ten units")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".stages")).to_have_attribute("width", re.compile("^3.."))
    assert page.locator("html").evaluate("e => e.scrollWidth - e.clientWidth") == 0
    assert float(page.locator(".diagram").get_attribute("width")) < 390
    assert slopes(page)[0] == [5, -5] * 5


def test_both_pictures_can_be_kept(show):
    page = show("plain")
    for name, inside in [("four stages", "−0.462"), ("network diagram", "0.12 → 0.12")]:
        with page.expect_download() as kept:
            page.get_by_role("button", name=f"Save SVG: {name}").click()
        root = ET.parse(kept.value.path()).getroot()
        assert inside in "|".join(root.itertext())
