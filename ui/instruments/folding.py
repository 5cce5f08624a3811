"""The instrument "Folding": a line folded by one network and painted by another."""

from estimators import ReLUNetwork
from ui.instruments.build import network_to_send
from ui.instruments.composition import check_shallow, finite_domain
from ui.instruments.mounting import Instrument

MAX_TIMES = 6
_MODULES = (
    "relu",
    "axes",
    "drag",
    "picture",
    "shallow",
    "sheet",
    "sheetfigure",
    "folding",
)
_FOLDING = Instrument(_MODULES, ("build", "linear", "picture", "folding"))


def folding_instrument(
    first: ReLUNetwork,
    second: ReLUNetwork,
    *,
    key: str,
    times: int = 1,
    domain: tuple[float, float] = (-1.0, 1.0),
) -> None:
    """Fold a line, paint it while it is folded, and unfold it to the composed function.

    Parameters
    ----------
    first : ReLUNetwork
        The network that folds: one input, one hidden layer of 1 to 4 units, one output.
    second : ReLUNetwork
        The network whose function, and whose pieces as colours, are painted on the
        folded line; of the same kind.
    key : str
        A name of its own for this instrument.
    times : int, default=1
        How often `first` folds the line, 1 to 6, before it is painted: what comes out
        is ``second @ first @ … @ first`` with so many `first`.
    domain : (float, float), default=(-1, 1)
        The part of the line that is folded.

    Raises
    ------
    ValueError
        If a network has another shape, the domain is empty or not finite, or `times`
        is not 1 to 6.

    Notes
    -----
    UDL section 4.1 and figure 4.3, the folding analogy of lecture 2. The best fold of
    three units, `estimators.constructions.lecture("fold")` on [0, 1], makes 4, 16, 64,
    256, 1024 and 4096 layers in 1 to 6 folds, and painted with itself four regions of
    each. Nothing is sent to Python.
    """
    low, high = finite_domain(domain)
    for name, network in [("first", first), ("second", second)]:
        check_shallow(name, network)
    if not 1 <= times <= MAX_TIMES:
        raise ValueError(f"times must be 1 to {MAX_TIMES}, got {times}.")
    _FOLDING(
        key=key,
        data={
            "first": network_to_send(first),
            "second": network_to_send(second),
            "times": int(times),
            "domain": [low, high],
        },
    )
