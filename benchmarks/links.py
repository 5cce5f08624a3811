"""Open the Regression page by links of random text, and count what goes wrong.

Links may be written by anybody. A page that one opens must show something, in a time
that can be waited for, and say what it could not do. Run
``python benchmarks/links.py --count 10000``.
"""

import argparse
import logging
import random
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from streamlit.testing.v1 import AppTest  # noqa: E402

from ui.lesson import HIDE, LOCK  # noqa: E402
from ui.regression.steps import PAGE  # noqa: E402
from ui.state import Choice, Number, Switch  # noqa: E402

STRANGE = (
    *("", " ", "0", "-0", "-1", "1", "2", "1e400", "-1e400", "nan", "inf", "1_000"),
    *("9" * 400, "0x10", "1,5", "½", "٣", "true", "None", "[]", "{}", "null", "\x00"),
    *("a" * 5000, "<script>alert(1)</script>", "$x$", ":red[x]", "`", "../..", "%"),
    *("0~", "~", "0~1,2", "0~1,2,3,4", "1,2~3,4,5,6", "0~nan,1,1", "0~1e999,1,1"),
)
DATA_COLUMNS = ("t0x", "t0y", "t1x", "t1y")
SLOW = 5.0  # s of the processor, for one run


def random_link(random: random.Random) -> dict[str, str | list[str]]:
    """Make the parameters of a link: some sensible, some strange, some unknown."""
    link = {"step": random.choice(PAGE["step"].options)}
    for key in random.sample(list(PAGE), random.randint(0, 8)):
        link[key] = random_value(random, key)
        if random.random() < 0.1:
            link[key] = [link[key], random_value(random, key)]
    for key in random.sample([LOCK, HIDE, *DATA_COLUMNS, "unknown"], 2):
        if random.random() < 0.3:
            link[key] = random.choice([*PAGE, *STRANGE])
    return link


def random_value(random: random.Random, key: str) -> str:
    """Make a text for a control: possible, nearly possible, or nonsense."""
    control, dice = PAGE[key], random.random()
    if dice < 0.4:
        return random.choice(STRANGE)
    if isinstance(control, Choice):
        text = str(random.choice(control.options))
    elif isinstance(control, Switch):
        text = random.choice(["true", "false"])
    elif isinstance(control, Number):
        text = str(random.randint(int(control.low) - 2, int(control.high) + 2))
    else:
        numbers = [f"{random.gauss(0, 2):.3g}" for _ in range(10)]
        text = f"{numbers[0]}~" + "~".join(
            ",".join(numbers[i : i + 3]) for i in (1, 4, 7)
        )
    if dice > 0.9:  # nearly possible
        place = random.randrange(len(text) + 1)
        text = text[:place] + random.choice("0~,.-e xλ") + text[place:]
    return text


def opened(link: Mapping[str, str | list[str]]) -> AppTest:
    """Open the page by a link, as far as it comes in one run."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in link.items():
        at.query_params[name] = value
    return at.run()


def main() -> None:
    """Open many links and print those that fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)  # else Streamlit writes a line each run
    generator = random.Random(arguments.seed)
    failed, slow, longest, start = 0, 0, 0.0, time.perf_counter()
    for number in range(1, arguments.count + 1):
        link, began = random_link(generator), time.process_time()
        at = opened(link)
        seconds = time.process_time() - began
        longest = max(longest, seconds)
        if at.exception or not at.title:
            failed += 1
            print("failed:", link, [exception.value for exception in at.exception])
        if seconds > SLOW:
            slow += 1
            print(f"{seconds:.1f} s:", link)
        if number % 100 == 0 or number == arguments.count:
            print(
                f"{number:,} links in {time.perf_counter() - start:.0f} s: "
                f"{failed} failed, {slow} took more than {SLOW:g} s, "
                f"the longest {longest:.1f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
