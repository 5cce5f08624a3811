"""Files to take away from a page: the data as CSV, the network as arrays."""

import io
from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from estimators import ReLUNetwork


def show_downloads(
    key: str,
    *,
    columns: tuple[Sequence[str], Sequence[NDArray]] | None = None,
    network: ReLUNetwork | None = None,
) -> None:
    """Show buttons that save what is on the page; figures have buttons of their own.

    Parameters
    ----------
    key : str
        Of the page's step; the files are called after it.
    columns : (names, arrays), optional
        The data, one array of shape (n_samples,) for each name.
    network : ReLUNetwork, optional
    """
    with st.container(horizontal=True):
        if columns is not None:
            st.download_button(
                "Data (CSV)",
                lambda: data_file(*columns),
                file_name=f"{key}.csv",
                mime="text/csv",
                on_click="ignore",
                key=f"{key}_csv",
            )
        if network is not None:
            st.download_button(
                "Network (.npz)",
                lambda: network_file(network),
                file_name=f"{key}.npz",
                mime="application/octet-stream",
                on_click="ignore",
                key=f"{key}_npz",
                help="NumPy arrays `weights_0`, `biases_0`, `weights_1` and so on, as "
                "`ReLUNetwork` takes them; read them with `numpy.load`.",
            )


def data_file(names: Sequence[str], arrays: Sequence[NDArray]) -> bytes:
    """Write columns as CSV, all digits kept."""
    # By position, since two columns may have one name.
    table = pd.DataFrame(dict(enumerate(arrays)))
    return table.to_csv(index=False, header=list(names)).encode()


def network_file(network: ReLUNetwork) -> bytes:
    """Write a network as a NumPy archive of its parameters, nothing pickled."""
    arrays = {f"weights_{k}": W for k, W in enumerate(network.weights)}
    arrays |= {f"biases_{k}": b for k, b in enumerate(network.biases)}
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()
