"""One thread for linear algebra while a solver works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from threadpoolctl import LibController, ThreadpoolController


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Keep BLAS from spreading the small products of training over several threads.

    They are too small to gain from it; on a busy machine the threads wait for each
    other and training takes many times longer; and results would differ in their last
    bits with the number of threads.
    """
    # Entered once per iteration: `ThreadpoolController.limit` does the same but takes
    # ten times as long.
    libraries = [(lib, lib.get_num_threads()) for lib in _blas_libraries()]
    for lib, n_threads in libraries:
        if n_threads != 1:
            lib.set_num_threads(1)
    try:
        yield
    finally:
        for lib, n_threads in libraries:
            if n_threads != 1:
                lib.set_num_threads(n_threads)


@cache
def _blas_libraries() -> list[LibController]:
    return ThreadpoolController().select(user_api="blas").lib_controllers
