"""Networks as text: exact both ways, and nothing but numbers gets in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from estimators import ReLUNetwork
from tests.networks import ten_parameter_network
from ui.network_text import network_from_text, network_to_text

numbers = st.floats(-1e6, 1e6, allow_nan=False)


def test_the_lectures_ten_parameters():
    text = "-0.23~-0.2,0.4,-1.3~-0.9,0.9,1.3~1.1,-0.7,0.66"
    assert network_to_text(ten_parameter_network()) == text
    assert network_from_text(text) == ten_parameter_network()


def test_each_output_has_a_phi_of_every_unit():
    network = ReLUNetwork([[[2], [4]], [[5, 6], [7, 8]]], [[1, 3], [-1, -2]])
    assert network_to_text(network) == "-1,-2~1,2,5,7~3,4,6,8"
    assert network_from_text("-1, -2 ~ 1,2,5,7 ~ 3,4,6,8") == network


@given(st.integers(1, 2), st.integers(1, 10), st.data())
def test_comes_back_bit_by_bit(n_outputs, n_units, data):
    drawn = st.lists(numbers, min_size=n_units, max_size=n_units)
    theta_0, theta = data.draw(drawn), data.draw(drawn)
    phi = [data.draw(drawn) for _ in range(n_outputs)]
    phi_0 = data.draw(st.lists(numbers, min_size=n_outputs, max_size=n_outputs))
    network = ReLUNetwork([np.transpose([theta]), phi], [theta_0, phi_0])
    assert network_from_text(network_to_text(network)) == network


def test_the_longest_network_is_not_too_long():
    n_units, n_outputs = 10, 2
    longest = np.nextafter(-1e-5, -1)
    network = ReLUNetwork(
        [np.full((n_units, 1), longest), np.full((n_outputs, n_units), longest)],
        [np.full(n_units, longest), np.full(n_outputs, longest)],
    )
    assert network_from_text(network_to_text(network)) == network


@given(st.one_of(st.text(), st.text("0123456789.,~-+e ", max_size=60)))
def test_any_text_is_a_network_or_a_sentence(text):
    try:
        network = network_from_text(text)
    except ValueError as error:
        assert str(error).endswith(".") and len(str(error)) < 200
    else:
        assert network.n_inputs == network.depth == 1
        assert network.n_outputs in (1, 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "0 hidden units.*is written as"),
        ("1", "0 hidden units"),
        ("1~2,3", "unit 1 has 2 numbers.*three for each"),
        ("1~2,3,4~5", "unit 2 has 1 number;"),
        ("1~2,3,4,5", "unit 1 has 4 numbers.*three for each"),
        ("1,2~2,3,4", "unit 1 has 3 numbers.*four for each.*two outputs"),
        ("1,2~2,3,4,5~6,7,8", "unit 2 has 3 numbers"),
        ("1,2,3~2,3,4", "begins with 3 numbers.*a ~ is missing"),
        ("1,nan~2,3,4,5", "“nan” is not a number"),
        ("1~nan,2,3", "“nan” is not a number"),
        ("1~1_0,2,3", "“1_0” is not a number"),
        ("1~inf,2,3", "“inf” is not a number"),
        ("1~1e300,2,3", "too large"),
        ("1" + "~1,2,3" * 11, "11 hidden units"),
        ("1,2" + "~1,2,3,4" * 11, "11 hidden units"),
        ("1~1,2,3" * 1000, "longer"),
        ("1~__import__('os'),2,3", "is not a number|three"),
    ],
)
def test_what_is_wrong_is_said(text, message):
    with pytest.raises(ValueError, match=message):
        network_from_text(text)
