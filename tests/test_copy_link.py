"""The button that copies the address, in a real browser."""

from playwright.sync_api import expect

SCRIPT = """
from ui.instruments.copy_link import copy_link_button

copy_link_button()
"""


def test_it_copies_the_address_and_says_so(visit):
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = visit.get_by_role("button", name="Copy link")
    expect(button).to_be_visible()
    before = len(visit.sent)
    button.click()
    expect(visit.get_by_role("button", name="Copied")).to_be_visible()
    assert visit.evaluate("() => navigator.clipboard.readText()") == visit.url
    expect(button).to_be_visible()
    assert len(visit.sent) == before


def test_it_copies_where_pages_may_not_use_the_clipboard(visit):
    visit.evaluate(
        "() => Object.defineProperty(navigator, 'clipboard', {value: undefined})"
    )
    visit.get_by_role("button", name="Copy link").click()
    expect(visit.get_by_role("button", name="Copied")).to_be_visible()
