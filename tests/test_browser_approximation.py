"""The Universal approximation page in Chromium: play, drag, type, link."""

import math
import re

import pytest
from playwright.sync_api import expect

from tests.phone import assert_nothing_is_wider, open_on_a_phone

pytestmark = pytest.mark.xdist_group("browser")

BUILT = "part=Watch%20it%20being%20built"


@pytest.fixture
def address(server):
    return f"{server.url}/universal_approximation"


def units(page):
    return page.get_by_role("slider", name="Hidden units D")


def shown(page):
    return int(units(page).input_value())


def test_play_adds_units_one_by_one_and_says_where_it_stopped(page, address):
    page.goto(f"{address}?{BUILT}&shown=1&norm=Root%20mean%20square")
    play = page.get_by_role("button", name="Play")
    expect(page.get_by_text(re.compile("^D = 1 · joints in view"))).to_be_visible()
    seen = []
    play.click()
    for _ in range(60):
        seen.append(shown(page))
        if seen[-1] >= 4:
            break
        page.wait_for_timeout(60)
    assert list(dict.fromkeys(seen)) == [1, 2, 3, 4]
    page.get_by_role("button", name="Pause").click()
    stopped = shown(page)
    field = page.get_by_role("spinbutton", name="D on screen")
    expect(field).to_have_value(str(stopped))
    expect(page).to_have_url(re.compile(f"shown={stopped}"))
    sheet = page.get_by_role("img", name=f"a network of {stopped} hidden units")
    expect(sheet).to_be_visible()
    expect(units(page)).to_have_value(str(stopped))  # the answer moves nothing


def test_the_errors_shown_are_those_of_the_frame(page, address):
    page.goto(f"{address}?{BUILT}&target=Exponential%3A%20smooth&shown=3")
    text = page.get_by_text(re.compile("^D = 3 · joints in view"))
    expect(text).to_be_visible()
    # The best of 4 and of 3 pieces, if |f''|^(1/2), whose integral is 2(√e − 1), is
    # spread evenly.
    law = (math.sqrt(math.e) - 1) ** 2 / 4
    error = float(re.search(r"largest error (\S+)", text.inner_text())[1])
    assert law / 4**2 < error < 1.02 * law / 3**2
    slider = units(page)
    slider.press("ArrowRight")
    expect(page.get_by_text(re.compile("^D = 4 · joints in view"))).to_be_visible()
    slider.press("Home")
    expect(page.get_by_text(re.compile("^D = 1 · joints in view"))).to_be_visible()
    expect(page).to_have_url(re.compile("shown=1(&|$)"))


def test_a_typed_number_moves_the_picture(page, address):
    page.goto(f"{address}?{BUILT}&shown=2")
    expect(page.get_by_text(re.compile("^D = 2 · "))).to_be_visible()
    field = page.get_by_role("spinbutton", name="D on screen")
    field.fill("5")
    field.press("Enter")
    expect(page.get_by_text(re.compile("^D = 5 · "))).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(re.compile("^D = 2 · "))).to_be_visible()


def test_a_bad_formula_is_pointed_at_and_a_good_one_is_in_the_link(
    page, address, browser
):
    page.goto(f"{address}?target=A%20formula%20of%20yours&units=5")
    charts = page.get_by_test_id("stEChartsChart")
    expect(charts).to_have_count(2)
    field = page.get_by_role("textbox", name="f(x) =")
    field.fill("sin(x $ 2)")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("$")
    expect(page.get_by_test_id("stCode")).to_contain_text("^")
    expect(charts).to_have_count(2)
    field.fill("|x| + x^2/4")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page).to_have_url(re.compile("formula="))
    name = charts.first.get_attribute("aria-label")
    with browser.new_context() as another_visitor:
        copy = another_visitor.new_page()
        copy.goto(page.url)
        expect(copy.get_by_role("textbox", name="f(x) =")).to_have_value("|x| + x^2/4")
        expect(copy.get_by_test_id("stEChartsChart").first).to_have_accessible_name(
            re.compile("A target and a network of straight pieces from -2 to 2")
        )
    assert "joints" in name


def test_the_slider_of_growing_steps_reaches_a_thousand(page, address):
    page.goto(address)
    charts = page.get_by_test_id("stEChartsChart")
    expect(charts).to_have_count(2)
    slider = page.get_by_role("slider", name="Hidden units D")
    slider.press("End")
    expect(page.get_by_role("spinbutton", name="D, typed")).to_have_value("1000")
    expect(page.get_by_text("1,000 units and one input")).to_be_visible()
    expect(page).to_have_url(re.compile("units=1000"))


def test_a_number_typed_during_a_search_stays(page, address):
    page.goto(f"{address}?how=Gradient%20training&units=900")
    field = page.get_by_role("spinbutton", name="D, typed")
    expect(page.get_by_text("Searching…")).to_be_visible()
    # Wide networks, which are hardly trained when the next one is asked for.
    for units in range(310, 430, 17):
        field.fill(str(units))
        field.press("Enter")
        page.wait_for_timeout(700)
        expect(field).to_have_value(str(units))
    expect(page).to_have_url(re.compile("units=429"))


def test_other_pages_are_one_click_away_and_their_steps_do_not_mix(page, address):
    page.goto(f"{address}?part=Surface")
    expect(page.get_by_role("slider", name="Hidden units D")).to_be_visible()
    page.get_by_role("link", name="Regression").click()
    expect(page.get_by_role("radio", name="Linear")).to_be_checked()
    expect(page).to_have_url(re.compile("regression$"))
    page.get_by_role("link", name="Universal approximation").click()
    expect(page.get_by_role("radio", name="Surface")).to_be_checked()
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("step", ["One target", "Error against D", "Surface"])
def test_a_phone_shows_it_without_scrolling_sideways(page, address, step):
    open_on_a_phone(page, f"{address}?part={step.replace(' ', '%20')}")
    expect(page.get_by_test_id("stEChartsChart").first).to_be_visible()
    assert_nothing_is_wider(page)


def test_the_instrument_fits_a_phone(page, address):
    open_on_a_phone(page, f"{address}?{BUILT}&shown=2")
    expect(page.get_by_text(re.compile("^D = 2 · "))).to_be_visible()
    assert_nothing_is_wider(page)
    box = page.locator("svg.sheet").bounding_box()
    assert box["x"] >= 0 and 300 < box["width"] <= 390 - box["x"]


def test_a_lesson_locks_the_instrument(page, address):
    page.goto(f"{address}?{BUILT}&shown=2&lock=shown")
    expect(page.get_by_text(re.compile("^D = 2 · "))).to_be_visible()
    expect(units(page)).to_be_disabled()
    expect(page.get_by_role("button", name="Play")).to_be_disabled()
