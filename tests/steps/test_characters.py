"""What is repaired character by character, what stays, and that each rule has its switch."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.edits import apply_edits, make_layer, undo_layer
from flows.steps import characters
from schemas.edit import Edit
from schemas.settings import CharacterSettings

CASES = json.loads((Path(__file__).parents[1] / "cases" / "characters.json").read_text("utf-8"))
SETTINGS = CharacterSettings()
RULES = {
    characters.LINE_END: "一\r二",
    characters.CONTROL: "一\x07二",
    characters.INVISIBLE: "一\N{ZERO WIDTH SPACE}二",
    characters.SPACE: "一\N{NO-BREAK SPACE}二",
    characters.KANGXI_RADICAL: "\N{KANGXI RADICAL WATER}",
    characters.RADICAL_SUPPLEMENT: "\N{CJK RADICAL C-SIMPLIFIED HORSE}",
    characters.COMPATIBILITY_IDEOGRAPH: "\N{CJK COMPATIBILITY IDEOGRAPH-F914}",
    characters.FULLWIDTH: "\N{FULLWIDTH DIGIT ONE}",
    characters.LIGATURE: "\N{LATIN SMALL LIGATURE FI}",
    characters.ARABIC_FORM: "\N{ARABIC LETTER MEEM INITIAL FORM}",
    characters.SURROGATE: "\ud800",
    characters.NFC: "e\N{COMBINING ACUTE ACCENT}",
    characters.ELLIPSIS: "一...二",
    characters.PUNCTUATION: "一,二",
}
"""A text for each rule that it and no other rule repairs."""
ALL = CharacterSettings.model_validate(dict.fromkeys(CharacterSettings.model_fields, True))
OPTIONS = {characters.ELLIPSIS, characters.PUNCTUATION}
TOUCHY = st.lists(
    st.sampled_from(
        [
            *"".join(RULES.values()),
            *"a文가\n\f\N{IDEOGRAPHIC SPACE}\N{SOFT HYPHEN}\x02\N{CJK COMPATIBILITY IDEOGRAPH-2F800}",
            *"\N{COMBINING DOT BELOW}\N{HANGUL CHOSEONG KIYEOK}\N{HANGUL JUNGSEONG A}か",
            "\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}",
            "\N{ANGSTROM SIGN}",
            *"文水。，,.:?!()”“(",
            "...",
        ]
    )
    | st.characters(),
    max_size=12,
).map("".join)


def propose(text: str, settings: CharacterSettings = SETTINGS) -> list[Edit]:
    (edits,) = characters.propose([text], settings)
    return edits


def cleaned(text: str, settings: CharacterSettings = SETTINGS) -> str:
    return apply_edits(text, propose(text, settings))


def settings_of(case) -> CharacterSettings:
    return CharacterSettings.model_validate(case.get("settings", {}))


def marked(case: dict[str, str]):
    mark = pytest.mark.xfail(strict=True, reason="a known weakness")
    return pytest.param(case, id=case["label"], marks=[mark] if case["expect"] == "fail" else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_characters_become_what_a_reader_sees(case) -> None:
    assert cleaned(case["before"], settings_of(case)) == case["after"]


@pytest.mark.parametrize("case", [case for case in CASES if case["expect"] == "pass"], ids=str)
def test_clean_text_passes_untouched(case) -> None:
    assert propose(case["after"], settings_of(case)) == []


@pytest.mark.parametrize(("rule", "text"), RULES.items())
def test_each_rule_is_recorded_and_can_be_switched_off(rule, text) -> None:
    assert [edit.rule for edit in propose(text, ALL)] == [rule]
    off = ALL.model_copy(update={rule.partition(".")[2]: False})
    assert propose(text, off) == []


@pytest.mark.parametrize(("rule", "text"), RULES.items())
def test_only_what_changes_the_author_s_marks_is_off_by_default(rule, text) -> None:
    assert (propose(text) == []) == (rule in OPTIONS)


def test_there_is_a_switch_for_each_rule_and_no_other() -> None:
    switches = set(CharacterSettings.model_fields) - {"enabled"}
    assert {f"characters.{name}" for name in switches} == set(RULES)


def test_neighbours_of_one_rule_are_one_edit() -> None:
    text = "\N{FULLWIDTH LATIN CAPITAL LETTER A}\N{FULLWIDTH DIGIT ONE}" * 3
    assert propose(text) == [Edit(characters.FULLWIDTH, 0, 6, "A1A1A1")]


def test_a_letter_with_countless_marks_is_left_alone_rather_than_sorted() -> None:
    marks = "\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}" * 200_000
    assert propose(f"e{marks} e\N{COMBINING ACUTE ACCENT}") == [
        Edit(characters.NFC, len(marks) + 2, len(marks) + 4, "é")
    ]


either = pytest.mark.parametrize("settings", [SETTINGS, ALL], ids=["default", "all rules"])


@either
@given(text=TOUCHY)
def test_a_second_run_changes_nothing(settings, text) -> None:
    assert propose(cleaned(text, settings), settings) == []


@either
@given(text=TOUCHY)
def test_the_result_is_in_nfc_and_every_edit_inverts(settings, text) -> None:
    edits = propose(text, settings)
    after = apply_edits(text, edits)
    assert unicodedata.is_normalized("NFC", after)
    assert undo_layer(after, make_layer("characters", text, edits)) == text


@given(texts=st.lists(TOUCHY, max_size=4))
def test_texts_do_not_depend_on_their_neighbours(texts) -> None:
    assert [*characters.propose(texts, SETTINGS)] == [propose(text) for text in texts]


@given(text=st.text(st.characters(codec="gb18030", categories=["Lo", "Po", "Ps", "Pe"])))
def test_letters_and_punctuation_stay_unless_they_are_look_alikes(text) -> None:
    folded = unicodedata.normalize("NFKC", text)
    assert folded != text or propose(text) == []
