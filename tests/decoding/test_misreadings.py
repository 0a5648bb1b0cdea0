"""No line that can be repaired is ruled out before it is tried."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.decoding.misreadings import Lines, find_possible
from flows.decoding.mojibake import PAIRS, repair_line
from flows.decoding.suspects import NARROW, suspect_lines
from flows.text.code_points import code_points

PHRASES = st.lists(
    st.sampled_from(
        ["渡口", "摆渡人", "缆绳", "等一等", "燈火", "渡船", "，", "Ferry 7", "été", "паром", " "]
    ),
    min_size=1,
    max_size=8,
).map("".join)


def is_possible(line):
    codes = code_points(line)
    places = np.flatnonzero(codes >= 0x80)
    first, ascii_count = np.array([0]), np.array([len(codes) - len(places)])
    return bool(find_possible(Lines(codes[places], places, first, ascii_count), NARROW)[0])


@pytest.mark.parametrize(
    ("wrong", "right"), [(wrong, right) for wrong, rights in PAIRS.items() for right in rights]
)
@given(text=PHRASES)
def test_what_can_be_repaired_is_possible(wrong, right, text):
    try:
        line = text.encode(right).decode(wrong)
    except UnicodeError:
        return
    if not line.isascii() and "\n" not in line and repair_line(line):
        assert is_possible(line)


def test_names_and_rare_characters_are_ruled_out():
    assert not is_possible("鼙鼓铿锵，旌旗蔽日，甍宇齐飞")
    assert not is_possible("Nguyễn Thị Hường ở Đắk Lắk")


def test_a_suspect_line_is_found_among_others():
    misread = "摆渡人把缆绳绕在桩上，等客人。".encode().decode("latin-1")
    text = f"渡口的灯亮了。\n{misread}\n\n最后一个客人上了船。"
    assert [text[start:end] for start, end in suspect_lines(text)] == [misread]
