"""Pages on a phone, which nothing may be wider than."""

WIDTH = 390  # CSS pixels


def open_on_a_phone(page, address):
    """Visit a page on a screen as wide as a phone's."""
    page.set_viewport_size({"width": WIDTH, "height": 844})
    page.goto(address)


def assert_nothing_is_wider(page):
    for place in (page.locator("html"), page.get_by_role("main")):
        assert place.evaluate("e => e.scrollWidth - e.clientWidth") == 0


def assert_within_the_screen(figures):
    for figure in figures.all():
        box = figure.bounding_box()
        assert box["x"] >= 0
        assert 300 < box["width"] <= WIDTH - box["x"]
