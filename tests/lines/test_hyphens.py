"""Line-end hyphens: what goes, what stays, and what the answer may depend on."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.lines.hyphens import HYPHENS, hyphen_goes, is_suspended
from flows.lines.vocabulary import Vocabulary

CASES = json.loads((Path(__file__).parents[1] / "cases" / "hyphens.json").read_text("utf-8"))


def joined(text: str) -> str:
    """Join every line that ends with a hyphen to the next one."""
    lines = text.split("\n")
    known = Vocabulary.of(text)
    done = lines[0]
    for line in lines[1:]:
        if hyphen_goes(done[-40:], line[:40], known):
            done = done.rstrip(HYPHENS) + line
        else:
            done += (" " if is_suspended(done[-40:], line[:40], known) else "") + line
    return done


def marked(case: dict[str, str]):
    mark = pytest.mark.xfail(strict=True, reason="a known weakness")
    return pytest.param(case, id=case["label"], marks=[mark] if case["expect"] == "fail" else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_lines_are_joined_as_a_reader_would(case) -> None:
    assert joined(case["before"]) == case["after"]


@given(before=st.text(max_size=40), mark=st.sampled_from(HYPHENS), after=st.text(max_size=40))
def test_every_neighbourhood_has_an_answer(before, mark, after) -> None:
    known = Vocabulary.of(f"{before}{mark}\n{after}")
    goes = hyphen_goes(before + mark, after, known)
    assert not (goes and is_suspended(before + mark, after, known)) or mark == "\N{SOFT HYPHEN}"


@given(text=st.text(max_size=80))
def test_a_hyphen_that_ends_or_starts_a_text_has_an_answer(text) -> None:
    hyphen_goes("-", text, Vocabulary.of(text))
    hyphen_goes(text, "", Vocabulary.of(text))


@given(
    text=st.text("aAéb-\N{HYPHEN} .\n", max_size=60),
    word=st.text("aéb-", min_size=1, max_size=5),
    padding=st.sampled_from(["", "aéb " * 200]),
)
def test_a_word_is_known_however_many_were_asked_for_before(text, word, padding) -> None:
    few, many = Vocabulary.of(padding + text), Vocabulary.of(padding + text)
    for number in range(100):
        many.has("x" * number)
    assert few.has(word) == many.has(word)
