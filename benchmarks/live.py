"""The running dashboard and a browser to visit it with, for tests and measurements."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Server:
    """A dashboard that answers at `url`.

    Attributes
    ----------
    url : str
        Without a slash at its end.
    pid : int
        The one process that serves all visitors.
    """

    url: str
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time of the server until now, from Linux's ``/proc``."""
        stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii")
        # The name in parentheses may hold spaces; user and system time are 14 and 15.
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def serve(
    script: str = "app.py", *, root: Path = ROOT, patience: float = 60.0
) -> Iterator[Server]:
    """Run a Streamlit script on a free port of this machine.

    Parameters
    ----------
    script : str
        Path from `root`.
    root : Path
        The working directory, from where Streamlit reads its configuration.
    patience : float
        Seconds to wait for the first answer.

    Yields
    ------
    Server
        It answers, but no script has run in it yet.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += ["--server.headless=true", "--server.address=127.0.0.1"]
    command += [f"--server.port={port}"]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(
            command,
            cwd=root,
            # The script's folder is Streamlit's import path; ours has the library.
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            if not _answers(f"{url}/_stcore/health", process, patience):
                log.seek(0)
                output = log.read().decode(errors="replace")
                raise RuntimeError(f"{script} does not answer at {url}:\n{output}")
            yield Server(url, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _answers(url: str, process: subprocess.Popen, patience: float) -> bool:
    end = time.monotonic() + patience
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.status == 200
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium that is installed on this machine, without a window.

    Yields
    ------
    playwright.sync_api.Browser
        It asks for nothing but what a page asks for.
    """
    found = [path for path in map(shutil.which, _NAMES) if path]
    if not found:
        raise RuntimeError(
            f"No browser: none of {', '.join(_NAMES)} is on PATH. "
            "Install Chromium, for example by `apt-get install chromium`."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found[0], args=_FLAGS)
        with browser:
            yield browser
