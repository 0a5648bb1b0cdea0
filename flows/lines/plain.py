"""Plain rules for texts that are too short, or not wrapped at all, to show their habits.

A text of a few lines has no column whose width could be estimated, and where each line is a
paragraph a line's width says only how long the paragraph is. There the scored model is led by
what remains: marks and words at the gap. These rules settle the clear cases and leave the others
to the model. First come the reasons to part two lines: list markers, code, tables, stanzas,
salutations and headings; then the reasons to join them, each a sign of a sentence that is not
over. In unwrapped texts a Chinese line of thirty characters that ends in no mark at all is taken
to go on: it is too long for a heading. Some rules hold for every text: what stands between two code
fences stays, a line whose dots lead to a number is an entry of a contents page, lines that each
begin with a label are entries of a form, a log or a play, and narrow lines of uneven length, or of
one length that all end in a mark, are verse.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from flows.lines.classes import CLASS_OF, Class, Flags, any_of, characters
from flows.lines.gap_features import ENDS_SENTENCE, LINE, PAGE, UNWRAPPED_COLUMNS, Gaps
from flows.lines.layout import Layout
from flows.lines.shapes import Marker, WordList
from flows.lines.windows import Ints, range_sums

Scores = npt.NDArray[np.float64]

_FEW_LINES: Final = 8  # below, snippets of the development data were judged better by these rules
_JOINED: Final = 0.97
_PARTED: Final = 0.03

_TRUST: Final = 20  # blank lines for each one that cuts a sentence
_NARROW_COLUMNS: Final = 28  # fourteen Chinese characters
_LONG_COLUMNS: Final = 60  # thirty Chinese characters
_HEADING_COLUMNS: Final = 40
_SALUTATION_COLUMNS: Final = 32
_VERSE_COLUMNS: Final = 40
_REGULAR_COLUMNS: Final = 32  # two halves of seven characters and their marks
_STANZA_LINES: Final = 3
_ONE_CHARACTER: Final = 2  # columns
_PROSE_HAN: Final = 5
_SENTENCE_WORDS: Final = 4

_PARTS_CLAUSES: Final = any_of(
    (Class.WIDE_COMMA, Class.COMMA, Class.WIDE_STOP, Class.STOP, Class.SEMICOLON)
)
_IS_OPEN: Final = any_of((Class.HAN, Class.DIGIT, Class.LOWER, Class.UPPER))
_HAS_NO_CAPITALS: Final = any_of((Class.HAN, Class.KANA, Class.HANGUL))
_PAUSES: Final = any_of((Class.WIDE_COMMA, Class.COMMA))
_ENDS_VERSE: Final = _PAUSES | ENDS_SENTENCE
_LINKS: Final = characters("的和与與在是对對把被将將及或从從向但这這并並使让讓由很更最也都就还還")
_DATE_UNITS: Final = characters("年月")
_DATE_ENDS: Final = characters("月日号號")
_TITLES: Final = WordList("Mr. Mrs. Ms. Dr. St. Prof. Messrs. Mme. Fr. Rev. Capt. Sgt.")
_PRONOUNS: Final = characters("我你您他她它咱谁誰是嗯唉啊好对對不没沒有来來喂看")


def plain_rules(gaps: Gaps, score: Scores) -> Scores:
    """Return the scores, settled by rules where the text is short or unwrapped.

    Args:
        gaps: The gaps of a batch.
        score: Of each gap, the model's probability that its two lines are one.
    """
    layout = gaps.layout
    text = layout.lines.document[gaps.before]
    is_short = (layout.end_line - layout.first_line < _FEW_LINES)[text]
    is_unwrapped = (layout.column > UNWRAPPED_COLUMNS)[text]
    entries = gaps.looks.has_leader[gaps.before] | _are_labelled(gaps)
    entries |= gaps.looks.is_fenced[gaps.before] & gaps.looks.is_fenced[gaps.before + 1]
    settled = np.where(entries | _is_free_verse(gaps) | _is_regular_verse(gaps), _PARTED, score)
    trusted = is_short | is_unwrapped | _trusts_blank_lines(gaps)[text]
    settled = np.where(trusted & _is_paragraph_end(gaps), _PARTED, settled)
    if not (is_short.any() or is_unwrapped.any()):
        return settled
    parted, joined = _parted(gaps), _joined(gaps)
    apart = _is_heading(gaps) | _is_salutation(gaps)
    settled = np.where((is_short | is_unwrapped) & apart, _PARTED, settled)
    settled = np.where(is_short & parted, _PARTED, settled)
    joins = is_short & (joined & ~parted | _surely_joined(gaps))
    joins |= is_unwrapped & ~parted & _is_cut(gaps)
    return np.where(joins & ~entries, _JOINED, settled)


def _parted(gaps: Gaps) -> Flags:
    """Return for each gap whether something says that its lines are two."""
    before, after = gaps.before, gaps.before + 1
    code, row = gaps.looks.is_code, gaps.looks.is_row
    found: Flags = (gaps.marker[after] != Marker.NONE) | code[before] | code[after]
    found |= row[before] & row[after] | _in_stanza(gaps)
    return found | _is_salutation(gaps) | _is_heading(gaps) | _is_signature(gaps)


def _is_paragraph_end(gaps: Gaps) -> Flags:
    """Return for each gap whether a blank line follows the end of a sentence."""
    kind = gaps.kind[gaps.before + 1]
    found: Flags = (kind > LINE) & (kind < PAGE) & ENDS_SENTENCE[gaps.ends_in[gaps.before]]
    return found


def _trusts_blank_lines(gaps: Gaps) -> Flags:
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


def _are_labelled(gaps: Gaps) -> Flags:
    """Return for each gap whether both lines begin with a label, and the first is not full."""
    layout, before = gaps.layout, gaps.before
    labelled = gaps.looks.has_label
    text = layout.lines.document[before]
    is_full = layout.reach[before] * 100 > layout.column[text] * 85
    is_full &= (layout.end_line - layout.first_line >= _FEW_LINES)[text]
    found: Flags = labelled[before] & labelled[before + 1] & ~is_full
    return found


def _is_free_verse(gaps: Gaps) -> Flags:
    """Return for each gap whether its text is Chinese with narrow lines of uneven length.

    A column of print as narrow as that is filled by most of its lines.
    """
    layout = gaps.layout
    text = layout.lines.document
    is_full = layout.reach + 2 >= layout.column[text]
    is_narrow = layout.is_chinese & (layout.column <= _NARROW_COLUMNS)
    uneven = layout.per_text(is_full) * 2 < layout.end_line - layout.first_line
    found: Flags = (is_narrow & uneven)[text[gaps.before]] & (gaps.kind[gaps.before + 1] < PAGE)
    return found & (layout.end_line - layout.first_line >= _FEW_LINES)[text[gaps.before]]


def _is_regular_verse(gaps: Gaps) -> Flags:
    """Return for each gap whether it lies in a Chinese stanza of even lines, or above one.

    Lines of prose may end in a mark by chance, but not several narrow ones below each other, all
    of one width. The bare line right above such a stanza is its title.
    """
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    text = layout.lines.document
    is_single = gaps.kind[after] == LINE
    is_verse = _ENDS_VERSE[gaps.ends_in] & (layout.width <= _REGULAR_COLUMNS)
    is_verse &= layout.is_chinese[text]
    links = is_single & is_verse[before] & is_verse[after]
    links &= layout.width[before] == layout.width[after]
    begins = np.ones(len(layout.lines), np.bool_)
    begins[after[links]] = False
    first = np.flatnonzero(begins)
    run = np.cumsum(begins) - 1
    lines = np.diff(first, append=len(begins))
    is_stanza = (lines >= _STANZA_LINES)[run]
    titled = is_single & begins[after] & is_stanza[after]
    titled &= _IS_OPEN[gaps.ends_in[before]] & (layout.width[before] <= layout.width[after])
    found: Flags = links & is_stanza[before] | titled
    return found


def _is_salutation(gaps: Gaps) -> Flags:
    """Return for each gap whether the line before addresses somebody, or announces."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    ends_in = gaps.ends_in[before]
    # German and French go on with a small letter after the salutation that opens a letter.
    opens = before == layout.first_line[layout.lines.document[before]]
    goes_on = (gaps.begins_with[after] == Class.UPPER) | opens & (gaps.kind[after] > LINE)
    address = (ends_in == Class.COMMA) & (layout.width[before] <= _SALUTATION_COLUMNS) & goes_on
    found: Flags = address | (ends_in == Class.COLON)
    return found


