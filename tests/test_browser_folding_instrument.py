"""The instrument "Folding" in Chromium: what it shows, and that it is smooth."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from estimators.constructions import lecture
from estimators.geometry import linear_regions
from tests.built import count_frames
from tests.instruments import median_frame
from tests.phone import assert_nothing_is_wider, assert_within_the_screen

pytestmark = pytest.mark.xdist_group("browser")

SCRIPT = """
    import streamlit as st
    from estimators.constructions import lecture
    from ui.instruments.folding import folding_instrument

    fold = lecture("fold")
    times = st.number_input("times", 1, 6)
    folding_instrument(fold, fold, key="folding", times=times, domain=(0, 1))
"""


@pytest.fixture
def instrument(visit):
    """Give a line that is folded once."""
    visit.set_viewport_size({"width": 1280, "height": 900})
    fold_times(visit, 1)
    visit.wait_for_timeout(200)
    visit.sent.clear()
    return visit


def folding(page):
    return page.get_by_role("slider", name="Folding, painting, unfolding")


def fold_times(page, times):
    page.get_by_role("spinbutton", name="times").fill(str(times))
    page.get_by_role("spinbutton", name="times").press("Enter")
    regions = f"painted: {4 ** (times + 1):,} regions in view"
    counts = page.locator(".folding .counters")
    expect(counts).to_contain_text(regions)
    return counts.inner_text()


def test_layers_and_regions_of_the_best_fold(instrument):
    assert fold_times(instrument, 1).startswith("Folded once: 4 layers")
    layers = "4 → 16 → 64 → 256 → 1,024 → 4,096 layers"
    assert fold_times(instrument, 6).startswith(f"Folded 6 times: {layers}")


def test_the_line_is_folded_painted_and_unfolded(instrument):
    """What is drawn at the end is the composed function, at its exact vertices."""
    slider = folding(instrument)
    painted = instrument.locator(".pile .paint:not([display])")
    marks = instrument.locator(".pile .twin")

    def across():
        return [float(mark.get_attribute("cx")) for mark in marks.all()]

    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "Folding")
    expect(instrument.get_by_text("Painted once the line is folded")).to_be_visible()
    assert np.min(np.diff(across())) > 50
    slider.fill("334")
    expect(slider).to_have_attribute("aria-valuetext", "Painting")
    np.testing.assert_allclose(across(), across()[0], atol=0.02)
    slider.press("End")
    expect(slider).to_have_attribute("aria-valuetext", "Composed")
    paths = [path.get_attribute("d") for path in painted.all()]
    vertices = re.findall(r"([\d.]+) ([\d.]+)", " ".join(paths))
    xs, ys = np.array(vertices, float).T
    assert np.ptp(ys) == 0
    xs = np.unique(xs)
    fold = lecture("fold")
    joints = linear_regions(fold @ fold, [[0, 1]]).breakpoints
    inside = (xs - xs[0]) / np.ptp(xs)
    np.testing.assert_allclose(inside[1:-1], joints, atol=2e-4)
    expect(instrument.locator(".sheet-figure")).to_have_accessible_name(
        re.compile("Folded once: 4 layers · painted: 16 regions in view. Composed")
    )
    assert instrument.sent == []


@pytest.mark.parametrize("times", [1, 3, 6])
def test_scrubbing_is_smooth(instrument, times, record_property):
    fold_times(instrument, times)
    slider = folding(instrument)
    slider.press("Home")
    instrument.wait_for_timeout(200)
    instrument.sent.clear()
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    instrument.mouse.move(box["x"] + 8, y)
    instrument.mouse.down()
    count_frames(instrument)
    for part in np.linspace(0, 1, 100):
        instrument.mouse.move(box["x"] + 8 + part * (box["width"] - 16), y)
        instrument.wait_for_timeout(6)
    instrument.mouse.up()
    frame = median_frame(instrument)
    record_property(f"median frame while {times} folds are scrubbed in ms", frame)
    print(f"median frame while {times} folds are scrubbed: {frame:.1f} ms")
    assert frame <= 20
    assert instrument.sent == []


def test_playing_begins_anew_at_the_end_and_can_be_paused(instrument):
    slider = folding(instrument)
    slider.press("End")
    instrument.get_by_role("button", name="Play").click()
    instrument.get_by_role("button", name="Pause").click()
    assert 0 < int(slider.input_value()) < 900
    stopped = slider.input_value()
    instrument.wait_for_timeout(100)
    assert slider.input_value() == stopped
    instrument.get_by_role("button", name="Play").click()
    expect(slider).to_have_attribute("aria-valuetext", "Composed")
    expect(instrument.get_by_role("button", name="Play")).to_be_visible()


def test_a_phone(instrument):
    instrument.set_viewport_size({"width": 390, "height": 844})
    figure = instrument.locator(".sheet-figure")
    expect(figure).to_have_attribute("width", re.compile(r"^3\d\d$"))
    instrument.wait_for_timeout(200)
    assert_nothing_is_wider(instrument)
    assert_within_the_screen(figure)
