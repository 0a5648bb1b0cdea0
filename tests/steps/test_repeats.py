import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from flows.edits import apply_edits, make_layer, undo_layer
from flows.steps.repeats import propose
from flows.text.paragraphs import paragraph_spans
from schemas.settings import RepeatSettings

CASES = json.loads((Path(__file__).parent.parent / "cases" / "repeats.json").read_text("utf-8"))
SETTINGS = RepeatSettings()

SENTENCES = (
    "三号渡船今晨在浅滩搁浅，船上乘客已由小艇分批接回北岸，无人受伤，航线暂停至潮水回涨。",
    "三号渡船今晨在浅滩搁洩，船上乘客己由小艇分批接回北岸，无人受伤，航线暂停至潮水回涨。",
    "三号渡船今晨在浅滩搁浅，船上乘客已由小艇分批接",
    "小艇分批接回北岸，无人受伤，航线暂停",
    "五号渡船今晨在浅滩搁浅，船上乘客已由小艇分批接回北岸，无人受伤，航线暂停至潮水回涨。",
    "阅览室新到的地方志共四箱，管理员按年代排好，靠窗的书架专门留给手抄本，翻看时须戴手套。",
    "阅览室新到的地方志共四箱，管理员按年代排好",
    "本议案尚需提交年度股东大会审议批准后施行。",
    "第一章\u3000渡口与码头的历史沿革和今日面貌",
    "The night ferry calls at both islands, where passengers may stay on board until dawn is near.",
    "雨停了。",
)
DOCUMENTS = st.lists(st.sampled_from(SENTENCES), max_size=12).map("\n\n".join)


def marked(case):
    marks = pytest.mark.xfail(strict=True, reason="known weakness")
    return pytest.param(case, id=case["label"], marks=[marks] if case["expect"] == "fail" else [])


def clean(text):
    [edits] = propose([text], SETTINGS)
    return apply_edits(text, edits)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_each_case_comes_out_as_written(case):
    assert clean(case["before"]) == case["after"]


@given(text=DOCUMENTS)
def test_a_second_run_finds_nothing(text):
    assert list(propose([clean(text)], SETTINGS)) == [[]]


@given(text=DOCUMENTS)
def test_the_rest_stays_in_normal_form_and_comes_back_by_undoing(text):
    [edits] = propose([text], SETTINGS)
    after = apply_edits(text, edits)
    assert "\n\n\n" not in after
    assert after == after.strip("\n")
    assert undo_layer(after, make_layer("repeats", text, edits)) == text


@given(text=DOCUMENTS)
def test_every_removal_names_a_paragraph_that_stays(text):
    [edits] = propose([text], SETTINGS)
    removed = {
        start
        for edit in edits
        for start, end in paragraph_spans(text)
        if edit.start <= start and end <= edit.end
    }
    assert len(removed) == len(edits)
    partners = {edit.partner for edit in edits}
    assert partners <= {start for start, _ in paragraph_spans(text)} - removed


@given(text=DOCUMENTS)
def test_no_wording_is_lost(text):
    left = clean(text)
    spans = paragraph_spans(text)
    for start, end in spans:
        paragraph = text[start:end]
        assert paragraph.translate(MISREAD) in left.translate(MISREAD)


WITHOUT_MARKS = str.maketrans("", "", "，。")
MISREAD = str.maketrans("洩己", "浅已")


@given(texts=st.lists(DOCUMENTS, max_size=5))
def test_the_answer_does_not_depend_on_other_documents(texts):
    alone = [edits for text in texts for edits in propose([text], SETTINGS)]
    assert list(propose(texts, SETTINGS)) == alone


def test_relations_can_be_switched_off():
    exact_only = RepeatSettings(near=False, truncated=False)
    text = "\n\n".join([*SENTENCES[:3], SENTENCES[0]])
    [edits] = propose([text], exact_only)
    assert [edit.rule for edit in edits] == ["repeats.exact"]


def test_a_score_is_the_share_that_both_copies_have():
    [[edit]] = propose(["\n\n".join(SENTENCES[:2])], SETTINGS)
    assert edit.rule == "repeats.near"
    assert edit.score == pytest.approx(1 - 2 / len(SENTENCES[0].translate(WITHOUT_MARKS)))


def test_a_paragraph_that_a_pattern_protects_stays():
    text = "\n\n".join([SENTENCES[0], SENTENCES[5], SENTENCES[0], SENTENCES[5]])
    [edits] = propose([text], RepeatSettings(protect=("^三号渡船", "从不出现的词")))
    assert apply_edits(text, edits) == "\n\n".join([SENTENCES[0], SENTENCES[5], SENTENCES[0]])


def test_a_pattern_protects_nothing_where_nothing_stands():
    assert list(propose(["", "\n\n"], RepeatSettings(protect=("三号渡船",)))) == [[], []]


@pytest.mark.parametrize("pattern", ["(", "(a+)+$", "([^。]*){2,}", ""])
def test_a_pattern_that_cannot_be_read_or_may_never_end_is_refused(pattern):
    with pytest.raises(ValidationError, match="protect"):
        RepeatSettings(protect=(pattern,))
