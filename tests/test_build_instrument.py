"""The instrument "Build": what it shows, what it sends, and what Python believes."""

import json
import re
import time

import numpy as np
import pytest
from playwright.sync_api import expect

from estimators import ReLUNetwork
from estimators.constructions import interpolant, lecture
from tests.built import (
    answer,
    count_frames,
    field,
    fields,
    joint,
    joint_at,
    slopes,
)
from tests.instruments import hold
from ui.instruments.build import build_instrument, released_network

browser_test = pytest.mark.xdist_group("browser")

TEN = {
    "weights": [[[0.4], [0.9], [-0.7]], [[-1.3, 1.3, 0.66]]],
    "biases": [[-0.2, -0.9, 1.1], [-0.23]],
}
SCRIPT = """
    import streamlit as st
    from estimators import ReLUNetwork
    from estimators.constructions import interpolant, lecture
    from ui.instruments.build import build_instrument

    PRESETS = {
        "ten": lecture("ten_parameters"),
        "hat": ReLUNetwork([[[1], [1], [1]], [[1, -2, 1]]], [[0, -1, -2], [0]]),
        "many": interpolant(range(11), [0, 1] * 5 + [0]),
    }

    def keep(network):
        past.append(network)

    past = st.session_state.setdefault("past", [PRESETS["ten"]])
    for name, preset in PRESETS.items():
        if st.button(name):
            past.append(preset)
    if st.button("start over"):
        del past[1:]
    if st.button("undo"):
        past.pop()
    released = build_instrument(past[-1], (0, 2), key="build", on_release=keep)
    answer = released and [[p.tolist() for p in (*released.weights, *released.biases)]]
    st.code(f"{len(past)} {answer}")
"""


@pytest.fixture
def instrument(visit):
    """Give the ten-parameter network as if nobody had touched it."""
    visit.set_viewport_size({"width": 1280, "height": 1000})
    visit.get_by_role("button", name="start over").click()
    expect(visit.get_by_text("in view")).to_have_text(
        "3 joints in view · 4 regions in view"
    )
    expect(visit.locator("code")).to_have_text("1 None")
    visit.get_by_role("slider", name="Probe x").press("Home")
    visit.wait_for_timeout(200)
    visit.sent.clear()
    return visit


@browser_test
def test_the_ten_parameter_network(instrument):
    assert slopes(instrument) == [-0.462, -0.982, 0.188, 0.650]
    joints = [joint_at(instrument, unit) for unit in (1, 2, 3)]
    np.testing.assert_allclose(joints, [0.5, 1, 1.1 / 0.7], rtol=1e-12)
    expect(instrument.locator(".stages [role=img]")).to_have_accessible_name(
        re.compile(
            r"0\.500, 1\.000, 1\.571\. Regions: 0\.000 to 0\.500, on: 3, slope −0\.462"
        )
    )
    expect(instrument.get_by_text("Region 1 of 4")).to_contain_text(
        "slope φ₃θ₃₁ = −0.462"
    )
    for _ in range(3):
        instrument.get_by_role("slider", name="Probe x").press("Shift+ArrowRight")
    expect(instrument.get_by_text("Region 2 of 4")).to_contain_text(
        "slope φ₁θ₁₁ + φ₃θ₃₁ = −0.520 − 0.462 = −0.982"
    )


@browser_test
def test_a_drag_is_seen_at_once_and_sent_once(instrument, record_property):
    before = slopes(instrument)
    curve = instrument.locator(".sum").first.get_attribute("points")
    x, y = hold(instrument, joint(instrument, 2))
    count_frames(instrument)
    for i in range(60):
        instrument.mouse.move(x + i, y + i % 7)
        instrument.wait_for_timeout(8)
    times = instrument.evaluate("frames_")
    assert instrument.locator(".sum").first.get_attribute("points") != curve
    during = joint_at(instrument, 2)
    assert during > 1.1
    assert instrument.sent == []
    instrument.mouse.up()
    network = answer(instrument, 2)
    instrument.wait_for_timeout(300)
    assert len(instrument.sent) == 1
    assert network == fields(instrument)
    assert network[2][1] == pytest.approx(-0.9 * during, abs=1e-12)
    assert joint_at(instrument, 2) == during  # the answer moves nothing
    assert slopes(instrument) == before  # joints alone change no slope
    frame = float(np.median(np.diff(times)))
    record_property("median frame during a drag in ms", frame)
    print(f"median frame during a drag: {frame:.1f} ms")


