"""What tests of the instrument Plane look at."""

import json

from estimators import ReLUNetwork
from tests.instruments import told


def counters(page):
    return page.locator(".plane .counters")


def line(page, unit, does="moved"):
    return page.get_by_role("slider", name=f"Line of unit {unit}, {does}")


def answer(page, count):
    weights, phi, biases, offsets = json.loads(told(page, count))
    return ReLUNetwork([weights, phi], [biases, offsets])


def shown_sum(page):
    """Where on the screen the (first) sum is."""
    return page.locator(".plane .frame").last.bounding_box()


def place(page, x1, x2):
    box = shown_sum(page)
    across, up = (x1 + 1) / 2, (x2 + 1) / 2
    return box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"]
