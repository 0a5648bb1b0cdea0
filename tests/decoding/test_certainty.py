"""What is left of a damaged line is certain, and nothing of an undamaged one is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.decoding.certainty import leave_doubtful
from flows.decoding.in_step import read_in_step

SENTENCES = {
    "gb18030": "渡口的灯亮了又灭，摆渡人把缆绳绕在桩上，等最后一个客人。",
    "big5hkscs": "渡口的燈亮了又滅，擺渡人把纜繩繞在樁上，等最後一個客人。",
}
MARK = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("encoding", SENTENCES)
def test_a_line_without_damage_stays_as_it_is(encoding):
    text = SENTENCES[encoding]
    assert leave_doubtful(text.encode(encoding), text, encoding) == text


@pytest.mark.parametrize("encoding", SENTENCES)
@given(
    octets=st.lists(st.sampled_from(b"\x80\x81\xa1\xb0\xc4\xd2\xf7\xff\x40\x61\x20"), max_size=14)
)
def test_any_bytes_are_answered_and_what_is_left_stands_in_them(encoding, octets):
    line = bytes(octets)
    cheapest = read_in_step(line, encoding)
    found = leave_doubtful(line, cheapest, encoding)
    assert MARK in found or found == cheapest
    assert len(found) <= len(line)


def test_a_byte_put_in_costs_no_character():
    whole = SENTENCES["gb18030"].encode("gb18030")
    for at in range(0, len(whole), 2):
        line = whole[:at] + b"\xff" + whole[at:]
        found = leave_doubtful(line, read_in_step(line, "gb18030"), "gb18030")
        assert found.replace(MARK, "") == SENTENCES["gb18030"]


def test_a_lost_byte_leaves_the_far_parts_of_the_line():
    whole = SENTENCES["gb18030"].encode("gb18030")
    line = whole[:30] + whole[31:]
    found = leave_doubtful(line, read_in_step(line, "gb18030"), "gb18030")
    assert found.startswith("渡口的灯亮了又灭，摆渡")
    assert found.endswith("，等最后一个客人。")
