"""What is known of detours without taking them agrees with the search that takes them all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.decoding.codecs import decode_strict
from flows.decoding.in_step import read_in_step
from flows.decoding.out_of_step import find_detours

SENTENCE = "渡口的灯亮了又灭，摆渡人把缆绳绕在桩上，等最后一个客人。"
# First bytes, second bytes of both halves of the tables, ASCII, and the euro of cp936.
OCTETS = st.sampled_from([*range(0xB0, 0xF8, 5), *range(0x40, 0x7F, 9), 0x20, 0x80, 0xA1, 0xFE])


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs", "cp949"])
@given(line=st.lists(OCTETS, min_size=1, max_size=16).map(bytes))
def test_a_line_without_a_detour_is_found_as_it_is(encoding, line):
    try:
        text = decode_strict(line, encoding)
    except UnicodeError:
        return
    if find_detours([text], [line], encoding) == [False]:
        assert read_in_step(line, encoding) == text


@given(at=st.integers(0, len(SENTENCE.encode("gb18030")) - 1))
def test_a_lost_byte_is_never_overlooked(at):
    whole = SENTENCE.encode("gb18030")
    line = whole[:at] + whole[at + 1 :]
    try:
        text = decode_strict(line, "gb18030")
    except UnicodeError:
        return
    found_otherwise = read_in_step(line, "gb18030") != text
    assert find_detours([text], [line], "gb18030") == [found_otherwise]


def test_lines_are_judged_each_for_itself():
    whole = SENTENCE.encode("gb18030")
    spoilt = whole[:6] + whole[7:-2] + b"a"
    lines = [decode_strict(line, "gb18030") for line in (whole, spoilt, whole)]
    assert find_detours(lines, [whole, spoilt, whole], "gb18030") == [False, True, False]
