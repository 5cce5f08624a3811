"""Every check that scikit-learn has, at every solver and several depths."""

import pytest
from sklearn.utils import estimator_checks
from sklearn.utils.estimator_checks import parametrize_with_checks

from estimators import DeepReLUClassifier, DeepReLURegressor, ShallowReLURegressor
from estimators.solvers import GRADIENT_SOLVERS

# The checks provoke warnings on purpose and catch those that they are about.
pytestmark = pytest.mark.filterwarnings("ignore")

OF_CLASSES = ("auto", *GRADIENT_SOLVERS)
OF_NUMBERS = (*OF_CLASSES, "variable_projection")
SETTINGS = [
    *(ShallowReLURegressor(solver=solver) for solver in OF_NUMBERS),
    *(
        Estimator(depth, solver=solver)
        for Estimator, solvers in (
            (DeepReLURegressor, OF_NUMBERS),
            (DeepReLUClassifier, OF_CLASSES),
        )
        for depth in (1, 2, 3)
        for solver in solvers
    ),
]


@parametrize_with_checks(SETTINGS, xfail_strict=True)
def test_estimator_check(estimator, check):
    check(estimator)


# scikit-learn runs these on its own estimators, but not in `check_estimator`.
OWN_CHECKS = [
    estimator_checks.check_dataframe_column_names_consistency,
    estimator_checks.check_param_validation,
    estimator_checks.check_inplace_ensure_writeable,
    estimator_checks.check_get_feature_names_out_error,
    estimator_checks.check_transformer_get_feature_names_out,
    estimator_checks.check_transformer_get_feature_names_out_pandas,
    estimator_checks.check_set_output_transform,
    estimator_checks.check_set_output_transform_pandas,
    estimator_checks.check_global_output_transform_pandas,
    estimator_checks.check_set_output_transform_polars,
    estimator_checks.check_global_set_output_transform_polars,
]


@pytest.mark.parametrize("check", OWN_CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize(
    "estimator",
    [ShallowReLURegressor(), DeepReLURegressor(), DeepReLUClassifier()],
    ids=lambda estimator: type(estimator).__name__,
)
def test_check_of_scikit_learn_itself(estimator, check):
    check(type(estimator).__name__, estimator)
