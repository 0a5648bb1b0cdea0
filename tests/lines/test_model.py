"""The weights ask about features that exist, and batches are cut without losing a text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.lines import furniture_features, gap_features
from flows.lines.layout import in_batches, lay_out
from flows.lines.model import load_model, probability

TEXT = "渡口的钟每天清晨敲响，\n守夜的老人听惯了。\n\n— 3 —\n\n第二天雾还没有散。"


@pytest.mark.parametrize(
    ("name", "features", "classes"),
    [
        (
            "gap_model",
            gap_features.find_gaps(lay_out([TEXT])).features,
            gap_features.CLASS_FEATURES,
        ),
        (
            "furniture_model",
            furniture_features.find_candidates(lay_out([TEXT])).features,
            furniture_features.CLASS_FEATURES,
        ),
    ],
)
def test_every_question_is_about_a_feature_that_is_computed(name, features, classes):
    questions = [one for tree in load_model(name).trees for one in tree.questions]
    assert {one.feature for one in questions} <= set(features)
    assert all(one.is_class == (one.feature in classes) for one in questions)


@pytest.mark.parametrize("name", ["gap_model", "furniture_model"])
def test_no_tree_asks_more_than_a_byte_can_answer(name):
    assert all(1 <= len(tree.questions) <= 8 for tree in load_model(name).trees)


@given(st.lists(st.floats(-100, 100, width=32), max_size=9))
def test_probabilities_are_ratios(scores):
    found = probability(np.array(scores, np.float32))
    assert ((found >= 0) & (found <= 1)).all()


@given(st.lists(st.text(max_size=5), max_size=9))
def test_batches_hold_every_text_in_order(texts):
    assert [text for batch in in_batches(texts) for text in batch] == texts


@given(st.lists(st.text(max_size=30), max_size=4))
def test_a_layout_finds_every_line_that_holds_something(texts):
    lines = lay_out(texts).lines
    joined = "".join(f"{text}\n" for text in texts)
    found = [
        joined[start:end]
        for start, end in zip(lines.start.tolist(), lines.end.tolist(), strict=True)
    ]
    pages = joined.replace("\f", "\n").split("\n")
    assert found == [line.strip() for line in pages if line.strip()]
