"""Overflows that a solver expects and deals with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import numpy as np

Item = TypeVar("Item")


def quietly(items: Iterator[Item]) -> Iterator[Item]:
    """Pass on what an iterator gives, which may overflow without a warning.

    A generator must not pause within `numpy.errstate`: its consumer's code would run
    under it, and nothing may resume it in another context, such as another thread.
    """
    while True:
        with np.errstate(over="ignore", invalid="ignore"):
            try:
                item = next(items)
            except StopIteration:
                return
        yield item
