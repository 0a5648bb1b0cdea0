import random

import pytest
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


FULL = "轮渡公司为乘客准备了热水和干粮老人和孕妇可以到前舱休息行李请放在左舷的木架上靠岸时依次下船"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("热水", "热氺"),
        ("左舷", "左弦"),
        ("准备", "凖偹"),
        ("木架", "本架"),
        ("靠岸", "靠屵"),
    ],
)
def test_what_reads_as_words_on_one_side_only_is_a_misreading(old, new):
    verdict = verification.verify(FULL, FULL.replace(old, new), is_chinese=True)
    assert verdict is not None
    assert verdict.relation is verification.Relation.NEAR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("前舱", "后舱"),
        ("左舷", "右舷"),
        ("可以", "不可以"),
        ("热水", "凉水"),
        ("干粮", "面包"),
        ("行李", "行囊"),
        ("热水", "热水三壶"),
    ],
)
def test_another_fact_or_wording_is_no_copy(old, new):
    assert verification.verify(FULL, FULL.replace(old, new), is_chinese=True) is None


@given(st.integers(20, len(FULL) - 5), st.sampled_from("氺偹翃舃"))
def test_the_last_character_before_a_cut_may_be_misread(end, misread):
    part = FULL[: end - 1] + misread
    verdict = verification.verify(part, FULL, is_chinese=True)
    assert verdict is not None
    assert (verdict.start, verdict.end) == (0, end)


@given(KEYS, KEYS)
def test_a_verdict_covers_a_stretch_of_the_longer_key(one, other):
    verdict = verification.verify(one, other, is_chinese=True)
    if verdict is not None:
        assert 0 <= verdict.start < verdict.end <= verdict.length == max(len(one), len(other))
        assert 0 <= verdict.similarity <= 1


@pytest.mark.parametrize("start", [0, 700, 3000])
def test_a_misread_part_of_a_very_long_paragraph_is_found_where_it_stands(start):
    pick = random.Random(start)
    whole = "".join(chr(pick.randrange(0x5000, 0x6000)) for _ in range(5000))
    part = list(whole[start : start + 1900])
    for place in pick.sample(range(1900), 60):
        part[place] = "氺"
    verdict = verification.verify("".join(part), whole, is_chinese=True)
    assert verdict is not None
    assert abs(verdict.start - start) <= 2
    assert abs(verdict.end - start - 1900) <= 2
