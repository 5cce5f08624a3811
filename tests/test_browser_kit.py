"""What every page has, in Chromium: link, lesson, undo, question, keyboard."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.xdist_group("browser")


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def step(page, name):
    return page.get_by_role("radiogroup", name="Step").get_by_role("radio", name=name)


def text(page):
    return page.get_by_role("textbox", name="The network as text")


def write(page, network):
    text(page).fill(network)
    text(page).press("Enter")


def linked(page):
    return parse_qs(urlsplit(page.url).query)


def test_a_copied_link_opens_the_same_page(page, server, browser):
    page.goto(f"{server.url}/regression?step=Build")
    write(page, "0.5~-1,2,3")
    joint = "[role=slider][aria-label='Joint of unit 1']"
    expect(page.locator(joint)).to_have_attribute("aria-valuetext", "x = 0.500")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button(page, "Copy link").click()
    expect(button(page, "Copied")).to_be_visible()
    link = page.evaluate("() => navigator.clipboard.readText()")
    with browser.new_context() as another_visitor:
        copy = another_visitor.new_page()
        copy.goto(link)
        expect(text(copy)).to_have_value("0.5~-1,2,3")
        expect(copy.locator(joint)).to_have_attribute("aria-valuetext", "x = 0.500")
        expect(step(copy, "Build")).to_be_checked()


def test_a_lesson_is_prepared_and_taken(page, server, browser):
    page.goto(f"{server.url}/regression?step=Build")
    expect(text(page)).to_be_visible()
    button(page, "Lesson").click()
    lock = page.get_by_role("combobox", name="Lock")
    for typed, chosen in (("network", ["net"]), ("x from", ["net", "from"])):
        page.wait_for_timeout(1000)
        lock.fill(typed)
        expect(page.get_by_role("option")).to_have_count(1)
        lock.press("Enter")
        expect(page).to_have_url(re.compile(f"lock={chosen[-1]}"))
        assert linked(page)["lock"] == chosen
        expect(lock).to_be_visible()  # for the next one
    hide = page.get_by_role("combobox", name="Hide")
    for key in ("to", "lesson"):
        page.wait_for_timeout(1000)  # a run that has not ended empties the field
        hide.fill(f"· {key}")
        expect(page.get_by_role("option")).to_have_count(1)
        hide.press("Enter")
        expect(page).to_have_url(re.compile(f"hide={key}"))
    with browser.new_context() as another_visitor:
        lesson = another_visitor.new_page()
        lesson.goto(page.url)
        expect(text(lesson)).to_be_disabled()
        expect(lesson.get_by_label("x from", exact=True)).to_be_disabled()
        expect(lesson.get_by_label("x to", exact=True)).to_be_hidden()
        expect(button(lesson, "Lesson")).to_be_hidden()


def test_a_lesson_keeps_what_it_hides(page, server):
    link = "step=Build&to=3&net=0~-1,1,1&hide=net&hide=to&hide=lesson&lock=nothing"
    page.goto(f"{server.url}/regression?{link}")
    expect(button(page, "Reset")).to_be_visible()
    expect(page.get_by_text("Parameters: 4")).to_be_visible()
    expect(text(page)).to_be_hidden()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert linked(page)["to"] == ["3"] and linked(page)["net"] == ["0~-1,1,1"]


def test_each_step_takes_back_what_was_done_in_it(page, server):
    page.goto(f"{server.url}/regression?step=Build")
    write(page, "0~-1,1,1")
    expect(button(page, "Undo")).to_be_enabled()
    step(page, "Linear").click()
    line = page.get_by_role("textbox", name="The line as text")
    expect(line).to_be_visible()
    expect(button(page, "Undo")).to_be_disabled()
    step(page, "Build").click()
    expect(text(page)).to_have_value("0~-1,1,1")
    button(page, "Undo").click()
    expect(text(page)).to_have_value(re.compile("^-0.23~"))
    button(page, "Redo").click()
    expect(text(page)).to_have_value("0~-1,1,1")


def test_a_link_may_ask_first(page, server):
    page.goto(f"{server.url}/regression?step=Build&ask=true&hide=ask")
    expect(page.get_by_text("Before you look.")).to_be_visible()
    expect(page.get_by_text("Linear regions:")).to_have_count(0)
    answers = page.get_by_role("radiogroup", name="Your answer")
    answers.get_by_role("radio", name="4").click()
    expect(page.get_by_text("You said 4: right.")).to_be_visible()
    expect(page.get_by_text("Linear regions:")).to_be_visible()


def test_the_keyboard_reaches_and_changes_the_step(page, server):
    page.goto(f"{server.url}/regression")
    expect(step(page, "Linear")).to_be_checked()
    for _ in range(15):
        page.keyboard.press("Tab")
        if step(page, "Linear").evaluate("e => e === document.activeElement"):
            break
    expect(step(page, "Linear")).to_be_focused()
    page.keyboard.press("ArrowRight")
    if not step(page, "Build").is_checked():
        page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("step=Build"))
    expect(text(page)).to_be_visible()


def test_a_note_on_the_link_of_another_step_waits_for_that_step(page, server):
    page.goto(f"{server.url}/regression?step=Linear&width=999")
    expect(page.get_by_role("textbox", name="The line as text")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    step(page, "Fit").click()
    note = page.get_by_role("alert")
    expect(note).to_contain_text("The link asks for 999 as “Width (hidden units)”")
    button(page, "Close this note").click()
    expect(note).to_have_count(0)
    step(page, "Linear").click()
    step(page, "Fit").click()
    expect(page.get_by_role("slider", name="Width (hidden units)")).to_be_visible()
    expect(note).to_have_count(0)
