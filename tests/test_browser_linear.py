"""The Linear step in Chromium: the line is dragged, its link carries it, undo helps."""

import re

import pytest
from playwright.sync_api import expect

from tests.instruments import choose
from tests.phone import assert_nothing_is_wider, open_on_a_phone

pytestmark = pytest.mark.xdist_group("browser")


def test_a_dragged_line_is_in_the_link_and_undo_takes_it_back(page, server, browser):
    page.goto(f"{server.url}/regression?step=Linear&descent=Too+fast")
    text = page.get_by_role("textbox", name="The line as text")
    expect(text).to_have_value("0.4,0.2")
    expect(page.get_by_text("Summed loss 7.068")).to_be_visible()
    expect(page.get_by_text("diverges")).to_be_visible()
    handle = page.get_by_role("slider", name=re.compile("^Line, .* handle")).first
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 60, steps=8)
    page.mouse.up()
    expect(text).not_to_have_value("0.4,0.2")
    expect(page).to_have_url(re.compile("[?&]line="))
    moved = text.input_value()
    loss = page.locator("p.counters").inner_text()

    with browser.new_context() as another_visitor:
        copy = another_visitor.new_page()
        copy.goto(page.url)
        expect(copy.get_by_role("textbox", name="The line as text")).to_have_value(
            moved
        )
        expect(copy.locator("p.counters")).to_have_text(loss)

    page.get_by_role("button", name="Undo").click()
    expect(text).to_have_value("0.4,0.2")
    expect(page.get_by_text("Summed loss 7.068")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_line_among_other_data_starts_anew_when_these_change(page, server, browser):
    page.goto(f"{server.url}/regression?step=Linear&linear_data=Real+table")
    text = page.get_by_role("textbox", name="The line as text")
    expect(
        page.get_by_role("img", name="442 points, target against bmi")
    ).to_have_count(2)
    before = text.input_value()
    page.get_by_role("slider", name="Line, right handle").press("PageUp")
    expect(text).not_to_have_value(before)
    expect(page).to_have_url(re.compile("[?&]line="))
    loss = page.locator("p.counters").inner_text()
    with browser.new_context() as another_visitor:
        copy = another_visitor.new_page()
        copy.goto(page.url)
        expect(copy.locator("p.counters")).to_have_text(loss)

    page.get_by_text("Standardise x").first.click()
    expect(page.get_by_text("contours are circles")).to_be_visible()
    expect(page).not_to_have_url(re.compile("[?&]line="))
    expect(page.get_by_text("bmi, standardised")).to_be_visible()


def test_a_phone_shows_it_without_scrolling_sideways(page, server):
    open_on_a_phone(page, f"{server.url}/regression?step=Linear")
    expect(page.get_by_text("Summed loss 7.068")).to_be_visible()
    assert_nothing_is_wider(page)


def test_a_lesson_that_locks_the_line_keeps_it_on_any_preset(page, server):
    page.goto(f"{server.url}/regression?step=Linear&lock=line&line=1,0.1")
    text = page.get_by_role("textbox", name="The line as text")
    expect(text).to_have_value("1,0.1")
    handle = page.get_by_role("slider", name="Line, right handle")
    expect(handle).to_have_attribute("aria-disabled", "true")
    handle.press("PageUp")
    page.get_by_role("slider", name="Line on the loss map").press("PageUp")
    for name in ("Offset φ₀", "Slope φ₁"):
        expect(page.get_by_role("spinbutton", name=name)).to_be_disabled()
    choose(page, "Preset", "From the other side")
    expect(page.get_by_text("Another start")).to_be_visible()
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text("Step 50 of 50")).to_be_visible()
    expect(text).to_have_value("1,0.1")