def _is_heading(gaps: Gaps) -> Flags:
    """Return for each gap whether a short line without any mark stands apart before it."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    counts = layout.counts
    bare = counts["commas"] + counts["stops"] + counts["opening"] == 0
    is_apart = (gaps.kind[after] > LINE) & (gaps.kind[after] < PAGE)
    narrow = layout.width[before] <= _HEADING_COLUMNS
    is_latin = _IS_OPEN[gaps.ends_in[before]] & (gaps.begins_with[after] == Class.UPPER)
    is_title = _HAS_NO_CAPITALS[CLASS_OF[layout.code_from_end(0)[before]]] | is_latin
    found: Flags = is_apart & narrow & bare[before] & is_title
    return found & ~_links(gaps) & ~_is_scrap(gaps)


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


def _in_stanza(gaps: Gaps) -> Flags:
    """Return for each gap whether all lines around it are short, and all or none end in a mark.

    With marks they are verse; without any they are verse, a list of names, or a signature and its
    date. Verse may also close with its only mark: lines of one width are then prose in a column,
    which every line but the last would fill.
    """
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    starts = gaps.kind > LINE
    first = np.flatnonzero(starts)
    end = np.append(first[1:], len(starts))
    stanza = (np.cumsum(starts) - 1)[before]

    def all_are(flags: Flags) -> Flags:
        found: Flags = (range_sums(flags, first, end) == end - first)[stanza]
        return found

    verse = (layout.width <= _VERSE_COLUMNS) & _ENDS_VERSE[gaps.ends_in]
    alike = np.abs(layout.width[before] - layout.width[after]) <= 2 * _ONE_CHARACTER
    alike |= gaps.ends_in[before] != Class.WIDE_COMMA
    bare = _is_bare(gaps)
    closing = np.zeros(len(starts), np.bool_)
    closing[end - 1] = _closes_bare_line(gaps)[end - 1]
    uneven = _is_uneven(layout.width, first, end)[stanza]
    in_bare = all_are(bare) & ~_links(gaps) | all_are(bare | closing) & uneven
    found: Flags = (gaps.kind[after] == LINE) & (all_are(verse) & alike | in_bare)
    return found


def _is_bare(gaps: Gaps) -> Flags:
    """Return for each line whether it is narrow, holds no mark and ends in no Latin letter."""
    layout, counts = gaps.layout, gaps.layout.counts
    found: Flags = (layout.width <= _NARROW_COLUMNS) & (counts["commas"] + counts["stops"] == 0)
    found &= _HAS_NO_CAPITALS[CLASS_OF[layout.code_from_end(0)]]
    return found


def _closes_bare_line(gaps: Gaps) -> Flags:
    """Return for each line whether it is narrow and its only mark is the full stop at its end."""
    layout, counts = gaps.layout, gaps.layout.counts
    found: Flags = (layout.width <= _NARROW_COLUMNS) & (counts["commas"] == 0)
    found &= (counts["stops"] == 1) & (gaps.ends_in == Class.WIDE_STOP)
    return found


def _is_uneven(width: Ints, first: Ints, end: Ints) -> Flags:
    """Return for each stanza whether lines below each other differ by a character; not the last."""
    differs = np.append(np.abs(np.diff(width)) >= _ONE_CHARACTER, False)
    found: Flags = range_sums(differs, first, np.maximum(end - 2, first)) > 0
    return found


def _joined(gaps: Gaps) -> Flags:
    """Return for each gap whether something says that the sentence goes on over it."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    counts = layout.counts
    ends_in, begins_with = gaps.ends_in[before], gaps.begins_with[after]
    is_open = _IS_OPEN[ends_in]
    chinese_prose = counts["han"][before] >= _PROSE_HAN
    number = chinese_prose & (ends_in == Class.DIGIT) & (begins_with == Class.HAN)
    lower = (ends_in == Class.LOWER) | (ends_in == Class.COMMA)
    lower &= (begins_with == Class.LOWER) & _is_sentence(gaps)
    typeset = ends_in == Class.TYPESET_HYPHEN
    hyphen = (typeset | (ends_in == Class.HYPHEN)) & (begins_with == Class.LOWER)
    hyphen |= typeset & (begins_with == Class.DIGIT)
    hyphen &= gaps.features["ends_in_second"] == begins_with
    found: Flags = is_open & chinese_prose & (_links(gaps) | _is_scrap(gaps))
    found |= number | lower | hyphen
    return found


