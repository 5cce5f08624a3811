"""The texts and limits of networks that are composed."""

from estimators import ReLUNetwork
from ui.network_text import LIMIT, network_from_text
from ui.state import Number

MAX_UNITS = 4  # of a network that is composed with another


def one_output(text: str) -> ReLUNetwork:
    """Read a shallow network of one input, one output and at most four units.

    Raises
    ------
    ValueError
        If it is none, with a sentence for its author.
    """
    network = network_from_text(text)
    if network.n_outputs != 1:
        raise ValueError("A network that is composed here has one output, not two.")
    if network.widths[0] > MAX_UNITS:
        raise ValueError(
            f"The network has {network.widths[0]} hidden units; here at most "
            f"{MAX_UNITS} fit."
        )
    return network


def limits(low: str, high: str, of: str = "x") -> tuple[Number, Number]:
    """Make the controls of what is in view.

    Parameters
    ----------
    low, high : str
        Their keys.
    of : str, default="x"
        What is limited.
    """
    common = {"low": -LIMIT, "high": LIMIT, "look": "field"}
    return (
        Number(key=low, label=f"{of} from", default=-1.0, **common),
        Number(key=high, label=f"{of} to", default=1.0, **common),
    )
