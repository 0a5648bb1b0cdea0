from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from flows.text.paragraphs import paragraph_spans, removal_spans

PARAGRAPHS = st.lists(st.sampled_from(["甲", "乙\n丙", "a b", "丁。"]), min_size=1, max_size=8)


@given(paragraphs=PARAGRAPHS)
def test_spans_are_the_paragraphs_that_were_joined(paragraphs):
    text = "\n\n".join(paragraphs)
    assert [text[start:end] for start, end in paragraph_spans(text)] == paragraphs


@given(text=st.text(alphabet="甲\n ", max_size=30))
def test_spans_of_any_text_ascend_and_hold_something(text):
    spans = paragraph_spans(text)
    assert all(text[start:end].strip("\n") for start, end in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))


@given(paragraphs=PARAGRAPHS, chosen=st.sets(st.integers(0, 7)))
def test_what_is_left_reads_as_if_the_rest_had_never_been_there(paragraphs, chosen):
    text = "\n\n".join(paragraphs)
    removed = {number for number in chosen if number < len(paragraphs)}
    left = text
    for start, end in reversed(removal_spans(paragraph_spans(text), removed)):
        left = left[:start] + left[end:]
    kept = [one for number, one in enumerate(paragraphs) if number not in removed]
    assert left.strip("\n") == "\n\n".join(kept)
    assert left == "\n\n".join(kept)
