"""Which lines are page furniture, which only look like it, and what is left in their place."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.edits import apply_edits, make_layer, undo_layer
from flows.steps import furniture
from schemas.edit import Edit
from schemas.settings import FurnitureSettings

CASES = json.loads((Path(__file__).parents[1] / "cases" / "furniture.json").read_text("utf-8"))
SETTINGS = FurnitureSettings()
LINES = st.sampled_from(
    [
        "放学以后，孩子们沿着河堤跑回家去，谁也没有注意天边的云。",
        "桥头的灯亮了",
        "— 12 —",
        "- 13 -",
        "第3页 共9页",
        "Page 4 of 9",
        "14",
        "15",
        "柳湾渡口志",
        "责任编辑：罗小雨",
        "Nobody had opened the weir since the flood, and nobody meant to.",
        "喊一声渡船来。",
        "    close(gate)",
    ]
)
BREAKS = st.sampled_from(["\n", "\n\n", "\f", "\n\f"])
MESSY = st.lists(LINES | BREAKS, max_size=40).map("".join) | st.text(max_size=60)


def propose(text: str) -> list[Edit]:
    (edits,) = furniture.propose([text], SETTINGS)
    return edits


def marked(case: dict[str, str]):
    mark = pytest.mark.xfail(strict=True, reason="a known weakness")
    return pytest.param(case, id=case["label"], marks=[mark] if case["expect"] == "fail" else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_furniture_goes_and_text_stays(case):
    assert apply_edits(case["before"], propose(case["before"])) == case["after"]


def test_at_least_half_of_the_cases_show_what_must_stay():
    unchanged = [case for case in CASES if case["before"] == case["after"]]
    assert len(unchanged) * 2 >= len(CASES)


@given(text=MESSY)
def test_what_is_kept_and_what_is_removed_make_up_the_text(text):
    edits = propose(text)
    assert {edit.after for edit in edits} <= {"", "\f"}
    pieces, done = "", 0
    for edit in edits:
        pieces += text[done : edit.start] + text[edit.start : edit.end]
        done = edit.end
    assert pieces + text[done:] == text
    layer = make_layer("furniture", text, edits)
    assert undo_layer(apply_edits(text, edits), layer) == text


@given(text=MESSY)
def test_each_edit_takes_one_line_and_at_most_one_of_its_breaks(text):
    for edit in propose(text):
        removed = text[edit.start : edit.end]
        assert removed.count("\n") <= 1
        assert "\f" not in removed
        assert removed.strip()


@given(text=MESSY)
def test_something_is_left_to_read(text):
    assert bool(apply_edits(text, propose(text)).strip()) == bool(text.strip())


@given(texts=st.lists(MESSY, max_size=5))
def test_a_batch_is_judged_as_its_texts_alone(texts):
    alone = [next(iter(furniture.propose([text], SETTINGS))) for text in texts]
    assert list(furniture.propose(texts, SETTINGS)) == alone


@given(text=MESSY)
def test_a_page_mark_parts_what_furniture_parted(text):
    """Between the text before and the text after a removed line stands a form feed."""
    after = apply_edits(text, propose(text))
    grown = 0
    for edit in propose(text):
        place = edit.start + grown
        grown += len(edit.after) - (edit.end - edit.start)
        before_gap, after_gap = after[:place].rstrip(), after[place:].lstrip()
        if before_gap and after_gap:
            gap = after[len(before_gap) : len(after) - len(after_gap)]
            assert "\f" in gap


@given(st.text("编辑： 3—x页\N{IDEOGRAPHIC SPACE}\t-", max_size=20))
def test_a_text_of_one_line_keeps_it(line) -> None:
    assert [*furniture.propose([line, f"\n{line}\n"], SETTINGS)] == [[], []]
