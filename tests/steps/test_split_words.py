"""Split words: what is rejoined, what is left alone, and the laws of this step."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.edits import apply_edits, make_layer, undo_layer
from flows.steps.split_words import REJOIN_RULES, RUN_TOGETHER, propose
from schemas.settings import SplitWordSettings

CASES = json.loads((Path(__file__).parents[1] / "cases" / "split_words.json").read_text("utf-8"))
SETTINGS = SplitWordSettings()
PIECES = (
    " ", "  ", "\N{IDEOGRAPHIC SPACE}", "\n", "\n\n", "\t", "，", "。", "、", "“", "”", "（", "）",
    "河", "水", "渡口", "的", "关于", "两岸的人家", "第三条", "十七日", "一", "其二", "甲", "乙",
    "A", "T H E  E N D", "the  boat ", "or\N{SOFT HYPHEN}chard", "\ufffe", "\N{SOFT HYPHEN}", "の",
    "비", "12", ".", "河堤上的柳树发了芽，渡口的老人 把船漆了 一遍。", "\ud800", "-", "'s",
    "The har bour was qui et. ", "the bo ats lay ", "ofthe quay ", "they went underthe ", "the kee per ",
    "ofthem ", "th eboat ", "thatthey ", "a t ", "o ", "work ing ", "unbundle ", "Har bour ",
)  # fmt: skip
MESSY = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
REMOVABLE = frozenset(" \N{IDEOGRAPHIC SPACE}\N{SOFT HYPHEN}\ufffe")


def repaired(text: str, settings: SplitWordSettings = SETTINGS) -> str:
    [edits] = propose([text], settings)
    return apply_edits(text, edits)


def marked(case: dict[str, str]):
    mark = pytest.mark.xfail(strict=True, reason="a known weakness")
    return pytest.param(case, id=case["label"], marks=[mark] if case["expect"] == "fail" else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_words_are_whole_and_all_else_stays(case) -> None:
    assert repaired(case["before"]) == case["after"]


@given(text=MESSY | st.text(max_size=60))
def test_only_spaces_and_soft_hyphens_are_taken_out_and_only_spaces_put_in(text) -> None:
    [edits] = propose([text], SETTINGS)
    assert all(edit.after == (" " if edit.rule == RUN_TOGETHER else "") for edit in edits)
    assert all(edit.after == "" or edit.start == edit.end for edit in edits)
    assert all(set(text[edit.start : edit.end]) <= REMOVABLE for edit in edits)


@given(text=MESSY | st.text(max_size=60))
def test_a_second_run_changes_nothing(text) -> None:
    once = repaired(text)
    assert repaired(once) == once


@given(texts=st.lists(MESSY, max_size=4))
def test_a_batch_gives_what_each_text_gives_alone(texts) -> None:
    assert list(propose(texts, SETTINGS)) == [next(propose([text], SETTINGS)) for text in texts]


@given(text=MESSY)
def test_the_step_can_be_undone(text) -> None:
    [edits] = propose([text], SETTINGS)
    assert undo_layer(apply_edits(text, edits), make_layer("split_words", text, edits)) == text


@pytest.mark.parametrize("name", sorted(set(SplitWordSettings.model_fields) - {"enabled"}))
def test_each_repair_can_be_switched_off(name) -> None:
    off = SplitWordSettings(**{each: each == name for each in SplitWordSettings.model_fields})
    text = (
        "通 知 书\n\nT H E  E N D\n\nor\N{SOFT HYPHEN}chard\n\n"
        "The  ferry  left before the tide  had turned,  and nobody  on the quay  said a word.\n\n"
        "The har bour was qui et, and the kee per went underthe arch ofthe quay and outof sight."
    )
    assert repaired(text, off) not in (text, repaired(text))


def test_what_rejoins_words_is_named_for_the_count_of_rejoined_words() -> None:
    [edits] = propose(["通 知 书"], SETTINGS)
    assert {edit.rule for edit in edits} <= REJOIN_RULES
