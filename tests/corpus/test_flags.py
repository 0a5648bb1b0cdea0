"""Which documents a person is asked to look at, and which not."""

import pytest

from flows.corpus import flags
from flows.corpus.flags import document_flags
from flows.decoding.decoded import Decoded
from flows.edits import make_layer
from flows.pipeline import CleanText
from schemas.edit import Edit

LINES = "渡船\n停了\n雨还\n没停\n灯亮\n着。"


def flags_of(rule, scores, *of_decoding, text=LINES):
    edits = [Edit(rule, 3 * n + 2, 3 * n + 3, "", score) for n, score in enumerate(scores)]
    decoded = Decoded(text, "utf-8", "utf-8", 1.0, flags=of_decoding)
    layer = make_layer(rule.partition(".")[0], text, edits)
    return document_flags(decoded, CleanText(text, (layer,)))


def test_three_joins_of_a_low_score_ask_for_a_look():
    assert flags_of("line_breaks.sentence_cut", [0.55, 0.9, 0.6, 0.65]) == "doubtful_joins"


@pytest.mark.parametrize(
    ("rule", "scores"),
    [
        ("line_breaks.wrapped", []),
        ("line_breaks.wrapped", [0.55, 0.6]),
        ("line_breaks.wrapped", [0.7, 0.8, 0.9, 0.99, 1.0]),
        ("line_breaks.paragraph", [0.5, 0.5, 0.5, 0.5]),
        ("script.converted", [0.5, 0.5, 0.5, 0.5]),
    ],
)
def test_few_or_sure_joins_and_other_edits_ask_for_nothing(rule, scores):
    assert flags_of(rule, scores) == ""


def test_flags_are_published_once_and_in_alphabetical_order():
    found = flags_of(
        "line_breaks.wrapped", [0.6] * 3, "uncertain_encoding", "cut_characters", text=LINES + "“"
    )
    assert found == "cut_characters doubtful_joins unbalanced_quotes uncertain_encoding"


def test_columns_read_across_are_flagged_in_the_text_as_it_was_decoded(monkeypatch):
    asked = []

    def is_interleaved(text):
        asked.append(text)
        return True

    monkeypatch.setattr(flags, "is_interleaved", is_interleaved)
    assert flags_of("line_breaks.wrapped", [1.0]) == "interleaved_columns"
    assert asked == [LINES]
