"""How many of scikit-learn's estimator checks pass, for each estimator and solver.

Run with ``python benchmarks/conformance.py``; the same checks are in the tests.
"""

import os
import warnings
from collections import Counter

os.environ["SCIPY_ARRAY_API"] = "1"  # before SciPy: else one check is skipped

from sklearn.utils.estimator_checks import check_estimator

from estimators import DeepReLUClassifier, DeepReLURegressor, ShallowReLURegressor
from estimators.solvers import SOLVERS


def main() -> None:
    """Print a row for each setting."""
    warnings.simplefilter("ignore")
    print(f"{'estimator':22} {'depth':>5} {'solver':>7} passed failed xfail skipped")
    for Estimator in (ShallowReLURegressor, DeepReLURegressor, DeepReLUClassifier):
        deep = Estimator is not ShallowReLURegressor
        for depth in (1, 2, 3) if deep else (1,):
            for solver in ("auto", *SOLVERS):
                estimator = Estimator(solver=solver)
                if deep:
                    estimator.set_params(depth=depth)
                checks = check_estimator(estimator, on_fail=None, on_skip=None)
                count = Counter(check["status"] for check in checks)
                print(
                    f"{Estimator.__name__:22} {depth:5} {solver:>7} "
                    f"{count['passed']:6} {count['failed']:6} {count['xfail']:5} "
                    f"{count['skipped']:7}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
