import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.edits import OverlappingEditsError, apply_edits, compose, make_layer, undo_layer
from schemas.edit import Edit

LETTERS = st.sampled_from("校勘 a\n\N{IDEOGRAPHIC SPACE}\N{CJK UNIFIED IDEOGRAPH-20000}")


@st.composite
def edited_texts(draw) -> tuple[str, list[Edit]]:
    """Draw a text and any edits that a step may propose for it, touching and empty ones too."""
    text = draw(st.text(LETTERS, max_size=30))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    spans = zip(cuts[::2], cuts[1::2], strict=False)
    return text, [Edit("test.any", a, b, draw(st.text(LETTERS, max_size=3))) for a, b in spans]


@given(edited_texts())
def test_undoing_gives_back_what_the_step_was_given(drawn) -> None:
    text, edits = drawn
    assert undo_layer(apply_edits(text, edits), make_layer("test", text, edits)) == text


@given(edited_texts())
def test_lengths_add_up(drawn) -> None:
    text, edits = drawn
    deleted = sum(edit.end - edit.start for edit in edits)
    inserted = sum(len(edit.after) for edit in edits)
    assert len(apply_edits(text, edits)) == len(text) - deleted + inserted


@given(st.text(LETTERS))
def test_no_edits_change_nothing(text) -> None:
    assert apply_edits(text, []) == text


@pytest.mark.parametrize(
    "edits",
    [
        [Edit("t.a", 0, 2, ""), Edit("t.b", 1, 3, "")],
        [Edit("t.a", 2, 3, ""), Edit("t.b", 0, 1, "")],
        [Edit("t.a", 2, 1, "")],
        [Edit("t.a", 1, 4, "")],
        [Edit("t.a", -1, 1, "")],
    ],
    ids=["overlapping", "descending", "reversed", "beyond the end", "before the start"],
)
def test_edits_that_no_step_may_propose_are_an_error(edits) -> None:
    with pytest.raises(OverlappingEditsError, match=r"t\.[ab] claims"):
        apply_edits("abc", edits)


def test_undoing_refuses_a_text_that_the_edits_did_not_make() -> None:
    layer = make_layer("test", "ab", [Edit("test.any", 0, 1, "x")])
    with pytest.raises(ValueError, match="did not make this text"):
        undo_layer("yb", layer)


@given(edited_texts(), st.data())
def test_two_passes_composed_do_what_both_do(drawn, data) -> None:
    text, first = drawn
    between = apply_edits(text, first)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(between)), max_size=8)))
    spans = zip(cuts[::2], cuts[1::2], strict=False)
    second = [Edit("test.second", a, b, data.draw(st.text(LETTERS, max_size=3))) for a, b in spans]
    assert apply_edits(text, compose(text, first, second)) == apply_edits(between, second)
