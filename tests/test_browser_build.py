"""The Build step in Chromium: what is dragged is in the link, and can be taken back."""

import re

import pytest
from playwright.sync_api import expect

from tests.instruments import choose

pytestmark = pytest.mark.xdist_group("browser")

TWELVE_POINTS = "0.5~0,1,1~-0.7,1,0~-1.4,1,0"
TEN = "-0.23~-0.2,0.4,-1.3~-0.9,0.9,1.3~1.1,-0.7,0.66"
SLOPES = re.compile("−0.462.*−0.982.*0.188.*0.650", re.DOTALL)


def text(page):
    return page.get_by_role("textbox", name="The network as text")


def joint(page, unit):
    return page.locator(f"[role=slider][aria-label='Joint of unit {unit}']")


@pytest.fixture
def built(page, server):
    page.goto(f"{server.url}/regression?step=Build")
    expect(text(page)).to_have_value(TEN)
    expect(joint(page, 2)).to_have_attribute("aria-valuetext", "x = 1.000")
    return page


def drag(page, handle, by):
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=10)
    page.mouse.up()


def test_the_figure_says_what_it_shows(built):
    figure = built.get_by_role("img", name=SLOPES)
    expect(figure.first).to_be_visible()
    expect(built.get_by_role("alert")).to_have_count(0)


def test_a_dragged_joint_is_in_the_link_and_undo_takes_it_back(built, browser):
    drag(built, joint(built, 2), 60)
    expect(text(built)).not_to_have_value(TEN)
    expect(built).to_have_url(re.compile("net=-0.23"))
    moved = text(built).input_value()
    place = joint(built, 2).get_attribute("aria-valuetext")

    with browser.new_context() as another_visitor:
        copy = another_visitor.new_page()
        copy.goto(built.url)
        expect(text(copy)).to_have_value(moved)
        expect(joint(copy, 2)).to_have_attribute("aria-valuetext", place)

    built.get_by_role("button", name="Undo").click()
    expect(text(built)).to_have_value(TEN)
    expect(joint(built, 2)).to_have_attribute("aria-valuetext", "x = 1.000")
    built.get_by_role("button", name="Redo").click()
    expect(text(built)).to_have_value(moved)
    expect(joint(built, 2)).to_have_attribute("aria-valuetext", place)


def test_a_preset_replaces_what_is_shown(built):
    drag(built, joint(built, 1), 40)
    choose(built, "Preset", "A bump from three units")
    expect(text(built)).to_have_value("0~0,1,1~-1,1,-2~-2,1,1")
    expect(joint(built, 3)).to_have_attribute("aria-valuetext", "x = 2.000")


def test_typed_text_is_shown_at_once(built):
    text(built).fill("0~-0.5,1,1")
    text(built).press("Enter")
    expect(joint(built, 1)).to_have_attribute("aria-valuetext", "x = 0.500")
    expect(joint(built, 2)).to_have_count(0)


def test_a_phone_shows_it_without_scrolling_sideways(built):
    built.set_viewport_size({"width": 390, "height": 844})
    # The instrument takes the new width in the next frame.
    built.wait_for_function(
        """() => ['html', '[data-testid=stMain]'].every(name => {
             const place = document.querySelector(name);
             return place.scrollWidth === place.clientWidth;
           })"""
    )


def test_reset_takes_back_a_number_that_is_still_being_typed(built):
    field = built.get_by_role("spinbutton", name="Unit 1, weight φ₁")
    field.fill("3")
    built.get_by_role("button", name="Reset").click()
    expect(field).to_have_value("-1.3")
    expect(text(built)).to_have_value(TEN)


def test_a_lesson_that_locks_the_network_locks_all_that_would_change_it(page, server):
    challenge = "preset=By+hand%3A+twelve+points&challenge=true"
    page.goto(f"{server.url}/regression?step=Build&{challenge}&lock=net")
    expect(joint(page, 2)).to_have_attribute("aria-disabled", "true")
    expect(text(page)).to_have_value(TWELVE_POINTS)
    drag(page, joint(page, 2), 60)
    joint(page, 2).press("ArrowRight")
    expect(joint(page, 2)).to_have_attribute("aria-valuetext", "x = 0.700")
    expect(page.get_by_role("spinbutton", name="Unit 1, offset")).to_be_disabled()
    for name in ("Units", "Outputs"):
        expect(page.get_by_role("spinbutton", name=name, exact=True)).to_be_disabled()
    expect(page.get_by_role("button", name="Show the best")).to_be_disabled()
    page.get_by_role("button", name="Symmetries").click()
    for name in ("Rescale", "Swap"):
        button = page.get_by_role("button", name=name, exact=True)
        expect(button).to_be_disabled()
    probe = page.get_by_role("slider", name="Probe x")
    probe.press("Home")
    expect(probe).to_have_attribute("aria-valuenow", "0")
    expect(text(page)).to_have_value(TWELVE_POINTS)
    expect(page).not_to_have_url(re.compile("[?&]net="))


def test_a_symmetry_says_where_it_was_asked_for_that_nothing_moved(built):
    built.get_by_role("button", name="Symmetries").click()
    box = built.get_by_test_id("stPopoverBody")
    box.get_by_role("button", name="Rescale", exact=True).click()
    expect(
        box.get_by_text("Largest change of the function in view: 0.")
    ).to_be_visible()
    box.get_by_role("button", name="Swap", exact=True).click()
    expect(box.get_by_text("Swapped unit 1 with unit 3.")).to_be_visible()
    expect(text(built)).to_have_value("-0.23~1.1,-0.7,0.66~-0.9,0.9,1.3~-0.4,0.8,-0.65")


def test_a_finger_drags_a_joint(browser, server):
    with browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    ) as context:
        page = context.new_page()
        page.goto(f"{server.url}/regression?step=Build")
        handle = joint(page, 2)
        expect(handle).to_have_attribute("aria-valuetext", "x = 1.000")
        handle.scroll_into_view_if_needed()
        box = handle.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        finger = context.new_cdp_session(page)
        for kind, by in [("Start", 0), ("Move", 20), ("Move", 40), ("End", None)]:
            at = [] if by is None else [{"x": x + by, "y": y}]
            finger.send(
                "Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": at}
            )
        expect(text(page)).not_to_have_value(TEN)
        assert float(handle.get_attribute("aria-valuenow")) > 1.05
