"""The Representation page in Chromium: drag, play, scrub, click, link."""

import json
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.built import count_frames
from tests.phone import assert_nothing_is_wider, open_on_a_phone

pytestmark = pytest.mark.xdist_group("browser")

SLIDE = "0.19,1.84~-0.97,-0.93"
SPIRALS = "space=Warping&warpings=Spirals&cloud=Spirals&layers=3&units_each=12"
SPIRALS += "&narrow_end=true&layer=3"


@pytest.fixture
def address(server):
    return f"{server.url}/representation"


def theta(page):
    return page.get_by_role("textbox", name="Θ as text")


def column(page, number):
    return page.get_by_role("slider", name=f"Column {number} of Θ")


def trained(page):
    expect(page.get_by_text(re.compile("^Trained for"))).to_be_visible()


def test_a_dragged_column_is_in_the_text_and_undo_takes_it_back(page, address, browser):
    page.goto(f"{address}?space=Linear+map")
    expect(theta(page)).to_have_value(SLIDE)
    expect(page.get_by_text("Singular values 2.1620 and 0.7438")).to_be_visible()
    handle = column(page, 1)
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y - 40, steps=6)
    page.mouse.up()
    expect(theta(page)).not_to_have_value(SLIDE)
    expect(page).to_have_url(re.compile("theta="))
    moved = theta(page).input_value()
    (a, b), (c, d) = ([float(v) for v in row.split(",")] for row in moved.split("~"))
    assert (b, d) == (1.84, -0.93) and a > 0.5 and c > -0.8
    with browser.new_context() as another_visitor:
        copy = another_visitor.new_page()
        copy.goto(page.url)
        expect(theta(copy)).to_have_value(moved)
    page.get_by_role("button", name="Undo").click()
    expect(theta(page)).to_have_value(SLIDE)
    expect(page.get_by_text("Singular values 2.1620 and 0.7438")).to_be_visible()


def test_stages_are_played_forwards_and_backwards(page, address):
    page.goto(f"{address}?moment=0")
    slider = page.get_by_role("slider", name="Stage, from 0 to 3")
    expect(slider).to_have_attribute("aria-valuetext", "The input plane")
    page.get_by_role("button", name="Play").click()
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^3 · U turns by"))
    expect(page.get_by_role("spinbutton", name="Stage on screen")).to_have_value("3.00")
    page.get_by_role("button", name="Back", exact=True).click()
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Pause").click()
    assert 0 < float(slider.input_value()) < 3
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "The input plane")


def test_keys_move_a_column_and_rank_one_is_told(page, address):
    page.goto(f"{address}?theta=1,0~0,0.05")
    expect(page.get_by_text("rank 2: no reflection")).to_be_visible()
    column(page, 2).press("ArrowDown")
    expect(page.get_by_text("rank 1: the plane goes to one line")).to_be_visible()
    expect(theta(page)).to_have_value("1,0~0,0")
    page.get_by_role("spinbutton", name="θ₂₂").fill("-2")
    expect(page.get_by_text("rank 2: the plane is turned over")).to_be_visible()


def test_the_scale_of_an_activation_moves_with_its_slider(page, address):
    page.goto(f"{address}?space=Activations&activation=tanh")
    expect(page.get_by_text("160 points at 160 places")).to_be_visible()
    page.get_by_role("slider", name="Scale S", exact=True).press("End")
    expect(page.get_by_text("160 points at 160 places")).to_have_count(0)
    field = page.get_by_role("spinbutton", name="Scale S")
    expect(field).to_have_value("10.00")
    page.get_by_role("slider", name="From x to a(Sx)").press("Home")
    expect(page.get_by_text("160 points at 160 places")).to_be_visible()


def test_the_morph_is_smooth(page, address, record_property):
    page.goto(f"{address}?{SPIRALS}")
    trained(page)
    slider = page.get_by_role("slider", name="Layer, from the input on")
    slider.press("Home")
    expect(page.get_by_role("spinbutton", name="Layer on screen")).to_have_value("0.00")
    page.wait_for_timeout(500)
    count_frames(page)
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
    frames = np.diff(json.loads(page.evaluate("JSON.stringify(frames_)")))
    median = float(np.median(frames))
    record_property("median frame of a morph in ms", median)
    print(f"median frame of a morph: {median:.1f} ms of {len(frames)}")
    expect(page.get_by_role("spinbutton", name="Layer on screen")).to_have_value("3.00")


def test_points_are_clicked_a_class_at_a_time(page, address):
    page.goto(f"{address}?space=Warping&cloud=Your+own+points")
    text = page.get_by_role("textbox", name="Your points as text")
    expect(text).to_have_value(re.compile("~"))
    before = text.input_value().count("~")
    page.get_by_role("button", name="Class 3").click()
    area = page.locator(".catch")
    area.click(position={"x": 40, "y": 30})
    expect(text).to_have_value(re.compile(",3$"))
    assert text.input_value().count("~") == before + 1
    expect(page).to_have_url(re.compile("own_points="))
    page.get_by_role("button", name="Erase").click()
    area.click(position={"x": 41, "y": 31})
    expect(text).not_to_have_value(re.compile(",3$"))


def test_a_digit_is_shown_where_one_points(page, address):
    page.goto(f"{address}?space=Real+data&real=Iris&real_units_each=4")
    trained(page)
    picture = page.locator("svg.sheet").last
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    for across in np.linspace(0.1, 0.9, 60):
        x, y = box["x"] + across * box["width"], box["y"] + 0.5 * box["height"]
        page.mouse.move(x, y)
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    expect(page.get_by_text("Point at a dot.")).to_be_visible()


def test_a_link_of_the_table_leads_to_what_shows_it(page, address):
    page.goto(f"{address}?space=Two+views")
    page.get_by_role("link", name="Compare activations").click()
    expect(page.get_by_role("radio", name="Activations")).to_be_checked()
    page.get_by_role("radio", name="Two views").click()
    page.get_by_role("link", name="Build a network").click()
    expect(page.get_by_role("heading", name="Regression")).to_be_visible()
    expect(page.get_by_role("radio", name="Build")).to_be_checked()


@pytest.mark.parametrize(
    "step", ["Linear+map", "Activations", "Warping", "Real+data", "Two+views"]
)
def test_a_phone_shows_it_without_scrolling_sideways(page, address, step):
    open_on_a_phone(page, f"{address}?space={step}&real=Iris")
    ready = ".sheet" if step != "Two+views" else "[data-testid=stPageLink]"
    expect(page.locator(ready).first).to_be_visible()
    assert_nothing_is_wider(page)


def test_a_lesson_locks_the_instrument(page, address):
    page.goto(f"{address}?lock=theta,moment")
    expect(column(page, 1)).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_role("spinbutton", name="θ₁₁")).to_be_disabled()
    expect(page.get_by_role("button", name="Play")).to_be_disabled()
    expect(theta(page)).to_be_disabled()
