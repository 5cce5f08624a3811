"""What a fitted estimator can be asked, and `from_network`."""

import warnings

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LinearRegression
from sklearn.neural_network import MLPRegressor

from estimators import (
    DeepReLUClassifier,
    DeepReLURegressor,
    ReLUNetwork,
    ShallowReLURegressor,
)
from tests.networks import random_network, ten_parameter_network
from tests.tasks import curve, each_estimator, task

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


@each_estimator
def test_transform_is_the_last_hidden_layer(Estimator):
    X, y = task(Estimator)
    model = Estimator(width=4, max_iter=20, random_state=0).fit(X, y)
    features = model.transform(X)
    assert_array_equal(features, model.network_.hidden(X)[-1])
    names = model.get_feature_names_out()
    assert list(names) == [f"{Estimator.__name__.lower()}{k}" for k in range(4)]
    frame = model.set_output(transform="pandas").transform(X)
    assert list(frame.columns) == list(names)


def test_linear_model_on_the_features_is_the_network():
    X, y = curve()
    model = ShallowReLURegressor(4, random_state=0).fit(X, y)
    head = LinearRegression().fit(model.transform(X), model.predict(X))
    assert_allclose(head.predict(model.transform(X)), model.predict(X), atol=1e-9)


@each_estimator
def test_local_linear_models_reproduce_the_outputs(Estimator):
    X, y = task(Estimator)
    model = Estimator(max_iter=50, random_state=0).fit(X, y)
    slopes, intercepts = model.local_linear_model(X)
    assert slopes.shape == X.shape and intercepts.shape == (len(X),)
    outputs = (slopes * X).sum(axis=1) + intercepts
    assert_allclose(outputs, model.network_(X)[:, 0], atol=1e-9)


def test_joints_are_for_one_input():
    X, y = curve()
    joints = ShallowReLURegressor(6, random_state=0).fit(X, y).joints_
    assert_array_equal(joints, np.sort(joints))
    model = DeepReLURegressor(max_iter=5).fit(np.hstack([X, X]), y)
    with pytest.raises(AttributeError, match="one input"):
        model.joints_  # noqa: B018


def test_linear_regions_of_a_curve_are_its_joints_on_the_whole_line():
    X, y = curve()
    model = ShallowReLURegressor(6, random_state=0).fit(X, y)
    regions = model.linear_regions()
    assert_array_equal(regions.breakpoints, model.joints_)
    assert model.linear_regions((X.min(), X.max())).n_regions <= regions.n_regions


@each_estimator
def test_linear_regions_tile_the_range_of_the_training_inputs(Estimator):
    X = np.random.default_rng(0).normal(size=(60, 3)) * [1, 100, 0] + [0, 0, 5]
    y = X[:, 0] > 0
    model = Estimator(width=4, max_iter=20, random_state=0).fit(X, y)
    regions = model.linear_regions()
    assert_array_equal(regions.box[:2].T, [X[:, :2].min(axis=0), X[:, :2].max(axis=0)])
    assert_array_equal(regions.box[2], [0, 10])
    slopes, intercepts = model.local_linear_model(X)
    at = regions.locate(X)
    assert_allclose(regions.slopes[at, 0], slopes)
    assert_allclose(regions.intercepts[at, 0], intercepts)
    model.partial_fit(X * 2, y)
    assert_allclose(model.linear_regions().box[0], 2 * regions.box[0])


def test_linear_regions_of_a_given_network_need_a_box():
    model = ShallowReLURegressor.from_network(random_network(0, [2, 3, 1]))
    with pytest.raises(ValueError, match="box is needed"):
        model.linear_regions()
    assert model.linear_regions([[-9, 9], [-9, 9]]).n_regions <= 7
    with pytest.raises(ValueError, match="max_regions=2"):
        model.linear_regions([[-99, 99], [-99, 99]], max_regions=2)


def test_coefs_are_mlp_regressors():
    X, Y = curve(n_outputs=2)
    model = DeepReLURegressor(2, (5, 4), max_iter=20, random_state=0).fit(X, Y)
    peer = MLPRegressor(hidden_layer_sizes=(5, 4), max_iter=1, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        peer.fit(X, Y)
    shapes = [coef.shape for coef in peer.coefs_]
    assert [coef.shape for coef in model.coefs_] == shapes
    peer.coefs_, peer.intercepts_ = model.coefs_, model.intercepts_
    assert_allclose(peer.predict(X), model.predict(X), atol=1e-12)


def test_from_network_predicts_with_given_parameters():
    network = ten_parameter_network()
    model = ShallowReLURegressor.from_network(network)
    assert model.width == 3 and model.n_features_in_ == 1
    assert_allclose(model.predict([[0], [2]]), [0.496, 0.160])
    assert_allclose(model.joints_, [0.5, 1, 11 / 7])
    deep = DeepReLURegressor.from_network(random_network(0, [2, 3, 4, 2]))
    assert (deep.depth, deep.width) == (2, [3, 4])
    assert deep.predict(np.zeros((5, 2))).shape == (5, 2)


def test_from_network_can_go_on_training():
    X, y = curve()
    model = ShallowReLURegressor.from_network(random_network(0, [1, 8, 1]))
    before = np.mean((model.predict(X) - y) ** 2)
    model.set_params(warm_start=True, random_state=0).fit(X, y)
    assert model.loss_ < before
    ShallowReLURegressor.from_network(random_network(0, [1, 8, 1])).partial_fit(X, y)


def test_from_network_of_a_classifier():
    model = DeepReLUClassifier.from_network(random_network(0, [2, 3, 1]), ["no", "yes"])
    X = np.random.default_rng(0).normal(size=(50, 2))
    assert_array_equal(model.predict(X) == "yes", model.network_(X)[:, 0] > 0)
    with pytest.raises(ValueError, match="3 different labels"):
        DeepReLUClassifier.from_network(random_network(0, [2, 3, 3]), [1, 1, 2])


def test_from_network_refuses_other_depths():
    with pytest.raises(ValueError, match="one hidden layer"):
        ShallowReLURegressor.from_network(random_network(0, [1, 2, 2, 1]))
    with pytest.raises(ValueError, match="no hidden layer"):
        DeepReLURegressor.from_network(ReLUNetwork([[[1]]], [[0]]))
