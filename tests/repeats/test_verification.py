from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from flows.repeats import verification

KEYS = st.text("天地人和一", min_size=1, max_size=30)


@given(KEYS, KEYS)
def test_no_window_that_fits_is_ruled_out_before_the_search(one, other):
    short, long = sorted((one, other), key=len)
    fits = fuzz.partial_ratio_alignment(short, long, score_cutoff=verification.MIN_PARTIAL)
    assert fits is None or verification.may_have_window(short, long)


@given(KEYS, st.integers(0, 29), st.integers(0, 29), KEYS)
def test_a_misread_or_cut_part_is_never_ruled_out(long, start, place, noise):
    part = long[start:]
    short = part[:place] + noise[:1] + part[place + 1 :]
    if not 0 < len(short) <= len(long):
        return
    fits = fuzz.partial_ratio_alignment(short, long, score_cutoff=verification.MIN_PARTIAL)
    assert fits is None or verification.may_have_window(short, long)


@given(KEYS, KEYS)
def test_the_order_of_two_keys_changes_no_verdict(one, other):
    assert verification.verify(one, other, is_chinese=True) == verification.verify(
        other, one, is_chinese=True
    )
