"""Instruments in a browser: what Python got from them, and how they are held."""

import re

import numpy as np
import pytest
from playwright.sync_api import TimeoutError, expect


def told(page, count):
    """What Python got, once it has got so many releases."""
    code = page.locator("code")
    expect(code).to_have_text(re.compile(f"^{count} "))
    return code.inner_text().split(" ", 1)[1]


def hold(page, handle):
    """Press the pointer on a handle; give where."""
    box = handle.locator("circle").last.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    return x, y


def median_frame(page):
    """Milliseconds from frame to frame, since `count_frames`."""
    # Counters of earlier tests note the same frames again.
    return float(np.median(np.diff(np.unique(page.evaluate("frames_")))))


def choose(page, menu, option):
    """Take an option of a menu, which any scrolling closes again."""
    box = page.get_by_role("combobox", name=menu)
    wanted = page.get_by_role("option", name=option)
    # A picture that changes its height can scroll the page at any moment.
    for _ in range(20):
        box.scroll_into_view_if_needed()
        page.wait_for_timeout(100)
        box.click()
        try:
            wanted.click(timeout=2000)
        except TimeoutError:
            continue
        expect(box).to_have_value(option)
        return
    pytest.fail(f"the menu {menu!r} does not stay open")