@browser_test
def test_units_that_change_sides_swap_their_regions(instrument):
    x, y = hold(instrument, joint(instrument, 1))
    width = instrument.locator(".frame").last.bounding_box()["width"]
    instrument.mouse.move(x + 0.4 * width, y, steps=5)
    instrument.mouse.up()
    network = ReLUNetwork(*np.array(answer(instrument, 2), object).reshape(2, 2))
    assert joint_at(instrument, 1) == pytest.approx(1.3, abs=0.01)
    assert slopes(instrument) == [-0.462, 0.708, 0.188, 0.650]
    middle = network.local_linear_model([[0.5], [1.15], [1.45], [1.8]])[0].ravel()
    np.testing.assert_allclose(slopes(instrument), middle, atol=5e-4)


@browser_test
def test_arrow_keys(instrument):
    handle = joint(instrument, 1)
    handle.focus()
    instrument.keyboard.down("ArrowRight")
    instrument.keyboard.down("ArrowRight")  # as a key that is held repeats
    instrument.wait_for_timeout(100)
    assert instrument.sent == []
    instrument.keyboard.up("ArrowRight")
    assert answer(instrument, 2)[2] == [-0.216, -0.9, 1.1]
    assert joint_at(instrument, 1) == pytest.approx(0.54)
    expect(handle).to_be_focused()

    probe = instrument.get_by_role("slider", name="Probe x")
    expect(probe).to_have_attribute("aria-valuetext", "x = 0.000, y = 0.496")
    probe.press("Shift+ArrowRight")
    expect(probe).to_have_attribute("aria-valuenow", "0.2")
    assert len(instrument.sent) == 1  # the probe is the reader's own affair


@browser_test
def test_a_number_is_typed(instrument):
    typed = field(instrument, "Unit 3, weight")
    typed.fill("-0.123456")
    expect(instrument.locator(".slope").first).to_have_text("slope 0.086")
    assert instrument.sent == []
    typed.press("Enter")
    assert answer(instrument, 2)[1] == [[-1.3, 1.3, -0.123456]]
    assert len(instrument.sent) == 1
    typed.fill("")
    typed.press("Enter")
    expect(typed).to_have_value("-0.123456")
    typed.fill("1e7")
    typed.press("Enter")
    expect(typed).to_have_value("-0.123456")
    slider = instrument.get_by_role("slider", name=re.compile("Unit 1, slope"))
    slider.press("ArrowRight")
    assert answer(instrument, 3)[0][0] == [0.41]


@browser_test
def test_presets_and_undo_replace_what_is_shown(instrument):
    press = lambda name: instrument.get_by_role("button", name=name).click()  # noqa: E731
    field(instrument, "Unit 1, offset").fill("-0.3")
    field(instrument, "Unit 1, offset").press("Enter")
    assert answer(instrument, 2)[2][0] == -0.3
    press("undo")
    expect(field(instrument, "Unit 1, offset")).to_have_value("-0.2")
    assert answer(instrument, 1) is None
    press("hat")
    expect(instrument.get_by_text("in view")).to_have_text(
        "1 joint in view · 2 regions in view"
    )
    assert fields(instrument) == [[[1], [1], [1]], [[1, -2, 1]], [0, -1, -2], [0]]
    press("many")
    expect(instrument.get_by_role("spinbutton")).to_have_count(31)
    assert answer(instrument, 3) is None


