"""Misplaced spaces in English: what they are, and what a document must show before they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.lines.english_spaces import misplaced_spaces
from flows.lines.english_words import english_words
from flows.lines.unlisted_words import unlisted_words

DAMAGED = "The har bour was qui et, and the kee per went underthe arch ofthe quay. "
PIECES = (
    "The har bour ", "was qui et", "ofthe ", "thatthey ", "kee per ", "th eboat ", "Har bour ", "a t ",
    ", ", ". ", "\n", " ", "-", "'s ", "`ofthe` ", "x = 1; ", "河水", "é", "\ud800", "unbundle ",
)  # fmt: skip
MESSY = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(text=MESSY | st.text())
def test_what_moves_is_one_space_between_letters_or_a_place_between_letters(text):
    for start, end in misplaced_spaces(DAMAGED + text):
        around = DAMAGED + text
        assert around[start:end] in (" ", "")
        assert (around[start - 1] + around[end]).isalpha()


@pytest.mark.parametrize("times", [1, 2])
def test_a_sign_that_comes_again_is_one_sign(times):
    assert misplaced_spaces("The har bour was qui et. " * times) == []


def test_a_long_document_must_show_more_of_the_damage_than_a_short_one():
    assert misplaced_spaces(DAMAGED)
    assert misplaced_spaces(DAMAGED + "\n\nThe lamp stood on the quay all night." * 1000) == []


def test_each_half_of_the_repair_can_be_asked_for_alone():
    spaces = misplaced_spaces(DAMAGED)
    assert [space for space in spaces if space.start < space.end] == misplaced_spaces(
        DAMAGED, part=False
    )
    assert [space for space in spaces if space.start == space.end] == misplaced_spaces(
        DAMAGED, join=False
    )


def test_no_listed_word_is_taken_for_unlisted():
    plain = [word for word in english_words() if word.isalpha()]
    assert unlisted_words(" ".join(plain)) == ([], len(plain))
