import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.repeats.keys import comparison_keys

SAME = [
    ("Ｈａｒｂｏｕｒ", "harbour"),
    ("檔案館", "档案馆"),
    ("1,000 元", "1000元"),
    ("他说：“走”", "他说走"),
    ("\N{LATIN SMALL LIGATURE FI}ne", "fine"),
    ("渡\N{ZERO WIDTH SPACE}口", "渡口"),
    ("2021-03-04", "2021.03.04"),
]
DIFFERENT = [
    ("3.5", "35"),
    ("-5℃", "5℃"),
    ("8%", "8"),
    ("8%", "8‰"),
    ("2:1", "21"),
    ("1、2", "12"),
    ("☑是☐否", "☐是☑否"),
    ("≥60", "≤60"),
    ("\U00020bb7野", "吉野"),
    ("\ue000", "\ue001"),
    ("\u0e01\u0e32", "\u0e01\u0e34"),
]  # fmt: skip


def keys_of(*texts):
    keys = comparison_keys(texts)
    return [keys.text(number) for number in range(len(texts))]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_wording_has_the_same_key(one, other):
    assert len(set(keys_of(one, other))) == 1


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_makes_a_difference_stays_in_the_key(one, other):
    assert len(set(keys_of(one, other))) == 2


@given(
    texts=st.lists(
        st.text(max_size=20)
        | st.sampled_from(["\N{LATIN SMALL LIGATURE FI}1", "2.5", "—3", "\ud800"])
    )
)
def test_a_key_does_not_depend_on_its_neighbours(texts):
    assert keys_of(*texts) == [key for text in texts for key in keys_of(text)]
