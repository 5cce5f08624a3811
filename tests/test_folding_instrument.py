"""The instrument "Folding": the folded line against the library's composed networks."""

from functools import partial, reduce

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from estimators.constructions import lecture
from estimators.geometry import linear_regions
from tests.composed import ask, random_pairs
from tests.test_relu_js import close
from ui.instruments.folding import folding_instrument

browser_test = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def answers(browser):
    """Call functions of the instruments' modules by name, many at once."""
    page = browser.new_page()
    yield partial(ask, page)
    page.close()


@browser_test
def test_the_best_fold_makes_four_layers_of_each(answers):
    fold = lecture("fold")
    found = answers(*(("foldedSheet", fold, fold, k, [0, 1]) for k in range(1, 7)))
    for k, sheet in enumerate(found, start=1):
        assert sheet["layers"] == [4**i for i in range(k + 1)]
        assert len(sheet["pieces"]) == 4 ** (k + 1)
        colours = np.bincount(sheet["pieces"])
        assert_array_equal(colours, [4**k] * 4)


@browser_test
@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_folded_sheet_is_the_composed_network(answers, times):
    pairs = random_pairs(20, seed=times)
    found = answers(*(("foldedSheet", *pair, times, [-1, 1]) for pair in pairs))
    for (first, second), sheet in zip(pairs, found, strict=True):
        folded = reduce(lambda net, _: first @ net, range(times - 1), first)
        painted = second @ folded
        box = [[-1, 1]]
        assert sheet["layers"][-1] == linear_regions(folded, box).n_regions
        regions = linear_regions(painted, box)
        assert len(sheet["pieces"]) == regions.n_regions
        x = np.array(sheet["folds"][0]["places"])
        close(x[1:-1], regions.breakpoints)
        close(sheet["folds"][-1]["places"], folded(x[:, np.newaxis]).ravel())
        close(sheet["outputs"], painted(x[:, np.newaxis]).ravel())
        assert (np.diff(sheet["folds"][-1]["levels"]) > 0).all()


@pytest.mark.parametrize("times", [0, 7])
def test_a_line_is_folded_once_to_six_times(times):
    with pytest.raises(ValueError, match="times must be 1 to 6"):
        folding_instrument(lecture("fold"), lecture("fold"), key="refused", times=times)
