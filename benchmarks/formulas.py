"""Do strings exist that a typed formula cannot take: 100,000 of several kinds.

Run with ``PYTHONPATH=. python benchmarks/formulas.py``. Every string is read; what is a
formula is evaluated at 1000 places, with warnings as errors, and written as LaTeX and
as Python. Anything raised but a `FormulaError` is printed with its string. Seconds are
processor time; the first string of a kind is there to warm up.
"""

import argparse
import random
import time
import warnings

import numpy as np

from tests.formulas import KINDS
from ui.formula import FormulaError, parse

X = np.linspace(-2, 2, 1000)


def main() -> None:
    """Print a row for each kind of strings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strings", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    warnings.simplefilter("error")
    rng = random.Random(arguments.seed)
    row = "{:20}{:>9}{:>10}{:>14}{:>20}{:>18}"
    print(row.format("", "strings", "formulas", "other errors", "read ms", "used ms"))
    for kind, make in KINDS.items():
        n_strings = arguments.strings // len(KINDS)
        n_formulas, n_others = 0, 0
        reading, using = [], []
        for text in (make(rng) for _ in range(n_strings + 1)):
            formula = None
            began = time.process_time()
            try:
                formula = parse(text)
            except FormulaError as error:
                error.shown()
            except Exception as error:
                n_others += 1
                print(f"{error!r}: {text!r}")
            reading.append(time.process_time() - began)
            if formula is not None:
                n_formulas += 1
                began = time.process_time()
                try:
                    use(formula)
                except Exception as error:
                    n_others += 1
                    print(f"{error!r}: {text!r}")
                using.append(time.process_time() - began)
        cells = (f"{n_strings}", f"{n_formulas}", f"{n_others}")
        print(row.format(kind, *cells, summary(reading[1:]), summary(using[1:])))


def use(formula) -> None:
    """Do with a formula all that a page does."""
    try:
        formula.values(X)
    except FormulaError as error:
        error.shown()
    formula.branches(X)
    formula.latex()
    formula.python()


def summary(seconds: list[float]) -> str:
    """Write the mean and the maximum."""
    if not seconds:
        return "none"
    return f"{1e3 * np.mean(seconds):.2f}, max {1e3 * max(seconds):.1f}"


if __name__ == "__main__":
    main()
