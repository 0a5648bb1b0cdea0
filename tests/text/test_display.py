"""What a person is shown does nothing and hides nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text.display import visible

# Not from visible()'s own list: what Unicode says acts, hides or cannot be written.
ACTING_CATEGORIES = {"Cc", "Zl", "Zp", "Cs"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("目录/第一章.txt", "目录/第一章.txt"),
        ("\x1b[31m红\x1b[0m", r"\x1b[31m红\x1b[0m"),
        ("a\nb\r\tc\f", r"a\nb\r\tc\f"),
        ("\x9b2J", r"\x9b2J"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}txt.exe", r"\u202etxt.exe"),
        ("\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}", r"\u2028\u2029"),
        ("零\N{ZERO WIDTH SPACE}宽\N{ZERO WIDTH NO-BREAK SPACE}", r"零\u200b宽\ufeff"),
        ("\udcff.txt", r"\udcff.txt"),
        ("\N{TAG LATIN SMALL LETTER A}", r"\U000e0061"),
        ("\N{SOFT HYPHEN}", r"\xad"),
    ],
)
def test_what_acts_or_hides_is_shown_as_its_escape(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "全角\u3000空格与，标点。",
        "𠮷野家の𩸽、한국어, naïve — “quoted”",
        "e\N{COMBINING ACUTE ACCENT}",
        "葛\N{VARIATION SELECTOR-17}城",  # chooses a glyph, which can be seen
        r"C:\new",
    ],
)
def test_what_can_be_seen_stays(text):
    assert visible(text) == text


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_what_is_shown_can_be_written_and_stays_on_one_line(text):
    shown = visible(text)
    shown.encode("utf-8")
    assert len(shown.splitlines()) <= 1
    assert not any(unicodedata.category(character) in ACTING_CATEGORIES for character in shown)
    assert not any(
        unicodedata.bidirectional(character)
        in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        for character in shown
    )


@given(st.text())
def test_what_is_shown_is_shown_again_as_it_is(text):
    assert visible(visible(text)) == visible(text)
