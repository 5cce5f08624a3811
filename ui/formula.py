"""A formula that a stranger typed, as a function: read by a grammar, never evaluated.

Nothing here knows of Streamlit, and no text becomes code. What can be typed: numbers,
the inputs, ``pi`` and ``e``; ``+ − * /``, powers by ``^``, ``**`` or superscripts;
parentheses, ``|x|``; products without a sign (``2x``, ``2 sin(x)``); the functions of
`ui.formulas.vocabulary`. As in Python powers group from the right and bind tighter than
a sign in front, ``−x^2 = −(x^2)``. A product without a sign is like any other, so
``1/2x`` is ``(1/2) x``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ui.formulas.errors import FormulaError
from ui.formulas.reading import Reader, Step
from ui.formulas.vocabulary import DIVIDE, Constant, Operation, Variable
from ui.formulas.writing import as_latex, as_python
from ui.names import display_name

__all__ = ["MAX_MAGNITUDE", "Formula", "FormulaError", "parse"]

Array = NDArray[np.float64]

MAX_MAGNITUDE = 1e6  # of values, so that charts and training stay readable


def parse(text: str, variables: Sequence[str] = ("x",)) -> "Formula":
    """Read a formula.

    Parameters
    ----------
    text : str
        Whatever was typed.
    variables : sequence of str, default=("x",)
        Names of the inputs, one letter each and not ``e``.

    Returns
    -------
    Formula

    Raises
    ------
    FormulaError
        If the text is no formula, or longer than 500 characters, or nested more than
        50 deep.

    Examples
    --------
    >>> parse("2x² − |x|")([0.0, 1.0, -2.0])
    array([0., 1., 6.])
    >>> parse("x y", ("x", "y"))(3.0, 4.0)
    array(12.)
    """
    return Formula(text, tuple(variables), Reader(text, variables).steps())


@dataclass(frozen=True)
class Formula:
    """A function of one or more numbers.

    Two are equal if they were typed alike.

    Attributes
    ----------
    text : str
        As typed.
    variables : tuple of str
        Names of the inputs.
    steps : tuple of Step
        What it computes, in order.
    """

    text: str
    variables: tuple[str, ...]
    steps: tuple[Step, ...] = field(compare=False, repr=False)

    def __call__(self, *inputs: ArrayLike) -> Array:
        """Evaluate in float64, without warnings.

        Parameters
        ----------
        *inputs : array-like
            One for each variable; their shapes broadcast.

        Returns
        -------
        ndarray of float64
            Infinite or NaN where there is no value.
        """
        arrays = [np.asarray(values, dtype=np.float64) for values in inputs]
        if len(arrays) != len(self.variables):
            raise TypeError(
                f"{len(self.variables)} inputs are expected, got {len(arrays)}."
            )
        *_, (_, _, result) = self._executed(arrays)
        shape = np.broadcast_shapes(*(values.shape for values in arrays))
        return np.array(np.broadcast_to(result, shape))

    def values(self, *inputs: ArrayLike) -> Array:
        """Evaluate where values are needed, all of them.

        Parameters
        ----------
        *inputs : array-like
            One for each variable; their shapes broadcast.

        Returns
        -------
        ndarray of float64
            Finite, and at most `MAX_MAGNITUDE` in size.

        Raises
        ------
        FormulaError
            If a value is not; it says where and why.
        """
        values = self(*inputs)
        with np.errstate(invalid="ignore"):
            bad = np.flatnonzero(~(np.abs(values) <= MAX_MAGNITUDE))
        if bad.size:
            # Of several places the one whose inputs are the roundest.
            places = np.array(
                [np.broadcast_to(values_, values.shape).ravel() for values_ in inputs]
            )[:, bad]
            raise self._no_value(min(places.T.tolist(), key=lambda at: len(str(at))))
        return values

    def branches(self, *inputs: ArrayLike) -> Array:
        """Tell which branch every operation that has several takes.

        Parameters
        ----------
        *inputs : array-like of one shape
            One for each variable.

        Returns
        -------
        ndarray of shape (n_operations, *shape)
            Between places where all numbers are the same the formula is smooth, or
            both crosses and returns; where one changes there may be a kink, a jump or
            a pole.
        """
        arrays = [np.asarray(values, dtype=np.float64) for values in inputs]
        found = [
            np.broadcast_to(step.what.branch(*operands), arrays[0].shape)
            for step, operands, _ in self._executed(arrays)
            if isinstance(step.what, Operation) and step.what.branch
        ]
        return np.array(found).reshape(len(found), *arrays[0].shape)

    def latex(self) -> str:
        """Write as mathematics, without dollar signs."""
        return as_latex(self.steps)

    def python(self) -> str:
        """Write as a NumPy expression that gives the same numbers."""
        return as_python(self.steps)

    def _executed(
        self, inputs: Sequence[Array]
    ) -> Iterator[tuple[Step, list[Array], Array]]:
        """Yield each step with its operands and its result."""
        stack: list[Array] = []
        for step in self.steps:
            what, operands = step.what, []
            if isinstance(what, Constant):
                result = np.float64(what.value)
            elif isinstance(what, Variable):
                result = inputs[what.index]
            else:
                operands = stack[-what.arity :]
                del stack[-what.arity :]
                with np.errstate(all="ignore"):
                    result = what.compute(*operands)
            stack.append(result)
            yield step, operands, result

    def _no_value(self, place: Sequence[float]) -> FormulaError:
        """Explain why there is no value, or too large a one, at a place."""
        where = ", ".join(
            f"{name} = {value:.6g}"
            for name, value in zip(self.variables, place, strict=True)
        )
        name = display_name(self.text)
        value = self(*place)
        if np.isfinite(value):
            message = (
                f"{name} is {value:.3g} at {where}; values from −{MAX_MAGNITUDE:,.0f} "
                f"to {MAX_MAGNITUDE:,.0f} can be shown."
            )
            return FormulaError(message, self.text, 0)
        executed = self._executed([np.float64(number) for number in place])
        step, operands, result = next(e for e in executed if not np.isfinite(e[2]))
        reason = _reason(step.what, operands, result)
        return FormulaError(
            f"{name} has no finite value at {where}: {reason}.",
            self.text,
            step.position,
        )


def _reason(operation: Operation, operands: Sequence[Array], result: Array) -> str:
    """Say why an operation on finite numbers has no finite result."""
    if operation is DIVIDE and operands[-1] == 0:
        return "division by zero"
    numbers = " and ".join(f"{operand:.6g}" for operand in operands)
    if np.isnan(result):
        return f"{display_name(operation.name)} is not defined for {numbers}"
    return f"{display_name(operation.name)} of {numbers} is infinite or too large"