def _surely_joined(gaps: Gaps) -> Flags:
    """Return for each gap whether a number, name, title, quotation or item goes on over it."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    balance = layout.counts["opening"] - layout.counts["closing"]
    unended = _IS_OPEN[gaps.ends_in[before]] | _PAUSES[gaps.ends_in[before]]
    quoted = (balance[before] > 0) & (balance[after] < 0)
    quoted &= (gaps.marker[after] == Marker.NONE) & ~gaps.looks.is_code[after]
    hangs = layout.indent[after] >= layout.indent[before] + 2
    item = (gaps.marker[before] != Marker.NONE) & (gaps.marker[after] == Marker.NONE) & hangs
    item &= gaps.kind[after] == LINE
    title = _TITLES.begin(layout, layout.lines.last_word[before])
    title &= gaps.begins_with[after] == Class.UPPER
    found: Flags = _is_decimal(gaps) | _is_date(gaps) | title | unended & (quoted | item)
    return found | _is_subject(gaps)


def _is_subject(gaps: Gaps) -> Flags:
    """Return for each gap whether a title parts before the 的 that ``关于`` asks for.

    Official titles run over two lines: "关于开展春季渡口安全" / "检查工作的通知".
    """
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    lines, points = layout.lines, layout.points
    second = points[np.minimum(lines.start + 1, lines.end - 1)]
    about = (points[lines.start] == ord("关")) & (second == ord("于"))
    about |= (points[lines.start] == ord("關")) & (second == ord("於"))
    about &= (layout.counts["han"] > _PROSE_HAN) & (gaps.ends_in == Class.HAN)
    has_particle = range_sums(points == ord("的"), lines.start, lines.end) > 0
    found: Flags = about[before] & ~has_particle[before] & has_particle[after]
    found &= (gaps.kind[after] == LINE) & (gaps.ends_in[after] == Class.HAN)
    return found


def _is_decimal(gaps: Gaps) -> Flags:
    """Return for each gap whether it parts a number in Chinese prose at its decimal point."""
    found: Flags = gaps.layout.counts["han"][gaps.before] >= _PROSE_HAN
    found &= gaps.ends_in[gaps.before] == Class.STOP
    found &= gaps.features["ends_in_second"] == Class.DIGIT
    found &= gaps.begins_with[gaps.before + 1] == Class.DIGIT
    return found


def _is_date(gaps: Gaps) -> Flags:
    """Return for each gap whether it parts a date in Chinese prose before its month or day."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    found: Flags = layout.counts["han"][before] >= _PROSE_HAN
    found &= gaps.features["ends_in_second"] == Class.DIGIT
    found &= _DATE_UNITS[_points(gaps, layout.lines.end[before] - 1)]
    found &= gaps.begins_with[after] == Class.DIGIT
    at = layout.lines.start[after] + 1
    unit = np.where(CLASS_OF[layout.code_from_start(1)[after]] == Class.DIGIT, at + 1, at)
    return found & _DATE_ENDS[_points(gaps, np.minimum(unit, layout.lines.end[after] - 1))]


