"""Files taken away from a page hold what the page shows."""

import io

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from estimators import ReLUNetwork
from estimators.constructions import lecture
from ui.downloads import data_file, network_file

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(FINITE, FINITE), min_size=1, max_size=20))
def test_data_come_back_to_the_last_digit(pairs):
    x, y = np.array(pairs).T
    table = pd.read_csv(io.BytesIO(data_file(["dose, mg", 'a "name"'], [x, y])))
    assert list(table.columns) == ["dose, mg", 'a "name"']
    np.testing.assert_array_equal(table.to_numpy(float), np.column_stack([x, y]))


def test_two_columns_of_one_name_are_two_columns():
    content = data_file(["x", "x"], [np.arange(3.0), np.ones(3)])
    assert content.decode().splitlines()[:2] == ["x,x", "0.0,1.0"]


def test_a_network_comes_back_from_plain_arrays():
    network = lecture("ten_parameters")
    with np.load(io.BytesIO(network_file(network)), allow_pickle=False) as file:
        again = ReLUNetwork(
            [file[f"weights_{k}"] for k in range(2)],
            [file[f"biases_{k}"] for k in range(2)],
        )
    assert again == network
