"""The experiment of UDL figure 20.2, and what it has found."""

import sys

import numpy as np
import pytest
from scipy.special import softmax

from estimators.datasets import mnist1d
from estimators.experiments.random_labels import (
    WIDTHS,
    Curve,
    Task,
    __main__,
    epochs,
    recorded,
)

SMALL = Task(2, 8, seed=3, n_examples=60, learning_rate=0.05)
CURVES = recorded()


def after(task, epoch):
    return next(moment for moment in epochs(task) if moment.epoch == epoch)


def parameters(network):
    return [*network.weights, *network.biases]


def test_mnist1d_is_what_its_makers_say():
    X, y, X_test, y_test = mnist1d()
    everything = np.vstack([X, X_test]).astype(float)
    assert everything.mean() == pytest.approx(0, abs=1e-6)
    assert everything.std() == pytest.approx(1, abs=1e-6)
    assert len(np.unique(everything, axis=0)) == 5000
    np.testing.assert_array_equal(np.bincount(np.append(y, y_test)), [500] * 10)


def test_the_figures_networks_have_about_as_many_parameters():
    # The last one is printed as 15139 in the book and on the slide.
    sizes = [Task(depth, width).n_parameters for depth, width in WIDTHS.items()]
    assert sizes == [15208, 15210, 15235, 15319]
    starts = [Task(depth, width).start() for depth, width in WIDTHS.items()]
    assert [start.n_parameters for start in starts] == sizes


def test_random_labels_have_nothing_to_do_with_the_digits():
    for seed in range(3):
        labels = Task(1, 298, seed).examples().y
        hits = (labels == mnist1d().y).sum()
        assert abs(hits - 400) < 4 * np.sqrt(4000 * 0.1 * 0.9)
        assert np.bincount(labels).min() > 300
    np.testing.assert_array_equal(Task(1, 298, labels="true").examples().y, mnist1d().y)


def test_the_start_is_hes():
    network = Task(1, 298, seed=5).start()
    for weight, bias, fan_in in zip(network.weights, network.biases, (40, 298)):
        assert weight.std() == pytest.approx(np.sqrt(2 / fan_in), rel=0.05)
        assert not bias.any()


def test_an_epoch_is_one_step_down_the_gradient_of_the_cross_entropy():
    """Three steps by the textbook, UDL section 7.4, in double precision."""
    data, start = SMALL.examples(), SMALL.start().astype(float)
    weights = [W.copy() for W in start.weights]
    biases = [b.copy() for b in start.biases]
    wanted = np.eye(10)[data.y]
    for _ in range(3):
        hidden = [np.asarray(data.X, float)]
        for W, b in zip(weights[:-1], biases[:-1]):
            hidden.append(np.maximum(hidden[-1] @ W.T + b, 0))
        logits = hidden[-1] @ weights[-1].T + biases[-1]
        delta = (softmax(logits, axis=1) - wanted) / len(wanted)
        for k in reversed(range(3)):
            gradients = delta.T @ hidden[k], delta.sum(axis=0)
            delta = (delta @ weights[k]) * (hidden[k] > 0)
            weights[k] = weights[k] - SMALL.learning_rate * gradients[0]
            biases[k] = biases[k] - SMALL.learning_rate * gradients[1]
    reached = after(SMALL, 3).network
    for ours, theirs in zip(parameters(reached), [*weights, *biases]):
        np.testing.assert_allclose(ours, theirs, atol=2e-5)


def test_training_ends_with_the_first_count_without_an_error():
    *before, last = epochs(SMALL)
    data = SMALL.examples()
    counted = [moment for moment in before if moment.error is not None]
    assert last.error == 0
    assert all(moment.error > 0 for moment in counted)
    assert [m.epoch for m in (*before, last)] == list(range(last.epoch + 1))
    np.testing.assert_array_equal(last.network(data.X).argmax(axis=1), data.y)


def test_an_interrupted_training_goes_on_as_if_it_had_not_been(tmp_path):
    slow = Task(2, 8, seed=3, n_examples=60)
    middle, unbroken = after(slow, 500), after(slow, 700)
    curve = Curve(slow, versions={"numpy": "any"})
    curve.add(500, middle.loss, middle.error)
    __main__.save(tmp_path / "checkpoint.npz", curve, middle)
    again, network, done = __main__.read(tmp_path / "checkpoint.npz", slow)
    assert (again, done) == (curve, 500)
    resumed = next(m for m in epochs(slow, network, done) if m.epoch == 700)
    assert resumed.loss == unbroken.loss
    for ours, theirs in zip(parameters(resumed.network), parameters(unbroken.network)):
        np.testing.assert_array_equal(ours, theirs)


def test_the_command_writes_a_curve_and_goes_on_with_it(tmp_path, monkeypatch, capsys):
    command = ["random_labels", "--depths", "4", "--seeds", "0", "--labels", "random"]
    command += ["--folder", str(tmp_path), "--most-epochs"]
    for most in ("1", "600"):
        monkeypatch.setattr(sys, "argv", [*command, most])
        __main__.main()
    written = Curve.of_text((tmp_path / "random-4x63-seed0.json").read_text())
    assert written.epochs[:201] == list(range(201))
    assert written.epochs[-1] == 1000  # training stops at the ends of its legs
    assert not written.finished
    assert capsys.readouterr().out.count("epoch 500") == 1
    (tmp_path / "random-4x63-seed0.npz").write_bytes(b"broken")
    with pytest.raises(SystemExit, match="no checkpoint of this experiment"):
        __main__.main()


def test_what_is_recorded_is_all_that_the_figure_needs():
    found = {(c.task.labels, c.task.depth, c.task.seed) for c in CURVES}
    assert {("random", depth, seed) for depth in WIDTHS for seed in (0, 1)} <= found
    assert {("true", depth, 0) for depth in WIDTHS} <= found
    for curve in CURVES:
        assert curve.task == Task(
            curve.task.depth,
            WIDTHS[curve.task.depth],
            curve.task.seed,
            curve.task.labels,
        )
        assert curve.epochs[:201] == list(range(201))
        assert np.all(np.diff(curve.epochs) > 0)
        assert {"numpy", "scikit-learn"} <= set(curve.versions)
        counted = [error for error in curve.errors if error is not None]
        assert curve.finished == (counted[-1] == 0)
        assert all(counted[:-1])
        assert Curve.of_text(curve.as_text()) == curve


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.task.name)
def test_the_first_epochs_are_found_again(curve):
    first = {}
    for moment in epochs(curve.task):
        first[moment.epoch] = moment
        if moment.epoch == 200:
            break
    losses = [first[epoch].loss for epoch in range(201)]
    # Other processors round otherwise; neighbouring epochs differ by more than this.
    np.testing.assert_allclose(losses, curve.losses[:201], rtol=2e-5)
    assert np.abs(np.diff(losses)).mean() > 4e-5 * max(losses)
    errors = [first[epoch].error for epoch in range(0, 201, 10)]
    np.testing.assert_allclose(errors, curve.errors[:201:10], atol=2 / 4000)
