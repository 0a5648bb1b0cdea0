"""Which misread lines are repaired, and that clean text is not touched."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.edits import apply_edits
from flows.steps import mojibake
from schemas.settings import MojibakeSettings

CASES = json.loads((Path(__file__).parents[1] / "cases" / "mojibake.json").read_text("utf-8"))
SETTINGS = MojibakeSettings()
CLEAN = (
    "堤上的灯亮了，老船工收起缆绳。", "渡口的人都往高处搬，只有一只猫还蹲在船头看雨。",
    "堤上的燈亮了，老船工收起纜繩。", "佢哋喺渡口等咗成日。", "渡し舟は今日は出ない。",
    "오늘은 배가 뜨지 않는다.", "Le café était fermé jusqu’à l’été.", "Переправы не будет.",
    "The ferry – if any – is late…", "ÄÖÜ", "\n", "\n\n", "\f", "\u3000\u3000", "\ufffd", "①②③", "€5",
)  # fmt: skip


def repaired(text, settings=SETTINGS):
    (edits,) = mojibake.propose([text], settings)
    return apply_edits(text, edits)


def marked(case):
    mark = pytest.mark.xfail(strict=True, reason="a known weakness")
    return pytest.param(case, id=case["label"], marks=[mark] if case["expect"] == "fail" else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_a_line_comes_back_as_it_was_meant(case) -> None:
    assert repaired(case["before"]) == case["after"]


@given(st.lists(st.sampled_from(CLEAN), max_size=12).map("".join))
def test_clean_text_is_not_touched(text) -> None:
    assert repaired(text) == text


@given(st.text(max_size=80))
def test_any_text_is_answered_and_a_second_run_changes_nothing(text) -> None:
    once = repaired(text)
    assert once.count("\n") == text.count("\n")
    assert repaired(once) == once


@pytest.mark.parametrize("wrong", ["latin-1", "jiaokan-1252", "cp437", "mac-roman"])
@given(st.lists(st.sampled_from(CLEAN[:3]), min_size=1, max_size=4).map("".join))
def test_utf8_read_as_western_text_always_comes_back(wrong, text) -> None:
    assert repaired(text.encode().decode(wrong)) == text


def test_an_edit_replaces_one_line_and_says_how_it_was_damaged() -> None:
    text = (
        "好的一行\n" + "堤上的灯亮了，老船工收起缆绳。".encode("gb18030").decode("latin-1") + "\n"
    )
    ((edit,),) = mojibake.propose([text], SETTINGS)
    assert (edit.rule, edit.start, edit.end) == (mojibake.MISREAD_GB18030, 5, len(text) - 1)
    assert SETTINGS.min_gain <= edit.score <= 1.0


def test_a_higher_demand_repairs_less() -> None:
    damaged = "堤上的燈亮了，老船工收起纜繩。".encode("big5").decode("gb18030")
    assert repaired(damaged) != damaged
    assert repaired(damaged, MojibakeSettings(min_gain=0.9)) == damaged
