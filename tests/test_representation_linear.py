"""A linear map as rotation, scaling and rotation: the algebra, and the slide's example.

The lectures print Θ = U S Vᵀ with two factors of determinant −1 ("The representation
view. Linear model"); facts of linear algebra: Deisenroth, Faisal and Ong, "Mathematics
for Machine Learning", section 4.5.
"""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from estimators.representation import svd_stages

SLIDE = np.array([[0.19, 1.84], [-0.97, -0.93]])
SLIDE_U = np.array([[0.83, -0.55], [-0.55, -0.83]])
SLIDE_S = np.diag([2.17, 0.74])
SLIDE_VT = np.array([[0.32, 0.94], [0.94, -0.32]])

entries = st.one_of(
    st.floats(-1e3, 1e3),
    st.sampled_from([0.0, 1.0, -1.0, 1e-12, 1e12, -1e-300, 0.1, 0.2, 0.3]),
)
planar = st.tuples(entries, entries, entries, entries).map(
    lambda numbers: np.array(numbers).reshape(2, 2)
)


def size_of(theta):
    return max(np.abs(theta).max(), np.finfo(float).tiny)


def is_orthogonal(Q):
    return np.allclose(Q @ Q.T, np.eye(len(Q)), rtol=0, atol=1e-12)


def check_is_decomposition(theta):
    stages = svd_stages(theta)
    product = stages.rotation_out @ stages.scaling @ stages.rotation_in
    assert np.abs(product - theta).max() <= 1e-12 * size_of(theta)
    assert is_orthogonal(stages.rotation_in)
    assert is_orthogonal(stages.rotation_out)
    assert np.linalg.det(stages.rotation_in) > 0
    assert (stages.scale >= 0).all()
    assert (np.diff(stages.scale) <= 0).all()
    expected = np.linalg.svd(theta, compute_uv=False)
    assert np.abs(stages.scale - expected).max() <= 1e-12 * size_of(theta)
    return stages


@given(planar)
@example(np.zeros((2, 2)))
@example(np.eye(2))
@example(-np.eye(2))
@example(np.array([[0.0, 1.0], [1.0, 0.0]]))  # a reflection
@example(np.array([[1.0, 2.0], [2.0, 4.0]]))  # rank one
@example(np.array([[0.1, 0.2], [0.3, 0.6]]))  # rank one up to rounding
@example(np.array([[0.6, -0.8], [0.8, 0.6]]))  # a rotation
@example(np.array([[0.0, -3.0], [3.0, 0.0]]))
@example(np.array([[1.0, 1e-17], [0.0, 1.0]]))
def test_every_planar_map_is_rotation_scaling_rotation(theta):
    stages = check_is_decomposition(theta)
    assert stages.reflects == (np.linalg.det(stages.rotation_out) < 0)
    if stages.rank == 2:
        (a, b), (c, d) = (map(Fraction, row) for row in theta.tolist())
        assert stages.reflects == (a * d < b * c)
    else:
        assert stages.determinant == 0
        assert not stages.reflects


@given(planar)
def test_the_motion_begins_with_the_identity_and_ends_with_the_map(theta):
    stages = svd_stages(theta)
    tolerance = 1e-12 * max(size_of(theta), 1)
    assert (stages.at(0) == np.eye(2)).all()
    assert np.abs(stages.at(1) - stages.rotation_in).max() <= 1e-15
    second = stages.scaling @ stages.rotation_in
    assert np.abs(stages.at(2) - second).max() <= tolerance
    assert np.abs(stages.at(3) - theta).max() <= tolerance


@given(planar, st.floats(0, 2.999))
def test_the_motion_never_jumps(theta, t):
    stages = svd_stages(theta)
    step = np.abs(stages.at(t + 0.001) - stages.at(t)).max()
    assert step <= 0.01 * (1 + stages.scale[0])


