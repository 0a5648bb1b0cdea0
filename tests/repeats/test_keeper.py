import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from flows.repeats.keeper import choose_keepers
from flows.repeats.verification import Relation

PLACES = st.integers(0, 9)
EDGES = st.dictionaries(
    st.tuples(PLACES, PLACES).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from(Relation),
)
LENGTHS = st.lists(st.integers(20, 90), min_size=10, max_size=10).map(np.array)


@given(edges=EDGES, lengths=LENGTHS)
def test_each_removal_rests_on_a_verified_pair_and_on_a_copy_that_stays(edges, lengths):
    kept_for = choose_keepers(edges, lengths)
    assert all((min(pair), max(pair)) in edges for pair in kept_for.items())
    assert not set(kept_for) & set(kept_for.values())


@given(edges=EDGES, lengths=LENGTHS)
def test_of_every_pair_one_goes(edges, lengths):
    kept_for = choose_keepers(edges, lengths)
    assert all(one in kept_for or other in kept_for for one, other in edges)


def test_two_copies_that_were_never_compared_do_not_go_for_each_other():
    cut = Relation.TRUNCATED
    assert choose_keepers({(0, 1): cut, (1, 2): cut}, np.array([90, 60, 70])) == {1: 0}
