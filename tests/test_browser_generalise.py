"""The step Generalise as a visitor meets it, in Chromium."""

import re
import xml.etree.ElementTree as ET

import pytest
from playwright.sync_api import expect

from tests.phone import (
    assert_nothing_is_wider,
    assert_within_the_screen,
    open_on_a_phone,
)

# One worker runs them all: they share a browser, and each wants a processor.
pytestmark = pytest.mark.xdist_group("browser")

SMALL = "step=Generalise&widest=5&repeats=1&folds=3&d=4"
ALL = "16 of 16 networks trained"  # widths 1, 2, 3 and 5, on a split and in three folds


def studied(page):
    """The five figures, once the study is finished."""
    expect(page.get_by_text(ALL)).to_be_visible()
    found = page.get_by_test_id("stEChartsChart")
    expect(found).to_have_count(5)
    for number in range(5):
        expect(found.nth(number)).to_have_attribute("aria-busy", "false")
    expect(page.get_by_role("row", name=re.compile("MLPRegressor"))).to_be_visible()
    return found


def names(page):
    """What the figures show, once they have not changed for a while."""
    seen, before = [], None
    while seen != before:
        before = seen
        page.wait_for_timeout(2000)  # longer than a slice of training takes
        seen = [each.get_attribute("aria-label") for each in studied(page).all()]
    return seen


def test_a_link_opens_the_same_study_for_another_visitor(page, server, browser):
    page.goto(f"{server.url}/regression?{SMALL}")
    studied(page)
    width = page.get_by_role("slider", name="Width D to look at")
    width.press("ArrowRight")
    expect(page.get_by_text("the network with D = 5 trained")).to_be_visible()
    expect(page).to_have_url(re.compile("d=5"))
    seen = names(page)
    with browser.new_context() as another_visitor:
        copy = another_visitor.new_page()
        copy.goto(page.url)
        assert names(copy) == seen


def test_every_figure_can_be_saved_as_a_picture_that_opens(page, server):
    page.goto(f"{server.url}/regression?{SMALL}")
    studied(page)
    save = page.get_by_role("button", name="Download as SVG")
    expect(save).to_have_count(5)
    for number in range(5):
        with page.expect_download() as download:
            save.nth(number).press("Enter")
        assert ET.parse(download.value.path()).getroot().tag.endswith("svg")


def test_an_uploaded_table_is_studied(page, server):
    page.goto(f"{server.url}/regression?{SMALL}&data=Your%20file")
    table = "dose,effect\n" + "\n".join(f"{n},{abs(n - 20)}" for n in range(40))
    page.locator("input[type=file]").set_input_files(
        {"name": "own.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    figures = studied(page)
    expect(figures.first).to_have_accessible_name(
        re.compile("effect against dose. All 40 rows")
    )


def test_a_phone_shows_the_figures_whole_without_scrolling_sideways(page, server):
    open_on_a_phone(page, f"{server.url}/regression?{SMALL}")
    figures = studied(page)
    assert_nothing_is_wider(page)
    assert_within_the_screen(figures)