def _is_sentence(gaps: Gaps) -> Flags:
    lines, before = gaps.layout.lines, gaps.before
    found: Flags = (lines.last_word - lines.first_word)[before] + 1 >= _SENTENCE_WORDS
    return found


def _links(gaps: Gaps) -> Flags:
    """Return for each gap whether the line ends in a Chinese word that links to the next."""
    last = _points(gaps, gaps.layout.lines.end[gaps.before] - 1)
    found: Flags = _LINKS[last]
    return found


def _is_scrap(gaps: Gaps) -> Flags:
    """Return for each gap whether the next line begins with the last character of a clause."""
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    first = _points(gaps, layout.lines.start[after])
    second = gaps.features["begins_with_second"]
    closes = (second == Class.WIDE_COMMA) | (second == Class.WIDE_STOP)
    is_han = (gaps.begins_with[after] == Class.HAN) & (gaps.ends_in[before] == Class.HAN)
    found: Flags = is_han & closes & ~_PRONOUNS[first]
    return found


def _points(gaps: Gaps, places: Ints) -> Ints:
    return np.minimum(gaps.layout.points[places], 0xFFFF).astype(np.int64)


def _is_cut(gaps: Gaps) -> Flags:
    """Return for each gap whether a line too long for a heading ends without any mark.

    It has one further inside, though: the headlines of news are long, but bare.
    """
    before, after = gaps.before, gaps.before + 1
    begins_with = gaps.begins_with[after]
    is_long = gaps.layout.width[before] >= _LONG_COLUMNS
    is_long &= _has_clauses(gaps.layout)[before]
    chinese = (gaps.ends_in[before] == Class.HAN) & (begins_with == Class.HAN)
    latin = (gaps.ends_in[before] == Class.LOWER) & (begins_with == Class.LOWER)
    found: Flags = is_long & (chinese | latin)
    return found


def _has_clauses(layout: Layout) -> Flags:
    """Return for each line whether a mark parts it into clauses; an enumeration comma does not."""
    is_mark = _PARTS_CLAUSES[layout.classes] & (layout.points != ord("、"))
    lines = layout.lines
    found: Flags = range_sums(is_mark, lines.start, lines.end - 1) > 0
    return found
