"""What tests of the instrument Build look at and do."""

import json
import re

import numpy as np

from tests.instruments import told


def slopes(page):
    """The slopes above the panel, one list an output."""
    texts = page.locator(".slope:not([display])").all_text_contents()
    named = [re.search(r"(?:y(.) )?(\S+)$", text).groups() for text in texts]
    listed = [
        [float(number.replace("−", "-")) for name, number in named if name == output]
        for output in (None, "₁", "₂")
    ]
    return listed[0] or listed[1:]


def curves(page):
    """The points of each output's curve on the screen."""
    lines = page.locator(".sum:not([display])").all()
    texts = [line.get_attribute("points") for line in lines]
    return [np.array([p.split(",") for p in t.split()], float) for t in texts]


def formulas(page):
    """The equations with their numbers."""
    return [" ".join(t.split()) for t in page.locator(".formula").all_text_contents()]


def said(page):
    """The text alternatives of both pictures."""
    figures = page.locator(".stages [role=img], .diagram[role=img]").all()
    return " ".join(figure.get_attribute("aria-label") for figure in figures)


def joint(page, unit):
    return page.get_by_role("slider", name=f"Joint of unit {unit}", exact=True)


def joint_at(page, unit):
    return float(joint(page, unit).get_attribute("aria-valuenow"))


def field(page, name):
    return page.get_by_role("spinbutton", name=re.compile(name))


def fields(page, outputs=1):
    """The numbers that the table shows, as weights and biases."""
    values = [float(f.input_value()) for f in page.get_by_role("spinbutton").all()]
    rows, offsets = values[:-outputs], values[-outputs:]
    columns = [rows[i :: 2 + outputs] for i in range(2 + outputs)]
    theta0, theta1, *phi = columns
    return [[[t] for t in theta1], phi, theta0, offsets]


def answer(page, count):
    """What Python got, once it has got so many networks."""
    text = told(page, count)
    return None if text == "None" else json.loads(text)[0]


def count_frames(page):
    page.evaluate("""() => {
        window.frames_ = [];
        const note = (time) => { frames_.push(time); requestAnimationFrame(note); };
        requestAnimationFrame(note);
    }""")
