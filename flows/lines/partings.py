"""Signs that the two lines of a gap are two, in texts too short or too plain to show their habits.

List markers, code, tables, stanzas, salutations, headings, signatures, entries of forms and plays,
and blank lines that follow the end of a sentence.
"""

from typing import Final

import numpy as np

from flows.lines.classes import CLASS_OF, Class, Flags, any_of
from flows.lines.gap_facts import ENDS_SENTENCE, FEW_LINES, LINE, PAGE, Gaps
from flows.lines.joins import is_scrap, links
from flows.lines.shapes import Marker
from flows.lines.verse import in_stanza

_TRUST: Final = 20  # blank lines for each one that cuts a sentence
_HEADING_COLUMNS: Final = 40
_SALUTATION_COLUMNS: Final = 32
_IS_OPEN: Final = any_of((Class.HAN, Class.DIGIT, Class.LOWER, Class.UPPER))
_HAS_NO_CAPITALS: Final = any_of((Class.HAN, Class.KANA, Class.HANGUL))
_PAUSES: Final = any_of((Class.WIDE_COMMA, Class.COMMA))


def parted(gaps: Gaps) -> Flags:
    """Return for each gap whether something says that its lines are two."""
    before, after = gaps.before, gaps.before + 1
    code, row = gaps.looks.is_code, gaps.looks.is_row
    found: Flags = (gaps.marker[after] != Marker.NONE) | code[before] | code[after]
    found |= row[before] & row[after] | in_stanza(gaps)
    return found | is_salutation(gaps) | is_heading(gaps) | _is_signature(gaps)


def is_paragraph_end(gaps: Gaps) -> Flags:
    """Return for each gap whether a blank line follows the end of a sentence."""
    kind = gaps.kind[gaps.before + 1]
    found: Flags = (kind > LINE) & (kind < PAGE) & ENDS_SENTENCE[gaps.ends_in[gaps.before]]
    return found


def trusts_blank_lines(gaps: Gaps) -> Flags:
    """Return for each text whether blank lines hardly ever follow a full line without a mark."""
    layout, before = gaps.layout, gaps.before
    text, ends_in = layout.lines.document[before], gaps.ends_in[before]
    kind = gaps.kind[before + 1]
    is_blank = (kind > LINE) & (kind < PAGE)
    is_full = layout.reach[before] * 100 > layout.column[text] * 70
    is_cut = is_blank & is_full & (_IS_OPEN[ends_in] | _PAUSES[ends_in])
    texts = len(layout.first_line)
    cuts, blanks = (np.bincount(text, flags, minlength=texts) for flags in (is_cut, is_blank))
    trusted: Flags = cuts * _TRUST <= blanks
    return trusted


def are_labelled(gaps: Gaps) -> Flags:
    """Return for each gap whether both lines begin with a label, and the first is not full."""
    layout, before = gaps.layout, gaps.before
    labelled = gaps.looks.has_label
    text = layout.lines.document[before]
    is_full = layout.reach[before] * 100 > layout.column[text] * 85
    is_full &= (layout.end_line - layout.first_line >= FEW_LINES)[text]
    found: Flags = labelled[before] & labelled[before + 1] & ~is_full
    return found


def is_salutation(gaps: Gaps) -> Flags:
    """Return for each gap whether the line before addresses somebody, or announces."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    ends_in = gaps.ends_in[before]
    # German and French go on with a small letter after the salutation that opens a letter.
    opens = before == layout.first_line[layout.lines.document[before]]
    goes_on = (gaps.begins_with[after] == Class.UPPER) | opens & (gaps.kind[after] > LINE)
    address = (ends_in == Class.COMMA) & (layout.width[before] <= _SALUTATION_COLUMNS) & goes_on
    found: Flags = address | (ends_in == Class.COLON)
    return found


def is_heading(gaps: Gaps) -> Flags:
    """Return for each gap whether a short line without any mark stands apart before it."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    counts = layout.counts
    bare = counts["commas"] + counts["stops"] + counts["opening"] == 0
    is_apart = (gaps.kind[after] > LINE) & (gaps.kind[after] < PAGE)
    narrow = layout.width[before] <= _HEADING_COLUMNS
    is_latin = _IS_OPEN[gaps.ends_in[before]] & (gaps.begins_with[after] == Class.UPPER)
    is_title = _HAS_NO_CAPITALS[CLASS_OF[layout.code_from_end(0)[before]]] | is_latin
    found: Flags = is_apart & narrow & bare[before] & is_title
    return found & ~links(gaps) & ~is_scrap(gaps)


def _is_signature(gaps: Gaps) -> Flags:
    """Return for each gap whether both lines are a few words, the second with a capital."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    is_few = (layout.width <= _SALUTATION_COLUMNS) & _IS_OPEN[gaps.ends_in]
    begins_with = gaps.begins_with[after]
    capital = (begins_with == Class.UPPER) | (begins_with == Class.DIGIT)
    latin = ~layout.is_chinese[layout.lines.document[before]]
    found: Flags = is_few[before] & is_few[after] & capital & latin
    found &= gaps.features["links"] == 0
    return found
