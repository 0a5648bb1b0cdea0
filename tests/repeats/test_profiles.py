import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from flows.repeats.keys import comparison_keys
from flows.repeats.prints import paragraph_prints, unpacked_breaks
from flows.repeats.profiles import may_be_copies, profiles_of
from flows.repeats.verification import verify
from schemas.settings import SharedRepeatSettings

NOTICE = (
    "渡口的钟坏了三天，摆渡的人改用铜锣报时，对岸的学生听不惯，头一天就有六个迟到，先生也没有罚。"
)
EDITS = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["", "岚", "钟坏"])), max_size=9)


def passes(one, other):
    keys = comparison_keys([one, other])
    profiles = profiles_of(keys.units, keys.lengths)
    return bool(may_be_copies(profiles, keys.lengths, np.array([0]), np.array([1]))[0])


@given(edits=EDITS, start=st.integers(0, 20), end=st.integers(25, 50))
def test_no_pair_that_verification_finds_alike_is_ruled_out(edits, start, end):
    changed = NOTICE[start:end]
    for place, put in edits:
        changed = changed[:place] + put + changed[place + 1 :]
    keys = comparison_keys([NOTICE, changed])
    if verify(keys.text(0), keys.text(1), is_chinese=True):
        assert passes(NOTICE, changed)


def test_paragraphs_that_share_a_clause_and_nothing_else_are_ruled_out():
    other = "渡口的钟坏了三天，镇上照样赶集卖菜，只有等船去县城看病抓药的老人着急，托邮差捎信问价。"
    assert not passes(NOTICE, other)


@given(
    texts=st.lists(st.sampled_from([NOTICE, NOTICE[:33], NOTICE + "\U00020bb7野。"]), max_size=5)
)
def test_a_table_gives_back_the_keys_it_was_made_from(texts):
    table = paragraph_prints(texts, SharedRepeatSettings())
    keys = comparison_keys(texts)
    ends = np.cumsum(table.lengths, dtype=np.int64).tolist()
    starts = [0, *ends]
    for number, (start, end) in enumerate(zip(starts, ends, strict=False)):
        assert table.text()[start:end] == keys.text(number)
        breaks = unpacked_breaks(table.breaks.tobytes())[start:end]
        assert np.array_equal(breaks, keys.breaks_of(number))
