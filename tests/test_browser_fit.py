"""Moving joints, looking back and saving a figure, in Chromium."""

import re
import xml.etree.ElementTree as ET

import pytest
from playwright.sync_api import expect

# One worker runs them all: they share a browser, and each wants a processor.
pytestmark = pytest.mark.xdist_group("browser")

# The plot areas of two charts, in pixels of the page, from lines of the grid.
PLOT_AREA = """chart => {
  const across = /^M([\\d.]+) ([\\d.]+)L([\\d.]+) \\2$/;
  const lines = [...chart.querySelectorAll('path')]
    .map(path => across.exec(path.getAttribute('d')))
    .filter(found => found && found[3] - found[1] > 100);  // not of the legend
  const left = chart.getBoundingClientRect().left;
  return [left + Math.min(...lines.map(l => +l[1])),
          left + Math.max(...lines.map(l => +l[3]))];
}"""


def charts(page):
    expect(page.get_by_text("Finished after")).to_be_visible()
    found = page.get_by_test_id("stEChartsChart")
    expect(found).to_have_count(3)
    for number in range(3):
        expect(found.nth(number)).to_have_attribute("aria-busy", "false")
    return found


@pytest.mark.parametrize("table", ["toy=sine", "data=Real%20table"])
def test_the_ways_of_the_joints_are_in_line_with_the_fit(page, server, table):
    page.goto(f"{server.url}/regression?step=Fit&{table}&iterations=100")
    fit, tracks, _ = charts(page).all()
    expect(tracks).to_have_accessible_name(re.compile("Joints of 10 hidden units"))
    assert tracks.evaluate(PLOT_AREA) == pytest.approx(fit.evaluate(PLOT_AREA), abs=1)


def test_the_arrow_keys_go_back_in_time(page, server):
    page.goto(f"{server.url}/regression?step=Fit&iterations=100")
    fit = charts(page).first
    now = fit.get_attribute("aria-label")
    moment = page.get_by_role("slider", name="Look at iteration")
    moment.press("Home")
    expect(page.get_by_text("shown is iteration 0")).to_be_visible()
    expect(fit).not_to_have_accessible_name(now)
    moment.press("End")
    expect(fit).to_have_accessible_name(now)
    expect(page).not_to_have_url(re.compile("moment"))


def test_every_figure_can_be_saved_as_a_picture_that_opens(page, server):
    page.goto(f"{server.url}/regression?step=Fit&iterations=100")
    charts(page)
    for number in range(3):
        with page.expect_download() as download:
            page.get_by_role("button", name="Download as SVG").nth(number).press(
                "Enter"
            )
        picture = ET.parse(download.value.path()).getroot()
        texts = "".join(picture.itertext())
        assert picture.tag.endswith("svg") and ("Iteration" in texts or "x" in texts)


def test_solvers_are_compared_live_and_the_link_says_so(page, server):
    page.goto(f"{server.url}/regression?step=Fit&iterations=100&points=50")
    charts(page)
    page.get_by_text("Compare solvers").click()
    expect(page.get_by_test_id("stEChartsChart").last).to_have_accessible_name(
        re.compile("^Training loss against .*gradient descent.*L-BFGS")
    )
    expect(page.get_by_role("cell", name="finished")).to_have_count(3)
    expect(page).to_have_url(re.compile("compare=true"))


def test_other_data_during_training_end_it_without_a_word(page, server):
    page.goto(f"{server.url}/regression?step=Fit&solver=gd&iterations=10000&d=30")
    expect(page.get_by_text("Training with gradient descent")).to_be_visible()
    complaints = page.get_by_role("alert").or_(page.get_by_test_id("stException"))
    noise = page.get_by_role("slider", name="Noise")
    for key in ("ArrowRight", "ArrowLeft") * 4:
        noise.press(key)
        for _ in range(10):  # in the midst of a slice or between two
            assert complaints.all_inner_texts() == []
            page.wait_for_timeout(50)
    expect(page.get_by_text("Training with gradient descent")).to_be_visible()