@given(planar, st.floats(0, 1), st.floats(1, 2), st.floats(2, 3))
def test_the_stages_are_a_turn_a_scaling_and_a_turn(theta, first, second, third):
    stages = svd_stages(theta)
    turned = stages.at(first)
    assert is_orthogonal(turned)
    assert np.linalg.det(turned) > 0
    scaled = stages.at(second) @ stages.rotation_in.T
    off_diagonal = np.abs(scaled[[0, 1], [1, 0]]).max()
    assert off_diagonal <= 1e-12 * (1 + stages.scale[0])
    if not stages.reflects:
        # A turn of what has been scaled: singular values stay.
        lengths = np.linalg.svd(stages.at(third), compute_uv=False)
        assert np.allclose(lengths, stages.scale, atol=1e-9 * (1 + stages.scale[0]))


def test_the_first_turn_is_the_smaller_of_two():
    angles = [svd_stages(theta).angles[0] for theta in random_maps(200)]
    assert np.abs(angles).max() <= np.pi / 2


def random_maps(n):
    return np.random.RandomState(0).standard_normal((n, 2, 2))


def test_maps_that_keep_circles_need_no_first_turn():
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    for theta in (np.eye(2), 3 * turn, turn @ np.diag([1, -1]), -2 * np.eye(2)):
        assert svd_stages(theta).angles[0] == 0


def test_the_slides_two_factors_both_reflect_and_ours_both_rotate():
    assert np.linalg.det(SLIDE_U) < 0
    assert np.linalg.det(SLIDE_VT) < 0
    assert np.linalg.det(SLIDE) == pytest.approx(1.6081)
    stages = svd_stages(SLIDE)
    assert not stages.reflects
    assert stages.determinant == pytest.approx(1.6081)
    assert stages.scale == pytest.approx([2.17, 0.74], abs=0.01)
    # Flip the second column of the slide's U and the second row of its Vᵀ.
    flip = np.diag([1, -1])
    ours = np.array([stages.rotation_out, stages.rotation_in])
    flipped = np.array([SLIDE_U @ flip, flip @ SLIDE_VT])
    assert np.abs(ours - flipped).max() < 0.01
    assert np.abs(SLIDE_U @ SLIDE_S @ SLIDE_VT - SLIDE).max() < 0.03


@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (4, 1), (2, 3), (3, 2), (3, 3)])
@pytest.mark.parametrize("rank", [0, 1, 2, 3])
def test_maps_of_any_shape_are_decomposed(shape, rank):
    random = np.random.RandomState(rank)
    m, n = shape
    for _ in range(20):
        theta = random.standard_normal((m, rank)) @ random.standard_normal((rank, n))
        if shape == (1, 1):
            theta = np.array([[float(rank > 0)]])  # its Vᵀ is 1
        stages = check_is_decomposition(theta)
        assert stages.rank == min(rank, m, n)
        if m != n:
            assert stages.determinant is None
            assert not stages.reflects
        else:
            assert stages.reflects == (stages.rank == n and np.linalg.det(theta) < 0)
        with pytest.raises(ValueError, match="only a 2 × 2 map"):
            stages.at(1.0)


@pytest.mark.parametrize(
    ("theta", "words"),
    [
        ([1, 2], "must be a matrix"),
        ([[]], "must be a matrix"),
        ([[1, np.nan], [0, 1]], "finite numbers"),
        ([[1, np.inf], [0, 1]], "finite numbers"),
        ([[1, 1e200], [0, 1]], "at most 1e\\+100"),
        ([["a", "b"], ["c", "d"]], "must hold numbers"),
        ([[1, 2], [3]], "must hold numbers"),
    ],
)
def test_what_is_no_map_is_refused_in_words(theta, words):
    with pytest.raises(ValueError, match=words):
        svd_stages(theta)


@pytest.mark.parametrize("t", [-0.1, 3.1, np.nan, np.inf])
def test_a_moment_outside_the_motion_is_refused(t):
    with pytest.raises(ValueError, match="between 0 and 3"):
        svd_stages(SLIDE).at(t)
