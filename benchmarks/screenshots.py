"""Take the pictures of the README, and others to look a change over.

``python benchmarks/screenshots.py`` writes those of ``docs``; with ``--all FOLDER`` it
writes every view, light, dark and on a phone, to a folder.
"""

import argparse
from pathlib import Path

import numpy as np
from live import ROOT, Server, chromium, serve
from PIL import Image
from playwright.sync_api import Browser, expect
from scipy.spatial import cKDTree

# The link of each view, and a text that is there once it is complete.
VIEWS = {
    "linear": ("regression?step=Linear", "at the optimum"),
    "build": ("regression?step=Build", "regions in view"),
    "fit": ("regression?step=Fit", "Finished after"),
    "generalise": ("regression?step=Generalise", "networks trained"),
    "one_target": ("universal_approximation?part=One+target", "(proven)"),
    "error_against_d": (
        "universal_approximation?part=Error+against+D&most_units=34",
        "Finished:",
    ),
    "watch": ("universal_approximation?part=Watch+it+being+built", "Every D has"),
    "surface": ("universal_approximation?part=Surface", "Largest error on"),
    "polygons": ("two_inputs", "Linear regions:"),
    "deep_polygons": ("two_inputs?plane=Deep", "largest of"),
    "trained_polygons": ("two_inputs?plane=Fit", "Finished after"),
    "warping": ("representation?space=Warping", "What a straight cut gets right"),
    "compose": ("composition", "Parameters of both"),
    "fold": ("composition?scene=Fold", "counted exactly"),
    "fuse": ("composition?scene=Fuse", "Finished"),
    "regions": ("depth_efficiency", "What a budget buys"),
    "counted": (
        "depth_efficiency?efficiency=Counted&counted_zoom=3",
        "hidden units, 161,051",
    ),
    "sawtooth": ("depth_efficiency?efficiency=Sawtooth", "The deep network."),
    "random_labels": ("depth_efficiency?efficiency=Figure+20.2", "hours of one core"),
}
_EDGES = 0.05  # of a picture's pixels, at most
SIZES = {"wide": 1280, "phone": 390}
MODES = ("light", "dark")


def take(
    browser: Browser, server: Server, view: str, mode: str, width: int, to: Path
) -> None:
    """Save one view as a picture, whole, once its charts are drawn.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    server : Server
    view : str
        One of `VIEWS`.
    mode : {"light", "dark"}
    width : int
        Pixels; the height is the page's.
    to : Path
        The PNG file, replaced if it is there.
    """
    link, complete = VIEWS[view]
    window = {"width": width, "height": 900}
    with browser.new_context(viewport=window, color_scheme=mode) as context:
        page = context.new_page()
        page.goto(f"{server.url}/{link}")
        expect(page.get_by_text(complete)).to_be_visible(timeout=60_000)
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)
        charts = page.get_by_test_id("stEChartsChart")
        for number in range(charts.count()):
            expect(charts.nth(number)).to_have_attribute("aria-busy", "false")
        # The page scrolls in an element of its own, so the window takes its height.
        content = page.get_by_test_id("stMainBlockContainer")
        height = content.evaluate("e => Math.ceil(e.getBoundingClientRect().bottom)")
        page.set_viewport_size({"width": width, "height": height})
        page.mouse.move(0, 0)
        to.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=to, animations="disabled")
    with Image.open(to) as picture:
        with_few_colours(picture.convert("RGB")).save(to, optimize=True)
    print(f"{to}: {to.stat().st_size / 1000:.0f} kB")


def with_few_colours(picture: Image.Image) -> Image.Image:
    """Keep the 256 most frequent colours; of the others each becomes the nearest.

    These are edges of text. Pillow's own choices tint the greys of whole fields. A
    picture with more colours than that, such as a map, keeps 52 of each of red, green
    and blue, white and grey among them.
    """
    pixels = np.asarray(picture)
    colours, place, counts = np.unique(
        pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    order = np.argsort(-counts)
    if counts[order[256:]].sum() > _EDGES * counts.sum():
        return picture.point(lambda level: round(level / 5) * 5)
    kept = colours[order[:256]]
    nearest = cKDTree(kept).query(colours)[1].astype(np.uint8)
    few = Image.fromarray(nearest[place].reshape(pixels.shape[:2]), "P")
    few.putpalette(kept.tobytes())
    return few


def main() -> None:
    """Read the command line and take the pictures asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", type=Path, metavar="FOLDER")
    folder = parser.parse_args().all
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    with serve() as server, chromium() as browser:
        for name in VIEWS:
            if folder is None:
                to = ROOT / "docs" / f"{name}.png"
                if f"docs/{name}.png" in readme:
                    take(browser, server, name, "light", SIZES["wide"], to)
                continue
            for mode in MODES:
                for size, width in SIZES.items():
                    to = folder / f"{name}_{size}_{mode}.png"
                    take(browser, server, name, mode, width, to)


if __name__ == "__main__":
    main()
