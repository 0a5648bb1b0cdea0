"""Features of a gap that its two lines show by themselves: marks, characters, words and contents."""

from typing import Final

import numpy as np

from flows.lines.classes import Class, Flags, characters
from flows.lines.gap_facts import LINE, Gaps
from flows.lines.model import Column
from flows.lines.scales import Scale, presence
from flows.lines.shapes import Marker, WordList, letter_classes
from flows.lines.windows import Ints

_IS_LINKING_HAN: Final = characters(
    "的和与與在是对對把被將将及或以為为從从向於于之而但其這这那个個並并等使让讓由所不很更最也都就還还要會会能可"
)
_IS_BOUND_HAN: Final = characters("的了着著過过们們地得之等者性化員员")
_LINKING_WORDS: Final = WordList(
    "the of and a to in or for with that is was as by at an from his her its my our are be were "
    "this which not on if but had has have who than into your their no so more such when will"
)
_LONGEST_MARKER: Final = 5  # "（十二）"
_COUNT: Final = Scale(1, 2, 3, 5)
_WORDS: Final = Scale(2, 3, 5, 9)


def at_the_gap(gaps: Gaps) -> dict[str, Column]:
    """Return what stands right before and right after each gap."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    ends_in = gaps.ends_in[before]
    last_point = layout.points[layout.lines.end[before] - 1]
    first_point = layout.points[layout.lines.start[after]]
    linking_word = _LINKING_WORDS.begin(layout, layout.lines.last_word[before])
    return {
        "gap": gaps.kind[after],
        "ends_in": ends_in,
        "begins_with": gaps.begins_with[after],
        "ends_in_second": letter_classes(layout.code_from_end(1))[before],
        "begins_with_second": letter_classes(layout.code_from_start(1))[after],
        "links": np.where(
            ends_in == Class.HAN,
            2 * _IS_LINKING_HAN[np.minimum(last_point, 0xFFFF)],
            linking_word & (ends_in == Class.LOWER),
        ).astype(np.uint8),
        "is_bound": _IS_BOUND_HAN[np.minimum(first_point, 0xFFFF)].view(np.uint8),
    }


def contents(gaps: Gaps) -> dict[str, Column]:
    """Return what the two lines hold and how they begin."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    counts = layout.counts
    lines = layout.lines
    code, row = gaps.looks.is_code, gaps.looks.is_row
    punctuation = presence(counts["commas"] > 0) + 2 * presence(counts["stops"] > 1)
    is_capital = presence((counts["upper"] > 2) & (counts["lower"] == 0))  # noqa: PLR2004 - "No."
    balance = counts["opening"] - counts["closing"]
    carried = np.where(gaps.kind[before] == LINE, balance[np.maximum(before - 1, 0)], 0)
    return {
        "marker": gaps.marker[before],
        "next_marker": gaps.marker[after],
        "code": _COUNT(counts["code"][before]),
        "next_code": _COUNT(counts["code"][after]),
        "holes": _COUNT(layout.gaps_in_line[before]),
        "next_holes": _COUNT(layout.gaps_in_line[after]),
        "is_capital": is_capital[before],
        "next_is_capital": is_capital[after],
        "punctuation": punctuation[before],
        "next_punctuation": punctuation[after],
        "opened": _sign(balance[before]),
        "opened_in_two": _sign(balance[before] + carried),
        "words": _WORDS((lines.last_word - lines.first_word + 1)[before]),
        "next_is_date": presence((counts["digits"] > 0) & (layout.width < 30))[after],  # noqa: PLR2004 - columns of a date
        "line_begins_with": gaps.begins_with[before],
        "is_bare_marker": presence(_is_bare_marker(gaps))[before],
        "looks_like_code": presence(code[before]) + 2 * presence(code[after]),
        "looks_like_row": presence(row[before]) + 2 * presence(row[after]),
        "next_has_label": presence(gaps.looks.has_label)[after],
    }


def _is_bare_marker(gaps: Gaps) -> Flags:
    """Return for each line whether it is a list marker and nothing else."""
    lines = gaps.layout.lines
    found: Flags = (
        (gaps.marker != Marker.NONE)
        & (lines.end - lines.start <= _LONGEST_MARKER)
        & (lines.first_word == lines.last_word)
    )
    found &= (gaps.marker != Marker.ORDINAL) & (gaps.marker != Marker.HEADING_WORD)
    return found


def _sign(balance: Ints) -> Column:
    return (np.sign(balance) + 1).astype(np.uint8)
