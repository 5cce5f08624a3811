"""UDL figure 20.2: networks of four depths learn labels drawn at random by heart.

``python -m estimators.experiments.random_labels`` trains them; what it found is in the
folder ``curves``, and `recorded` reads it.
"""

from estimators.experiments.random_labels.curves import Curve, recorded
from estimators.experiments.random_labels.task import WIDTHS, Task

__all__ = ["WIDTHS", "Curve", "Task", "recorded"]
