"""PyTorch's optimisers on the processor, one thread."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import torch
from torch import nn

from benchmarks.rows.tasks import Moment, Task

BATCH = 200
# Steps by which the time of one is estimated.
PROBE = 50

torch.set_num_threads(1)


class Trainee:
    """A network and its data as tensors.

    Parameters
    ----------
    task : Task
        On standardised data.
    dtype : torch.dtype
        Single precision is what mini-batches are fastest in; L-BFGS needs double.
    """

    def __init__(self, task: Task, dtype: torch.dtype) -> None:
        torch.manual_seed(task.seed)
        sizes = (task.X.shape[1], *task.widths)
        layers = [
            layer
            for shape in pairwise(sizes)
            for layer in (nn.Linear(*shape), nn.ReLU())
        ]
        self.network = nn.Sequential(*layers, nn.Linear(sizes[-1], 1)).to(dtype)
        self.X = torch.as_tensor(task.X, dtype=dtype)
        self.y = torch.as_tensor(task.y, dtype=dtype)[:, None]
        self._task = task

    def loss(self, rows: torch.Tensor | slice) -> torch.Tensor:
        """Return the mean squared error, and leave its gradients where they belong."""
        self.network.zero_grad()
        loss = nn.functional.mse_loss(self.network(self.X[rows]), self.y[rows])
        loss.backward()
        return loss

    def batches(self) -> Iterator[torch.Tensor]:
        """Yield one pass over the data."""
        yield from torch.randperm(len(self.X)).split(BATCH)

    def error(self) -> float:
        """Measure the network as it is."""

        def predict(X: np.ndarray) -> np.ndarray:
            with torch.no_grad():
                return self.network(torch.as_tensor(X, dtype=self.X.dtype))[
                    :, 0
                ].numpy()

        return self._task.error(predict)


def adam(task: Task, rate: float) -> list[Moment]:
    """Return a moment for each pass over the data."""
    trainee = Trainee(task, torch.float32)
    optimiser = torch.optim.Adam(trainee.network.parameters(), rate)
    spent, moments = 0.0, []
    while spent < task.times[-1]:
        began = time.process_time()
        for rows in trainee.batches():
            trainee.loss(rows)
            optimiser.step()
        spent += time.process_time() - began
        moments.append(Moment(spent, trainee.error()))
        if moments[-1].error <= task.goal:
            break
    return moments


def one_cycle(task: Task, rate: float) -> list[Moment]:
    """Return a moment for each of the times; a run has as many steps as fit in."""

    def trained(n_steps: int) -> tuple[Trainee, float]:
        trainee = Trainee(task, torch.float32)
        optimiser = torch.optim.Adam(trainee.network.parameters(), rate)
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimiser, rate, total_steps=n_steps
        )
        began, done = time.process_time(), 0
        while done < n_steps:
            for rows in trainee.batches():
                if done == n_steps:
                    break
                trainee.loss(rows)
                optimiser.step()
                schedule.step()
                done += 1
        return trainee, time.process_time() - began

    _, seconds = trained(PROBE)
    moments = []
    for limit in task.times:
        trainee, spent = trained(max(PROBE, int(PROBE * limit / seconds)))
        moments.append(Moment(min(spent, limit), trainee.error()))
        if moments[-1].error <= task.goal:
            break
    return moments


def lbfgs(task: Task) -> list[Moment]:
    """Return a moment for every twenty iterations, until they bring nothing more."""
    trainee = Trainee(task, torch.float64)
    optimiser = torch.optim.LBFGS(
        trainee.network.parameters(),
        max_iter=20,
        history_size=50,
        tolerance_grad=0,
        tolerance_change=0,
        line_search_fn="strong_wolfe",
    )
    spent, moments, before = 0.0, [], np.inf
    while spent < task.times[-1]:
        began = time.process_time()
        loss = optimiser.step(lambda: trainee.loss(slice(None))).item()
        spent += time.process_time() - began
        moments.append(Moment(spent, trainee.error()))
        if moments[-1].error <= task.goal or not loss < before:
            break
        before = loss
    return moments
