"""The laws that every step keeps, whatever it repairs."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.edits import undo_layer
from flows.pipeline import STEPS, clean_text, clean_texts
from schemas.settings import Settings

PIECES = (
    "河堤修好了", "。", "，", "\n", "\n\n", "\f", "\r\n", "\N{IDEOGRAPHIC SPACE}", " ", "word ",
    "broken-\nword ", "第 3 页", "— 4 —", "一、", "1. ", "她说：“走吧。”", "請問圖書館在哪裡", "ありがとう",
    "도서관 ", "\N{KANGXI RADICAL ONE}", "\N{ZERO WIDTH SPACE}", "Ａ１", "鍥句功棣嗕粖澶╁紑闂ㄣ", "|a|b|",
    "    return x\n", "每天早上七点，看门的老人先扫院子，再去烧水，等第一班车进站。" * 2,
    "\ud800", "\N{REPLACEMENT CHARACTER}", "\x00", "\N{SOFT HYPHEN}",
)  # fmt: skip
MESSY = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
SETTINGS = Settings()

every_step = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)


@every_step
@given(text=MESSY | st.text(max_size=60))
def test_edits_ascend_and_never_overlap(step, text) -> None:
    ((_, layer),) = step.run([text], SETTINGS)
    assert all(a.end <= b.start for a, b in pairwise(layer.edits))


@every_step
@given(text=MESSY | st.text(max_size=60))
def test_no_edit_leaves_its_span_as_it_was(step, text) -> None:
    ((_, layer),) = step.run([text], SETTINGS)
    assert all(e.after != before for e, before in zip(layer.edits, layer.before, strict=True))


@every_step
@given(text=MESSY | st.text(max_size=60))
def test_every_step_can_be_undone(step, text) -> None:
    ((after, layer),) = step.run([text], SETTINGS)
    assert undo_layer(after, layer) == text


@every_step
@given(text=MESSY)
def test_rules_carry_the_name_of_their_step_and_scores_are_ratios(step, text) -> None:
    ((_, layer),) = step.run([text], SETTINGS)
    assert all(edit.rule.startswith(f"{step.name}.") for edit in layer.edits)
    assert all(0 <= edit.score <= 1 for edit in layer.edits)


@every_step
@given(texts=st.lists(MESSY, max_size=4))
def test_the_answer_for_a_text_does_not_depend_on_its_neighbours(step, texts) -> None:
    together = step.run(texts, SETTINGS)
    assert together == [step.run([text], SETTINGS)[0] for text in texts]


@given(text=MESSY | st.text(max_size=60))
def test_the_whole_way_can_be_undone(text) -> None:
    clean = clean_text(text, SETTINGS)
    back = clean.text
    for layer in reversed(clean.layers):
        back = undo_layer(back, layer)
    assert back == text


@every_step
def test_a_step_that_is_switched_off_proposes_nothing(step) -> None:
    off = SETTINGS.model_copy(
        update={step.name: step.settings_of(SETTINGS).model_copy(update={"enabled": False})}
    )
    text = "".join(PIECES)
    ((after, layer),) = step.run([text], off)
    assert (after, layer.edits) == (text, ())


def test_no_texts_give_no_results() -> None:
    assert clean_texts([], SETTINGS) == []


def test_settings_name_every_step_in_the_order_of_the_pipeline() -> None:
    names = [step.name for step in STEPS]
    assert [name for name in Settings.model_fields if name in names] == names
