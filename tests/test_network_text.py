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


@given(numbers, st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=10))
def test_comes_back_bit_by_bit(phi_0, units):
    theta_0, theta, phi = zip(*units)
    network = ReLUNetwork([np.transpose([theta]), [phi]], [theta_0, [phi_0]])
    assert network_from_text(network_to_text(network)) == network


@given(st.one_of(st.text(), st.text("0123456789.,~-+e ", max_size=60)))
def test_any_text_is_a_network_or_a_sentence(text):
    try:
        network = network_from_text(text)
    except ValueError as error:
        assert str(error).endswith(".") and len(str(error)) < 200
    else:
        assert network.n_inputs == network.n_outputs == network.depth == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is written as|is not a number|hidden units"),
        ("1", "0 hidden units"),
        ("1~2,3", "three for each"),
        ("1~nan,2,3", "“nan” is not a number"),
        ("1~1_0,2,3", "“1_0” is not a number"),
        ("1~inf,2,3", "“inf” is not a number"),
        ("1~1e300,2,3", "too large"),
        ("1" + "~1,2,3" * 11, "11 hidden units"),
        ("1~1,2,3" * 1000, "longer"),
        ("1~__import__('os'),2,3", "is not a number|three"),
    ],
)
def test_what_is_wrong_is_said(text, message):
    with pytest.raises(ValueError, match=message):
        network_from_text(text)
