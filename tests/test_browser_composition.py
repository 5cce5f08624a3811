"""The Composition page in Chromium: what is dragged is in the link; play, phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.instruments import choose
from tests.phone import assert_nothing_is_wider, open_on_a_phone
from ui.composition.steps import STEPS

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def address(server):
    return f"{server.url}/composition"


def text(page, which="first"):
    return page.get_by_role("textbox", name=f"The {which} network as text")


def corner(page, network, place):
    return page.get_by_role("slider", name=f"Network {network}, {place}", exact=True)


def said(page, words):
    return page.get_by_text(re.compile(words))


@pytest.fixture
def composed(page, address):
    page.goto(address)
    expect(
        said(page, "Linear regions: 9 in view, 10 in total, 16 at most")
    ).to_be_visible()
    return page


def drag(page, handle, by):
    handle.scroll_into_view_if_needed()
    box = handle.locator("circle").last.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + by, steps=10)
    page.mouse.up()


def test_a_dragged_corner_is_in_the_link_and_undo_takes_it_back(composed, browser):
    expect(text(composed)).not_to_have_value("")
    before = text(composed).input_value()
    second = text(composed, "second").input_value()
    drag(composed, corner(composed, 1, "joint of unit 2"), 80)
    expect(text(composed)).not_to_have_value(before)
    expect(text(composed, "second")).to_have_value(second)
    expect(composed).to_have_url(re.compile("pair_first="))
    moved = text(composed).input_value()
    regions = said(composed, "Linear regions:").inner_text()

    with browser.new_context() as another_visitor:
        copy = another_visitor.new_page()
        copy.goto(composed.url)
        expect(text(copy)).to_have_value(moved)
        expect(said(copy, "Linear regions:")).to_have_text(regions)

    composed.get_by_role("button", name="Undo").click()
    expect(text(composed)).to_have_value(before)
    composed.get_by_role("button", name="Redo").click()
    expect(text(composed)).to_have_value(moved)


def test_a_preset_replaces_both_networks(composed):
    choose(composed, "Preset", "Four units each")
    expect(said(composed, "Linear regions: 25 in view")).to_be_visible()
    expect(composed.locator(".composed .counters")).to_contain_text("25 in view")


def test_a_pair_is_taken_along_to_be_folded(composed):
    composed.get_by_role("button", name="Fold these").click()
    step = composed.get_by_role("radiogroup", name="Step")
    expect(step.get_by_role("radio", name="Fold", exact=True)).to_be_checked()
    expect(text(composed)).to_have_value(re.compile("^-1~2,2,1"))
    expect(said(composed, "Linear regions: 9 in view")).to_be_visible()
    expect(composed).to_have_url(re.compile("scene=Fold"))
    expect(composed.get_by_role("alert")).to_have_count(0)


def test_folds_are_chosen_and_counted(page, address):
    page.goto(f"{address}?scene=Fold&times=2")
    expect(said(page, "Linear regions: 64 in view")).to_be_visible()
    folds = page.get_by_role("radiogroup", name="Folds")
    folds.get_by_text("5", exact=True).click()
    expect(said(page, "Linear regions: 4,096 in view")).to_be_visible()
    expect(page).to_have_url(re.compile("times=5"))


def test_freeing_the_rank_runs_by_itself_and_ends(page, address):
    page.goto(f"{address}?scene=Fuse&freed=A%20sine&fuse_start=3")
    expect(said(page, "Finished, iteration")).to_be_visible(timeout=120_000)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_second_joint_moves_through_the_polygons(page, address):
    page.goto(f"{address}?scene=Two%20dimensions")
    expect(said(page, "13 of both")).to_be_visible()
    chart = page.get_by_role("img", name="13 in all")
    expect(chart.first).to_be_visible()
    slider = page.get_by_role("slider", name="Move the second network's joints by")
    slider.press("Home")
    expect(said(page, "7 of both")).to_be_visible()


@pytest.mark.parametrize("step", STEPS)
def test_a_phone_shows_every_step_without_scrolling_sideways(page, address, step):
    open_on_a_phone(page, f"{address}?scene={step.replace(' ', '%20')}")
    expect(page.get_by_text("Where this comes from")).to_be_visible()
    page.wait_for_timeout(1000)
    assert_nothing_is_wider(page)


def test_a_lesson_that_locks_a_network_locks_its_corners(page, address):
    page.goto(f"{address}?lock=pair_first")
    handle = corner(page, 1, "joint of unit 2")
    expect(handle).to_have_attribute("aria-disabled", "true")
    expect(text(page)).to_be_disabled()
