import pytest

from flows.corpus.keepers import Follower, kept_paragraphs
from flows.edits import apply_edits, make_layer
from schemas.edit import Edit

TEXT = "甲\n\n乙乙\n\n甲\n\n丙\n\n甲"


def layers_of(text, *proposals):
    layers = []
    for edits in proposals:
        layers.append(make_layer("repeats", text, edits))
        text = apply_edits(text, edits)
    return text, layers


def test_a_kept_copy_is_named_by_its_paragraph_of_the_final_text():
    cuts = [Edit("r", 5, 8, "", partner=0), Edit("r", 11, 14, "", partner=0)]
    text, layers = layers_of(TEXT, cuts, [Edit("c", 0, 0, "序\n\n")])
    assert text == "序\n\n甲\n\n乙乙\n\n丙"
    assert kept_paragraphs(text, layers, 0) == [1, 1]


def test_a_copy_kept_further_down_moves_with_what_goes_before_it():
    cuts = [Edit("r", 0, 3, "", partner=13), Edit("r", 7, 10, "", partner=13)]
    text, layers = layers_of(TEXT, cuts)
    assert text == "乙乙\n\n丙\n\n甲"
    assert kept_paragraphs(text, layers, 0) == [2, 2]


def test_a_copy_that_went_in_turn_is_followed_to_the_one_that_stayed():
    cuts = [Edit("r", 0, 3, "", partner=8), Edit("r", 5, 8, "", partner=13)]
    cuts[1] = Edit("r", 7, 10, "", partner=13)
    text, layers = layers_of(TEXT, cuts)
    assert kept_paragraphs(text, layers, 0) == [2, 2]


def test_an_edit_without_a_partner_names_no_paragraph():
    text, layers = layers_of(TEXT, [Edit("f", 0, 3, "")])
    assert kept_paragraphs(text, layers, 0) == [-1]


def test_copies_that_name_each_other_are_a_bug():
    edits = (Edit("r", 0, 3, "", partner=8), Edit("r", 7, 10, "", partner=1))
    with pytest.raises(ValueError, match="name each other"):
        Follower(make_layer("repeats", TEXT, edits)).follow(0)
