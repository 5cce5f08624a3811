"""How long a reader waits for the chart after moving a slider by one key press.

The Regression page and a minimal Streamlit page are measured in turns, in one browser,
so that whatever else the machine does slows both. Run ``python benchmarks/latency.py``.

The first pass over the widths trains a network at each move, which is first painted as
it stands after a fiftieth of a second of training and goes on from there; the second
pass returns over the same widths, whose networks are known.
"""

import argparse
import statistics
from dataclasses import dataclass, field

from live import chromium, serve
from playwright.sync_api import Browser, Page

SLIDER = "Width (hidden units)"
TARGET = 1.5  # times the minimal page

CHART = ".js-plotly-plot .scatterlayer, [data-testid=stEChartsChart]"
# From the key press to the frame after the one in which the first chart's lines and
# markers became others.
ARM = """CHART => {
  const drawn = () => [...document.querySelectorAll(CHART)]
    .slice(0, 1)
    .flatMap(chart => [...chart.querySelectorAll('path')])
    .map(path => path.getAttribute('d') + path.getAttribute('transform'))
    .join();
  const before = drawn();
  window.painted = new Promise(resolve => {
    let pressed;
    addEventListener('keydown', () => { pressed = performance.now(); },
                     {capture: true, once: true});
    const observer = new MutationObserver(() => {
      const now = drawn();
      if (pressed === undefined || now === '' || now === before) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(
        () => resolve(performance.now() - pressed)));
    });
    observer.observe(document.body,
                     {subtree: true, childList: true, attributes: true});
  });
}"""

# Nothing has changed for a while: the run is over and the browser has drawn it.
QUIET = """() => new Promise(resolve => {
  let timer;
  const observer = new MutationObserver(() => wait());
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { observer.disconnect(); resolve(); }, 400);
  };
  observer.observe(document.body, {subtree: true, childList: true, attributes: true});
  wait();
})"""


@dataclass
class Subject:
    """A page under measurement and what was measured on it, in milliseconds."""

    name: str
    page: Page
    passes: dict[str, list[float]] = field(default_factory=dict)

    def move(self, key: str) -> None:
        """Press a key on the slider and note the time to the painted chart."""
        self.page.bring_to_front()
        self.page.evaluate(QUIET)
        self.page.evaluate(ARM, CHART)
        self.page.get_by_role("slider", name=SLIDER).press(key)
        milliseconds = self.page.evaluate("() => window.painted")
        self.passes.setdefault(key, []).append(milliseconds)


def open_page(browser: Browser, name: str, url: str) -> Subject:
    """Visit a page and wait for its chart."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(60_000)
    page.goto(url)
    page.locator(CHART).locator("path").first.wait_for(state="attached")
    return Subject(name, page)


def summary(milliseconds: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return (
        statistics.median(milliseconds),
        statistics.quantiles(milliseconds, n=20, method="inclusive")[-1],
    )


def report(minimal: Subject, regression: Subject) -> None:
    """Print the table of medians, 95th percentiles and ratios."""
    titles = {"ArrowRight": "new networks", "ArrowLeft": "known networks"}
    print("Key press on the slider to painted chart, in milliseconds")
    for key, title in titles.items():
        base, base_slow = summary(minimal.passes[key])
        ours, ours_slow = summary(regression.passes[key])
        print(f"{title}, {len(regression.passes[key])} moves of each page:")
        print(f"  {minimal.name:<16} median {base:6.0f}   p95 {base_slow:6.0f}")
        print(f"  {regression.name:<16} median {ours:6.0f}   p95 {ours_slow:6.0f}")
        print(f"  ratio of medians {ours / base:.2f} (target at most {TARGET})")


def main() -> None:
    """Measure both pages in turns and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--moves", type=int, default=30, help="in each direction")
    moves = parser.parse_args().moves
    with (
        serve("benchmarks/minimal_app.py") as minimal_server,
        serve() as server,
        chromium() as browser,
    ):
        minimal = open_page(browser, "minimal page", minimal_server.url)
        regression = open_page(browser, "Regression page", f"{server.url}/regression")
        for subject in (minimal, regression):  # the first moves load code
            subject.move("ArrowRight")
            subject.move("ArrowLeft")
            subject.passes.clear()
        for key in ("ArrowRight", "ArrowLeft"):
            for _ in range(moves):
                minimal.move(key)
                regression.move(key)
    report(minimal, regression)


if __name__ == "__main__":
    main()
