"""ReLU networks that can be opened up: estimators, networks, exact geometry."""

from estimators.classifier import DeepReLUClassifier
from estimators.deep import DeepReLURegressor
from estimators.network import ReLUNetwork
from estimators.shallow import ShallowReLURegressor

__all__ = [
    "DeepReLUClassifier",
    "DeepReLURegressor",
    "ReLUNetwork",
    "ShallowReLURegressor",
]
