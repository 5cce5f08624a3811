"""The Two inputs page in Chromium: drag a line, point at a polygon, train, link."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.instruments import choose, hold
from tests.phone import assert_nothing_is_wider, open_on_a_phone

pytestmark = pytest.mark.xdist_group("browser")

LECTURE = "0.4~0.2,0.5,0.5,-1~-0.3,0.9,-0.1,1.8~0.2,0.2,-0.7,-0.5"
TRAINED = re.compile("Finished after")


def text(page):
    return page.get_by_role("textbox", name="The network as text")


def line(page, unit, does="moved"):
    return page.get_by_role("slider", name=f"Line of unit {unit}, {does}")


def open_step(page, server, step, **query):
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    page.goto(f"{server.url}/two_inputs?plane={step}&{asked}")


@pytest.fixture
def built(page, server):
    open_step(page, server, "Build")
    expect(text(page)).to_have_value(LECTURE)
    expect(page.locator(".counters")).to_contain_text("7 polygons in view")
    return page


def drag(page, handle, dx, dy):
    handle.scroll_into_view_if_needed()
    x, y = hold(page, handle)
    page.mouse.move(x + dx, y + dy, steps=10)
    page.mouse.up()


@pytest.mark.parametrize("does", ["moved", "turned"])
def test_a_dragged_line_is_in_the_link_and_undo_takes_it_back(built, browser, does):
    drag(built, line(built, 2, does), 30, 20)
    expect(text(built)).not_to_have_value(LECTURE)
    expect(built).to_have_url(re.compile("plane_net=0.4"))
    moved = text(built).input_value()
    with browser.new_context() as another_visitor:
        copy = another_visitor.new_page()
        copy.goto(built.url)
        expect(text(copy)).to_have_value(moved)
        expect(line(copy, 2, does)).to_have_attribute(
            "aria-valuetext", line(built, 2, does).get_attribute("aria-valuetext")
        )
    built.get_by_role("button", name="Undo").click()
    expect(text(built)).to_have_value(LECTURE)
    built.get_by_role("button", name="Redo").click()
    expect(text(built)).to_have_value(moved)


def test_instrument_and_page_agree_on_what_never_occurs(built):
    expect(built.get_by_text("Never, anywhere: 010.")).to_be_visible()
    expect(built.get_by_text("Never 010: with unit 1 off, unit 2 on")).to_be_visible()
    choose(built, "Preset", "Three lines through one point")
    expect(built.locator(".counters")).to_have_text(
        "6 polygons in view · 6 in the whole plane · at most 7"
    )
    expect(
        built.get_by_text("Linear regions: 6 in view, 6 in total, 7")
    ).to_be_visible()
    expect(built.get_by_text("Never 000:")).to_be_visible()
    expect(built.get_by_text("Never 111:")).to_be_visible()


def test_a_lesson_locks_the_lines(page, server):
    open_step(page, server, "Build", lock="plane_net")
    expect(line(page, 1)).to_have_attribute("aria-disabled", "true")
    drag(page, line(page, 1), 40, 0)
    expect(text(page)).to_have_value(LECTURE)


def test_a_polygon_of_a_deep_network_tells_what_it_is(page, server):
    open_step(page, server, "Deep", deep_layers=4, deep_width=16)
    expect(page.get_by_text("2,073 polygons in view")).to_be_visible()
    canvas = page.locator(".plane-map canvas").first
    canvas.scroll_into_view_if_needed()
    box, readout = canvas.bounding_box(), page.locator(".readout")
    told = set()
    for part in (0.35, 0.5, 0.65):
        page.mouse.move(box["x"] + part * box["width"], box["y"] + 0.5 * box["height"])
        expect(readout).to_contain_text("of 64 units on")
        page.wait_for_timeout(50)
        told.add(readout.inner_text())
    assert len(told) == 3


def test_four_layers_of_sixteen_are_drawn_at_once(page, server, record_property):
    open_step(page, server, "Deep", deep_layers=4, deep_width=16)
    counters = page.locator(".counters")
    expect(counters).to_contain_text("2,073 polygons in view")
    seed = page.get_by_role("spinbutton", name="Seed", exact=True)
    waits = []
    for number in (1, 2, 3):
        before = counters.inner_text()
        seed.fill(str(number))
        start = time.perf_counter()
        seed.press("Enter")
        expect(counters).not_to_have_text(before)
        waits.append(time.perf_counter() - start)
    record_property("seconds", [round(wait, 2) for wait in waits])
    assert min(waits) < 1, waits


def test_polygons_move_while_the_network_is_trained(page, server):
    open_step(page, server, "Fit", plane_solver="gd", plane_iterations=300)
    expect(page.get_by_text(TRAINED)).to_be_visible()
    counters, seen = page.locator(".counters"), set()
    page.get_by_role("button", name="Watch again").click()
    expect(page.get_by_text("Training with gradient descent")).to_be_visible()
    while page.get_by_role("button", name="Stop training").is_enabled():
        seen.add(counters.inner_text())
        page.wait_for_timeout(100)
        if len(seen) > 3:
            page.get_by_role("button", name="Stop training").click()
            break
    assert len(seen) > 3
    expect(
        page.get_by_text(re.compile("Stopped at iteration|Finished"))
    ).to_be_visible()


def test_a_link_restores_a_training(page, server):
    query = {"plane_surface": "Disc", "plane_width": 9, "plane_colour": "gradient"}
    open_step(page, server, "Fit", **query)
    expect(page.get_by_text(TRAINED)).to_be_visible()
    expect(page.get_by_text("9 hidden units")).to_be_visible()
    expect(page.locator(".counters")).to_contain_text("gradient")
    counted = page.get_by_text("Linear regions:").inner_text()
    page.reload()
    expect(page.get_by_text("Linear regions:")).to_have_text(counted)


def test_a_broken_file_gets_a_sentence_and_a_good_one_is_fitted(page, server):
    open_step(page, server, "Fit")
    page.get_by_role("radio", name="Your file").click()
    field = page.locator("input[type=file]")
    broken = {"name": "a.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,x\n2,y\n"}
    field.set_input_files(broken)
    expect(page.get_by_role("alert")).to_contain_text("three are needed")
    rows = "".join(f"{i % 7},{i % 5},{(i % 7) * (i % 5)}\n" for i in range(60))
    good = f"a,<b>b</b>,c\n{rows}".encode()
    field.set_input_files({"name": "b.csv", "mimeType": "text/csv", "buffer": good})
    expect(page.get_by_text(TRAINED)).to_be_visible()
    expect(page.get_by_text("42 rows to train, 18 to test")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_surface_in_space_is_drawn_when_it_is_unfolded(page, server):
    open_step(page, server, "Deep", deep_kind="Folded", deep_layers=2)
    page.get_by_text("3-D surface").click()
    expect(page.get_by_text("A surface of 16 flat facets")).to_be_visible()
    expect(page.locator(".js-plotly-plot canvas").first).to_be_visible()


@pytest.mark.parametrize("step", ["Build", "Deep", "Fit"])
def test_a_phone_shows_it_without_scrolling_sideways(page, server, step):
    open_on_a_phone(page, f"{server.url}/two_inputs?plane={step}")
    expect(page.get_by_text("Where this comes from")).to_be_visible()
    expect(page.locator(".counters").first).to_contain_text("polygons in view")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.wait_for_timeout(300)
    assert_nothing_is_wider(page)
