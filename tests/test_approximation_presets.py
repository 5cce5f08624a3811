"""Every preset of the Universal approximation page, without a browser."""

import pytest

from tests.approximation_page import opened
from tests.pages import assert_opens
from ui.approximation.built_step import BUILT_BAR
from ui.approximation.law_step import LAW_BAR
from ui.approximation.one_step import ONE_BAR
from ui.approximation.steps import PAGE, STEPS
from ui.approximation.surface_step import SURFACE_BAR
from ui.regression.steps import PAGE as OTHER_PAGE

BARS = dict(zip(STEPS, (ONE_BAR, LAW_BAR, BUILT_BAR, SURFACE_BAR), strict=True))
PRESETS = [(step, name) for step, bar in BARS.items() for name in bar.presets]


@pytest.mark.parametrize(("step", "name"), PRESETS)
def test_every_preset_opens_with_a_picture_and_nothing_to_complain_about(step, name):
    bar = BARS[step]
    at = opened(step)
    assert_opens(at, bar, name)
    assert at.title[0].value == "Universal approximation"
    assert at.get("echarts_chart") or step == "Watch it being built"


def test_no_control_is_taken_for_one_of_another_page():
    assert set(PAGE) & set(OTHER_PAGE) == {"ask"}