@browser_test
def test_a_phone_and_a_finger(instrument):
    instrument.set_viewport_size({"width": 390, "height": 844})
    frame = instrument.locator(".stages")
    deadline = time.monotonic() + 5
    while frame.bounding_box()["width"] > 380 and time.monotonic() < deadline:
        instrument.wait_for_timeout(20)
    page = instrument.locator("html")
    assert page.evaluate("e => e.scrollWidth - e.clientWidth") == 0
    assert slopes(instrument) == [-0.462, -0.982, 0.188, 0.650]
    style = "e => getComputedStyle(e).touchAction"
    assert joint(instrument, 1).evaluate(style) == "none"
    assert frame.evaluate(style) == "auto"

    box = joint(instrument, 1).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = instrument.context.new_cdp_session(instrument)
    for kind, at in [("Start", 0), ("Move", 10), ("Move", -30), ("End", None)]:
        points = [] if at is None else [{"x": x + at, "y": y + at}]
        event = {"type": f"touch{kind}", "touchPoints": points}
        finger.send("Input.dispatchTouchEvent", event)
    released = answer(instrument, 2)
    assert joint_at(instrument, 1) == pytest.approx(0.5 - 30 * 2 / 328, abs=0.03)
    assert released == fields(instrument)


def test_what_the_browser_sends_is_checked():
    network = released_network(TEN, 3)
    assert network([0.5]).item() == lecture("ten_parameters")([0.5]).item()
    assert released_network(json.loads(json.dumps(TEN)), 3) is not None


def test_outputs_are_as_many_as_were_shown():
    two = TEN | {"weights": [TEN["weights"][0], TEN["weights"][1] * 2]}
    two |= {"biases": [TEN["biases"][0], [-0.23, 1]]}
    np.testing.assert_allclose(released_network(two, 3, 2)([0])[0], [0.496, 1.726])
    assert released_network(two, 3) is None
    assert released_network(TEN, 3, 2) is None


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        "network",
        [],
        {},
        {"weights": TEN["weights"]},
        TEN | {"biases": [[0, 0], [0]]},
        TEN | {"biases": [[0, 0, 0], 0]},
        TEN | {"biases": [[0, 0, 0], [0], [0]]},
        TEN | {"biases": [[0, 0, float("nan")], [0]]},
        TEN | {"biases": [[0, 0, float("inf")], [0]]},
        TEN | {"biases": [[0, 0, 1.1e6], [0]]},
        TEN | {"biases": [[0, 0, 10**400], [0]]},
        TEN | {"biases": [[0, 0, "1"], [0]]},
        TEN | {"biases": [[0, 0, None], [0]]},
        TEN | {"biases": [[False, False, True], [False]]},
        TEN | {"biases": [[0, [0], 0], [0]]},
        TEN | {"weights": {"0": 1, "1": 2}},
        TEN | {"weights": [[[1, 2, 3]], [[1, 2, 3]]]},
    ],
    ids=lambda value: str(value)[-40:],
)
def test_nonsense_is_refused(nonsense):
    assert released_network(nonsense, 3) is None


@pytest.mark.parametrize(
    ("network", "domain", "message"),
    [
        (lecture("two_inputs"), (0, 1), "one input"),
        (interpolant([0, 1], np.eye(2, 3)), (0, 1), "At most 2 outputs"),
        (lecture("composed"), (0, 1), "shallow"),
        (interpolant(range(13), range(13)), (0, 1), "At most 10"),
        (lecture("ten_parameters"), (1, 1), "low < high"),
        (lecture("ten_parameters"), (0, np.inf), "finite"),
    ],
    ids=["inputs", "outputs", "depth", "width", "empty", "infinite"],
)
def test_other_networks_are_refused(network, domain, message):
    with pytest.raises(ValueError, match=message):
        build_instrument(network, domain, key="refused")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"points": ([0, 1], [1])}, "one length"),
        ({"points": ([], [])}, "1 to 200"),
        ({"points": (range(201), range(201))}, "1 to 200"),
        ({"points": ([0], [np.nan])}, "finite"),
        ({"points": ([0], [1]), "goal": -1.0}, "goal"),
    ],
    ids=["lengths", "none", "many", "nan", "negative"],
)
def test_points_and_goals_are_checked(more, message):
    with pytest.raises(ValueError, match=message):
        build_instrument(lecture("ten_parameters"), (0, 2), key="refused", **more)


def test_points_are_for_one_output_and_a_goal_for_points():
    network = lecture("one_input_two_outputs")
    with pytest.raises(ValueError, match="one output"):
        build_instrument(network, (0, 2), key="refused", points=([0], [1]))
    with pytest.raises(ValueError, match="goal"):
        build_instrument(network, (0, 2), key="refused", goal=1.0)
