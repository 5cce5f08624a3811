"""UDL figure 20.2: networks of four depths learn labels drawn at random by heart.

``python -m estimators.experiments.random_labels`` trains them; what it found is in the
folder ``curves``, and `recorded` reads it.
"""

from estimators.experiments.random_labels.curves import Curve, recorded
from estimators.experiments.random_labels.task import WIDTHS, Task
from estimators.experiments.random_labels.training import Epoch, epochs

__all__ = ["WIDTHS", "Curve", "Epoch", "Task", "epochs", "recorded"]
