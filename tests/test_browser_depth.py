"""The Depth efficiency page in Chromium: zoom, presets, typed numbers, links, phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.instruments import choose
from tests.phone import assert_nothing_is_wider, open_on_a_phone
from ui.depth.steps import STEPS

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def address(server):
    return f"{server.url}/depth_efficiency"


def said(page, words):
    return page.get_by_text(re.compile(words))


def field(page, name):
    return page.get_by_role("spinbutton", name=name)


def write(page, name, number):
    field(page, name).fill(number)
    field(page, name).press("Enter")


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def step(page, name):
    return page.get_by_role("radiogroup", name="Step").get_by_role("radio", name=name)


def test_the_count_is_zoomed_down_to_single_pieces(page, address, browser):
    page.goto(f"{address}?efficiency=Counted")
    expect(said(page, "161,051 in view, 161,051 in total")).to_be_visible()
    write(page, "Piece number", "3")
    expect(said(page, r"^Piece 3 of 161,051: from x = 3/1,048,576")).to_be_visible()
    button(page, "Zoom to this piece").click()
    expect(said(page, "All 11 pieces are drawn, .* pieces 1 to 11 of")).to_be_visible()
    page.get_by_role("slider", name="Zoom").press("ArrowRight")
    expect(
        said(page, "One piece is drawn.* In view: piece 3 of 161,051, x")
    ).to_be_visible()
    expect(page).to_have_url(re.compile("counted_zoom=5"))
    with browser.new_context() as another_visitor:
        copy = another_visitor.new_page()
        copy.goto(page.url)
        expect(field(copy, "Piece number")).to_have_value("3")
        expect(said(copy, "Linear regions: 1 in view")).to_be_visible()
    button(page, "Show all").click()
    expect(said(page, "161,051 in view")).to_be_visible()


def test_a_preset_is_counted_and_undone(page, address):
    page.goto(f"{address}?efficiency=Counted")
    expect(said(page, "161,051 in view")).to_be_visible()
    choose(page, "Preset", "Three units a layer")
    expect(said(page, "58 parameters, 15 hidden units, 1,024 regions")).to_be_visible()
    button(page, "Undo").click()
    expect(said(page, "161,051 in view")).to_be_visible()


def test_each_fold_of_the_sawtooth_doubles_its_pieces(page, address):
    page.goto(f"{address}?efficiency=Sawtooth")
    expect(said(page, "^32 pieces")).to_be_visible()
    folds = page.get_by_role("slider", name="Folds k")
    folds.press("ArrowRight")
    expect(said(page, "^64 pieces.* 12 units .* exactly 64 units")).to_be_visible()
    expect(page).to_have_url(re.compile("sawtooth_folds=6"))
    page.reload()
    expect(said(page, "^64 pieces")).to_be_visible()


def test_the_browser_goes_back_to_the_link_that_it_came_from(page, address):
    page.goto(f"{address}?efficiency=Sawtooth&sawtooth_folds=3")
    expect(said(page, "^8 pieces")).to_be_visible()
    page.goto(f"{address}?regions_budget=77")
    expect(field(page, "P, typed")).to_have_value("77")
    page.go_back()
    expect(said(page, "^8 pieces")).to_be_visible()
    expect(step(page, "Sawtooth")).to_be_checked()


def test_a_refused_number_is_gone_once_something_else_sets_it(page, address):
    page.goto(f"{address}?regions_budget=100")
    expect(said(page, "With 100 parameters and 1 input")).to_be_visible()
    slider = page.get_by_role("slider", name="Budget: parameters P")
    refused = page.get_by_text("outside the allowed range")
    for impossible, act, now in (
        ("-7", lambda: slider.press("ArrowRight"), 120),
        ("9999999999", lambda: button(page, "Reset").click(), 471),
    ):
        write(page, "P, typed", impossible)
        expect(refused).to_be_attached()
        expect(field(page, "P, typed")).to_have_value(impossible)
        act()
        expect(field(page, "P, typed")).to_have_value(str(now))
        expect(refused).to_have_count(0)
        expect(said(page, f"With {now} parameters and 1 input")).to_be_visible()


def test_a_fraction_is_rounded_to_what_the_field_shows(page, address):
    page.goto(address)
    write(page, "P, typed", "12.7")
    expect(field(page, "P, typed")).to_have_value("13")
    expect(said(page, "With 13 parameters and 1 input")).to_be_visible()


def test_powers_of_ten_are_raised(page, address):
    page.goto(f"{address}?efficiency=Regions&regions_inputs=10&regions_budget=10801")
    chart = page.locator(".st-key-regions_chart svg[width]")
    expect(chart).to_contain_text("Linear regions")
    written = chart.locator("text").all_text_contents()
    assert "10" in written and "20" in written
    assert not [text for text in written if "^" in text or "{" in text]


@pytest.mark.parametrize("name", STEPS)
def test_a_phone_shows_every_step_without_scrolling_sideways(page, address, name):
    open_on_a_phone(page, f"{address}?efficiency={name.replace(' ', '%20')}")
    expect(page.get_by_text("Where this comes from")).to_be_visible()
    expect(step(page, name)).to_be_checked()
    page.wait_for_timeout(500)
    assert_nothing_is_wider(page)
