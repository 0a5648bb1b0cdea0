"""Which breaks are joined, which stay, and in what form a text leaves the step."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.edits import apply_edits, make_layer, undo_layer
from flows.lines.hyphens import HYPHENS
from flows.steps import line_breaks
from schemas.edit import Edit
from schemas.settings import LineBreakSettings

CASES = json.loads((Path(__file__).parents[1] / "cases" / "line_breaks.json").read_text("utf-8"))
SETTINGS = LineBreakSettings()
LINES = st.sampled_from(
    [
        "清早的集市从河堤一直摆到桥头，卖藕的、卖伞的、修鞋的挤在一处，谁也不让",
        "谁。",
        "\N{IDEOGRAPHIC SPACE}\N{IDEOGRAPHIC SPACE}“今天不走了。”他说，",
        "一、总体要求",
        "第三章 归舟",
        "檐前听雨到三更，",
        "The ferry had been late every morning that week, and the measure-",
        "ment of the harbour clock was wrong.",
        "Dear Mrs. Calloway,",
        "    return total",
        "if ready: {",
        "品名    单价    数量",
        "渡口........3",
        "강가의 작은 도서관은 아침 아홉 시에 문을 연다.",
        "駅から海までは歩いて十分ほどで、",
        "https://example.org/a-",
        "- ",
        "3",
        "x" * 5000,
        "\x02",
        "a well\ufffe",
        "1911\x02\N{HYPHEN}",
        "\ud800-",
    ]
)
BREAKS = st.sampled_from(
    ["\n", "\n\n", "\n\n\n", "\f", "\n\f", "\n \n", " \n\N{IDEOGRAPHIC SPACE}"]
)
MESSY = st.lists(LINES | BREAKS, max_size=30).map("".join) | st.text(max_size=80)
PROSE = st.lists(
    st.sampled_from(
        [
            "渡船靠岸的时候天刚刚亮。",
            "船夫把缆绳套在木桩上，回头看了一眼江心的雾，觉得今天走不成了。",
            "“等雾散了再走。”他说。",
            "The well was dug in a dry year.",
            "It has never failed since, though the village has doubled in size.",
            "Der Müller sah jeden Morgen nach dem Wasser.",
        ]
    ),
    max_size=20,
).map("\n\n".join)


def joined(text: str, settings: LineBreakSettings = SETTINGS) -> str:
    (edits,) = line_breaks.propose([text], settings)
    return apply_edits(text, edits)


def ink(text: str) -> str:
    """Return the text without white space and hyphens."""
    return "".join(char for char in text if not char.isspace() and char not in HYPHENS)


def marked(case: dict[str, str]):
    mark = pytest.mark.xfail(strict=True, reason="a known weakness")
    return pytest.param(case, id=case["label"], marks=[mark] if case["expect"] == "fail" else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_breaks_are_judged_as_a_reader_would(case):
    assert joined(case["before"]) == case["after"]


@pytest.mark.parametrize(
    "case", [marked(case) for case in CASES if case["before"] != case["after"]]
)
def test_what_was_repaired_stays_as_it_is(case):
    assert joined(case["after"]) == case["after"]


def test_at_least_half_of_the_cases_show_what_must_stay():
    unchanged = [case for case in CASES if case["before"] == case["after"]]
    assert len(CASES) >= 60
    assert len(unchanged) * 2 >= len(CASES)


@given(text=MESSY)
def test_the_result_has_the_normal_form(text):
    after = joined(text)
    assert "\f" not in after
    assert "\n\n\n" not in after
    assert after == after.strip()
    assert not re.search(r"[^\S\n]\n", after)


@given(text=MESSY)
def test_nothing_is_lost_but_hyphens(text):
    after = joined(text)
    assert ink(after) == ink(text)
    assert sum(char in HYPHENS for char in after) <= sum(char in HYPHENS for char in text)


@given(text=MESSY)
def test_edits_can_be_undone(text):
    (edits,) = line_breaks.propose([text], SETTINGS)
    layer = make_layer("line_breaks", text, edits)
    assert undo_layer(apply_edits(text, edits), layer) == text


@given(texts=st.lists(MESSY, max_size=5))
def test_a_batch_is_judged_as_its_texts_alone(texts):
    alone = [next(iter(line_breaks.propose([text], SETTINGS))) for text in texts]
    assert list(line_breaks.propose(texts, SETTINGS)) == alone


@given(text=PROSE)
def test_clean_paragraphs_pass_untouched(text):
    assert joined(text) == text


@given(text=MESSY)
def test_a_text_without_breaks_only_loses_white_space_at_its_ends(text):
    line = re.sub(r"[\n\f]+", "", text)
    assert joined(line) == line.strip()


def test_a_stricter_setting_joins_less():
    text = CASES[0]["before"]
    strict = LineBreakSettings(min_score=1.0)
    assert joined(text) != joined(text, strict)
    assert ink(joined(text, strict)) == ink(text)


def test_joins_are_told_from_other_edits():
    edits = [
        edit
        for found in line_breaks.propose([case["before"] for case in CASES], SETTINGS)
        for edit in found
    ]
    kept = {line_breaks.PARAGRAPH, line_breaks.LINE_KEPT, line_breaks.TRIM}
    assert {edit.rule for edit in edits} == line_breaks.JOIN_RULES | kept
    assert all("\n" not in edit.after for edit in edits if edit.rule in line_breaks.JOIN_RULES)


def test_only_joins_of_a_low_score_are_doubtful():
    edits = [
        Edit(line_breaks.WRAPPED, 11, 12, "", score) for score in (0.5, 0.6999, 0.7, 0.97, 1.0)
    ]
    assert line_breaks.doubtful_joins(edits) == edits[:2]
    assert line_breaks.doubtful_joins([]) == []


@pytest.mark.parametrize("mark", ["\ufffe", "\x02", "-\ufffe"])
def test_a_hyphen_that_stays_is_one_that_can_be_read(mark):
    assert (
        joined(f"It was a well{mark}\nknown landing stage.") == "It was a well-known landing stage."
    )
    assert joined(f"The charac{mark}\nters were many.") == "The characters were many."
