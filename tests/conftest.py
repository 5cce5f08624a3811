"""The real application in a real browser, for the tests that need both."""

import os
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from benchmarks.live import ROOT, Server, chromium, serve

# Machines can be slow, which says nothing about the code.
expect.set_options(timeout=60_000)
settings.register_profile(
    "slow machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("slow machine")

# SciPy reads it when it is imported; without it scikit-learn skips one of its checks.
os.environ["SCIPY_ARRAY_API"] = "1"


@dataclass
class Traffic:
    """What a browser page requested and complained about."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def attend(self, page: Page) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        # On a deep link Streamlit's front end tries the page's own folder first for
        # its two start-up requests, and Chromium reports each as an error.
        probe = "/_stcore/" in message.location["url"] and "404" in message.text
        if message.type == "error" and not probe:
            self.errors.append(message.text)


# Playwright's loop occupies the thread as long as it lives, so that other modules
# could not start one of their own: hence "module".
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serve() as server:
        yield server


@pytest.fixture
def own_server() -> Iterator[Server]:
    """Give a server that nobody has visited; ask for it before `page`.

    Fixtures end in reverse order, and a page that outlives its server complains.
    """
    with serve() as server:
        yield server


@pytest.fixture
def traffic() -> Traffic:
    return Traffic()


@pytest.fixture
def page(browser: Browser, traffic: Traffic) -> Iterator[Page]:
    """Give a page that has visited nothing, and check at the end what it did."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.set_default_timeout(60_000)
        traffic.attend(page)
        yield page
    assert traffic.errors == []


@pytest.fixture(scope="module")
def visit(
    request: pytest.FixtureRequest,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Page]:
    """Open the module's ``SCRIPT`` once; ``sent`` of the page is what it sends."""
    script = tmp_path_factory.mktemp("script") / "app.py"
    script.write_text(textwrap.dedent(request.module.SCRIPT), encoding="utf-8")
    with serve(str(script), root=ROOT) as server, browser.new_context() as context:
        page, traffic = context.new_page(), Traffic()
        page.set_default_timeout(60_000)
        traffic.attend(page)
        page.sent = []

        def note(frame: str | bytes) -> None:  # Playwright wants a Python function
            page.sent.append(frame)

        page.on("websocket", lambda socket: socket.on("framesent", note))
        page.goto(server.url)
        yield page
    assert traffic.errors == []
