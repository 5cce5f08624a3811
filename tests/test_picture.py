"""Pictures that are saved: files of their own that look as on the page."""

import io
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from estimators.datasets import lecture_line

pytestmark = pytest.mark.xdist_group("browser")

SCRIPT = """
    import numpy as np
    import streamlit as st
    from estimators.datasets import lecture_line
    from ui.instruments.linear import linear_instrument
    from ui.regression.linear import descent

    x, y = lecture_line()
    names = ("x < 1 & more", "y")
    path = descent(x, y, (0.4, 0.2), 0.5, 20)
    linear_instrument(x, y, (0.4, 0.2), path, names=names, key="line")
"""
PICTURES = {".plot": "line-and-residuals", ".map": "loss-map"}
SVG = "{http://www.w3.org/2000/svg}"
BLOCK = 16  # px; over such an area letters of another font weigh little


@pytest.fixture(params=["light", "dark"])
def drawn(visit, request):
    visit.set_viewport_size({"width": 1280, "height": 900})
    visit.emulate_media(color_scheme=request.param)
    expect(visit.get_by_text("Summed loss 7.068")).to_be_visible()
    visit.wait_for_timeout(300)
    return visit


def saved(page, picture, format_):
    """Press the button; give the file and its name."""
    name = f"Save {format_}: {PICTURES[picture].replace('-', ' ')}"
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    file = download.value
    return file.path(), file.suggested_filename


def alone(page, path):
    """A picture of a file that nothing but the browser shows."""
    svg = ElementTree.parse(path).getroot()
    size = {"width": int(svg.get("width")), "height": int(svg.get("height"))}
    with page.context.browser.new_context(viewport=size) as context:
        own = context.new_page()
        asked = []
        own.on("request", lambda request: asked.append(request.url))
        own.goto(path.as_uri())
        picture = pixels(own.screenshot())
    assert len(asked) == 1  # the file, and nothing that it names
    return picture


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=float)


def in_blocks(picture):
    """Means over squares of `BLOCK` pixels."""
    high, wide = (n // BLOCK for n in picture.shape[:2])
    cut = picture[: high * BLOCK, : wide * BLOCK]
    return cut.reshape(high, BLOCK, wide, BLOCK, 3).mean(axis=(1, 3))


@pytest.mark.parametrize("picture", PICTURES)
def test_saved_pictures_look_as_on_the_page_and_nobody_is_asked(
    drawn, tmp_path, picture
):
    asked = []
    drawn.on("request", lambda request: asked.append(request.url))
    drawn.sent.clear()
    svg, svg_name = saved(drawn, picture, "SVG")
    png, png_name = saved(drawn, picture, "PNG")
    assert {url.partition(":")[0] for url in asked} <= {"blob"}
    assert drawn.sent == []
    name = PICTURES[picture]
    assert (svg_name, png_name) == (f"{name}.svg", f"{name}.png")

    file = tmp_path / svg_name
    file.write_bytes(svg.read_bytes())
    on_page = pixels(drawn.locator(picture).screenshot())
    by_itself = alone(drawn, file)
    np.testing.assert_array_equal(by_itself[0, 0], on_page[0, 0])  # the theme's ground
    high, wide = np.minimum(by_itself.shape, on_page.shape)[:2]  # to a part of a pixel
    assert high >= on_page.shape[0] - 1 and wide >= on_page.shape[1] - 1
    difference = in_blocks(by_itself[:high, :wide]) - in_blocks(on_page[:high, :wide])
    assert np.abs(difference).max() < 25
    assert np.abs(difference).mean() < 1

    large = pixels(png.read_bytes())
    high, wide = by_itself.shape[:2]
    assert large.shape[:2] == (2 * high, 2 * wide)
    assert large.std() > 5  # it shows something
    halved = large.reshape(high, 2, wide, 2, 3).mean(axis=(1, 3))
    assert np.abs(in_blocks(halved) - in_blocks(by_itself)).max() < 12


def test_the_points_and_the_line_are_in_the_file(drawn, tmp_path):
    path, _ = saved(drawn, ".plot", "SVG")
    text = path.read_text(encoding="utf-8")
    assert "var(" not in text and "class=" not in text and "tabindex" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    svg = ElementTree.fromstring(text)
    on_page = drawn.locator(".plot .point").evaluate_all(
        """all => all.map(e => [e.getAttribute("cx"), e.getAttribute("cy"),
                                getComputedStyle(e).fill])"""
    )
    circles = [
        [c.get("cx"), c.get("cy"), rgb(c.get("fill"))]
        for c in svg.iter(f"{SVG}circle")
        if c.get("cx")
    ]
    assert circles == on_page
    assert len(circles) == lecture_line().x.size
    knobs = [c for c in svg.iter(f"{SVG}circle") if not c.get("cx")]
    assert len(knobs) == 2  # without what is there to be caught
    assert "x < 1 & more" in [t.text for t in svg.iter(f"{SVG}text")]
    (label,) = (g.get("aria-label") for g in svg.iter(f"{SVG}g") if g.get("role"))
    assert "among 12 points" in label


def rgb(colour):
    parts = re.findall("..", colour.removeprefix("#"))
    return f"rgb({', '.join(str(int(part, 16)) for part in parts)})"
