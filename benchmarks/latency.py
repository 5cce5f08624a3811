"""How long a reader waits for the picture after moving a control by one key press.

Every step of the Regression page, the first of the Universal approximation page and of
the Depth efficiency page, and a minimal Streamlit page with one slider and one Plotly
chart are measured in turns, in one browser, so that whatever else the machine does
slows all of them. Run ``python benchmarks/latency.py``.

A move to the right asks for something new: in Fit a network to train, which is first
painted as it stands after a fiftieth of a second of training and goes on from there, in
One target the first of the networks that a search compares. A move to the left returns
to what is known. What one drags in an instrument is not measured here: the server hears
of it only afterwards.
"""

import argparse
import statistics
from dataclasses import dataclass, field

from live import Server, chromium, serve
from playwright.sync_api import Browser, Page, WebSocket

TARGET = 1.5  # times the minimal page
CPU_TARGET, BYTES_TARGET = 15, 60_000  # ms and bytes of a move

PLOTLY = ".js-plotly-plot .scatterlayer"
ECHART = "[data-testid=stEChartsChart]"
SAMPLE = ".st-key-sample_panel"
INSTRUMENT = "svg.stages, svg.map"
STEPPERS = "stNumberInputStep{}"  # of the number of hidden units
WIDTH = "Width (hidden units)"

# Each step's name and link, what is watched on it and what is moved.
STEPS = (
    ("Linear", "regression?step=Linear", INSTRUMENT, "Learning rate × λ"),
    ("Build", "regression?step=Build", INSTRUMENT, STEPPERS),
    ("Fit", "regression?step=Fit", ECHART, WIDTH),
    ("Generalise", "regression?step=Generalise", SAMPLE, "Width D to look at"),
    ("One target", "universal_approximation", ECHART, "Hidden units D"),
    ("Regions", "depth_efficiency", ECHART, "Budget: parameters P"),
)

# From the key press to the frame after the one in which the first picture's lines and
# markers became others. Instruments are in a shadow of the page.
ARM = """selector => {
  const roots = [document, ...[...document.querySelectorAll('*')]
    .map(element => element.shadowRoot).filter(root => root)];
  const find = () => roots.map(root => root.querySelector(selector))
    .find(found => found && found.querySelector('path, polyline, circle'));
  const drawn = () => [...(find()?.querySelectorAll('path, polyline, circle') ?? [])]
    .map(mark => ['d', 'transform', 'points', 'cx', 'cy']
      .map(name => mark.getAttribute(name)))
    .join();
  const before = drawn();
  window.painted = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('The picture stayed as it was.')), 20000);
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
    for (const root of roots) {
      observer.observe(root, {subtree: true, childList: true, attributes: true});
    }
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
class Moves:
    """What moves in one direction cost: milliseconds, processor time, bytes."""

    waits: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)


@dataclass
class Subject:
    """A page under measurement, what is pressed on it, and what was found."""

    name: str
    page: Page
    server: Server
    picture: str
    control: str
    received: int = 0
    presses: int = 0
    moves: dict[str, Moves] = field(default_factory=dict)

    def listen(self, socket: WebSocket) -> None:
        """Count what the server sends."""

        def count(frame: str | bytes) -> None:
            self.received += len(frame)

        socket.on("framereceived", count)

    def press(self, key: str) -> None:
        """Press the key, or there and back in turns where the way is short."""
        if self.picture == INSTRUMENT:
            key = "ArrowRight" if self.presses % 2 == 0 else "ArrowLeft"
        self.presses += 1
        if self.control == STEPPERS:
            button = STEPPERS.format("Up" if key == "ArrowRight" else "Down")
            self.page.get_by_test_id(button).first.press("Enter")
        else:
            self.page.get_by_role("slider", name=self.control).press(key)

    def move(self, key: str) -> None:
        """Press the key and note the time to the picture, and what it cost."""
        self.page.bring_to_front()
        self.page.evaluate(QUIET)
        self.page.evaluate(ARM, self.picture)
        cpu, received = self.server.cpu_seconds(), self.received
        self.press(key)
        moves = self.moves.setdefault(key, Moves())
        moves.waits.append(self.page.evaluate("() => window.painted"))
        self.page.evaluate(QUIET)
        moves.cpu_ms.append(1000 * (self.server.cpu_seconds() - cpu))
        moves.sizes.append(self.received - received)


def open_page(
    browser: Browser, server: Server, name: str, path: str, picture: str, control: str
) -> Subject:
    """Visit a page and wait for its picture."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(60_000)
    subject = Subject(name, page, server, picture, control)
    page.on("websocket", subject.listen)
    page.goto(f"{server.url}/{path}")
    marks = page.locator(picture).locator("path, polyline")
    marks.first.wait_for(state="attached")
    return subject


def report(minimal: Subject, steps: list[Subject]) -> None:
    """Print medians, 95th percentiles, and the ratios to the minimal page."""
    titles = {"ArrowRight": "something new", "ArrowLeft": "something known"}
    for key, title in titles.items():
        base = statistics.median(minimal.moves[key].waits)
        print(f"\n{title}: {len(minimal.moves[key].waits)} moves of each")
        print(f"{'':<14}{'wait':>8}{'p95':>8}{'ratio':>8}{'CPU':>9}{'sent':>11}")
        for subject in (minimal, *steps):
            moves = subject.moves[key]
            wait = statistics.median(moves.waits)
            slow = statistics.quantiles(moves.waits, n=20, method="inclusive")[-1]
            print(
                f"{subject.name:<14}{wait:>5.0f} ms{slow:>5.0f} ms{wait / base:>8.2f}"
                f"{statistics.mean(moves.cpu_ms):>6.0f} ms"
                f"{statistics.median(moves.sizes) / 1000:>8.1f} kB"
            )
    print(
        f"\nTargets: ratio at most {TARGET}, processor time of the server at most "
        f"{CPU_TARGET} ms (what training needs not counted), sent at most "
        f"{BYTES_TARGET / 1000:g} kB."
    )


def main() -> None:
    """Measure all pages in turns and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--moves", type=int, default=30, help="in each direction")
    parser.add_argument("--only", choices=[name for name, *_ in STEPS])
    arguments = parser.parse_args()
    moves = arguments.moves
    with (
        serve("benchmarks/minimal_app.py") as minimal_server,
        serve() as server,
        chromium() as browser,
    ):
        minimal = open_page(browser, minimal_server, "minimal page", "", PLOTLY, WIDTH)
        steps = [
            open_page(browser, server, name, *where)
            for name, *where in STEPS
            if arguments.only in (None, name)
        ]
        for subject in (minimal, *steps):  # the first moves load code
            subject.move("ArrowRight")
            subject.move("ArrowLeft")
            subject.moves.clear()
        for key in ("ArrowRight", "ArrowLeft"):
            for _ in range(moves):
                for subject in (minimal, *steps):
                    subject.move(key)
    report(minimal, steps)


if __name__ == "__main__":
    main()
