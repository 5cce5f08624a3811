"""What a visitor does and sees, in Chromium against the running application."""

import re
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.phone import (
    assert_nothing_is_wider,
    assert_within_the_screen,
    open_on_a_phone,
)

# One worker runs them all: they share a browser, and each wants a processor.
pytestmark = pytest.mark.xdist_group("browser")

WIDTH = "Width (hidden units)"


def slider(page, label):
    return page.get_by_role("slider", name=label)


def fitted(page):
    """The three figures, once a fit is finished."""
    expect(page.get_by_text("Finished after")).to_be_visible()
    figures = page.get_by_test_id("stEChartsChart")
    expect(figures).to_have_count(3)
    return figures


def upload(page, name, content):
    sources = page.get_by_role("radiogroup", name="Data").get_by_role("radio")
    sources.last.click()
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


@pytest.mark.parametrize(
    "path", ["/regression?step=Fit&width=17", "/?step=Fit&width=17"]
)
def test_the_first_link_to_a_new_server_opens_as_any_other(own_server, page, path):
    page.goto(own_server.url + path)
    fitted(page)
    expect(page).to_have_title("Regression · Unfold")
    expect(page).to_have_url(f"{own_server.url}/regression?step=Fit&width=17")
    expect(slider(page, WIDTH)).to_have_value("17")
    # Streamlit's own discovery of pages would list the entry point as a page.
    expect(page.get_by_role("link", name="app", exact=True)).to_have_count(0)


def test_the_page_opens_with_a_finished_fit(page, server):
    page.goto(f"{server.url}/regression?step=Fit")
    network, _, loss = fitted(page).all()
    expect(network).to_have_accessible_name(re.compile("straight pieces with .* joint"))
    expect(loss).to_have_accessible_name(re.compile("^Training loss"))
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("row", name="Straight line")).to_be_visible()
    buttons = (page.get_by_role("button", name=name) for name in ("Undo", "Reset"))
    undo, reset = (button.bounding_box()["y"] for button in buttons)
    assert undo == reset


def test_every_request_stays_on_this_machine(page, server, traffic):
    page.goto(f"{server.url}/regression?step=Fit")
    fitted(page)
    addresses = [urlsplit(url) for url in traffic.requests]
    assert {a.scheme for a in addresses} >= {"http", "ws"}
    assert {a.hostname for a in addresses if a.scheme not in ("data", "blob")} == {
        "127.0.0.1"
    }


def test_arrow_keys_move_the_width_and_the_link_carries_it(page, server, browser):
    page.goto(f"{server.url}/regression?step=Fit&width=2&toy=zigzag")
    fitted(page)
    expect(page.get_by_text("at most 2 (one for")).to_be_visible()
    slider(page, WIDTH).press("ArrowRight")
    expect(page.get_by_text("at most 3 (one for")).to_be_visible()
    expect(page).to_have_url(re.compile("width=3"))
    expect(page).to_have_url(re.compile("toy=zigzag"))
    sentence = fitted(page).first.get_attribute("aria-label")

    with browser.new_context() as another_visitor:
        copy = another_visitor.new_page()
        copy.goto(page.url)
        expect(slider(copy, WIDTH)).to_have_value("3")
        expect(fitted(copy).first).to_have_accessible_name(sentence)


def test_a_link_with_nonsense_opens_the_defaults(page, server):
    page.goto(
        f"{server.url}/regression?step=Fit&width=999999&toy=nothing&solver=%3Cb%3E"
    )
    fitted(page)
    expect(slider(page, WIDTH)).to_have_value("10")


def test_an_uploaded_table_is_fitted(page, server):
    page.goto(f"{server.url}/regression?step=Fit")
    fitted(page)
    rows = [f"p{i},{150 + i},{abs(i - 20) / 2}" for i in range(40)]
    table = "\n".join(["person,height in cm,distance", *rows])
    upload(page, "people.csv", table.encode())
    network = fitted(page).first
    expect(network).to_have_accessible_name(
        re.compile("distance against height in cm.* joint")
    )
    choices = page.get_by_role("combobox")
    expect(choices.nth(1)).to_have_value("height in cm")
    expect(choices.nth(2)).to_have_value("distance")


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02\xff" * 50, b"name,town\nAda,London\n" * 9, b"x,y\n1,2\n"],
    ids=["empty", "binary", "words only", "too short"],
)
def test_a_file_that_cannot_be_fitted_gets_a_sentence(page, server, content):
    page.goto(f"{server.url}/regression?step=Fit")
    fitted(page)
    upload(page, "broken.csv", content)
    message = page.get_by_role("alert")
    expect(message).to_have_count(1)
    expect(message).to_have_text(re.compile(r"\w+ \w+ \w+.*\."))
    expect(message).not_to_have_text(re.compile("Traceback|Error:|encountered an"))
    expect(page.get_by_test_id("stEChartsChart")).to_have_count(0)


def processor_share(server, seconds=1.0):
    """Share of one processor that the server takes for a while."""
    before, start = server.cpu_seconds(), time.monotonic()
    time.sleep(seconds)
    return (server.cpu_seconds() - before) / (time.monotonic() - start)


def test_stop_stops_the_work(own_server, page):
    slow = "solver=gd&iterations=10000&width=100&points=1000&rate=0.0001"
    page.goto(f"{own_server.url}/regression?step=Fit&{slow}")
    expect(page.get_by_text("Training with gradient descent")).to_be_visible()
    stop = page.get_by_role("button", name="Stop training")
    stop.click()
    stopped = page.get_by_text("Stopped at iteration")
    expect(stopped).to_be_visible()
    at = stopped.inner_text()
    shares = [1.0]
    while shares[-1] > 0.1 and len(shares) < 30:
        shares.append(processor_share(own_server))
    assert shares[-1] <= 0.1, shares
    assert stopped.inner_text() == at
    expect(stop).to_be_disabled()


def test_a_phone_shows_the_page_without_scrolling_sideways(page, server):
    open_on_a_phone(page, f"{server.url}/regression?step=Fit")
    figures = fitted(page)
    assert_nothing_is_wider(page)
    assert_within_the_screen(figures)
