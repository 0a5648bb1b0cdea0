"""Which lines are page furniture: page numbers, running heads and feet.

Furniture shows by what it does over a document, seldom by one line: its number counts up from
page to page, its words come again at the distance of a page, it stands near a form feed, next to
blank lines, and the sentence goes on behind it. A page number in a form that nothing else has,
such as a number between two dashes, is furniture wherever it stands alone.

Left alone on purpose: lines that come again within a few lines (log lines, code, refrains, table
rows), headings whose numbers count up with text of their own, and full lines that end a sentence.
Losing body text is worse than keeping a page number, so the scored decision asks for more than
even odds.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.lines.classes import Class, Flags, any_of
from flows.lines.gap_features import ENDS_SENTENCE, Scale
from flows.lines.layout import Layout, lay_out
from flows.lines.model import Column, load_model, probability
from flows.lines.shapes import beginnings, ends, markers
from flows.lines.windows import FAR, Ints, distances

Keys = npt.NDArray[np.uint64]

# Forms of a page number; 9 stands for any number, and white space does not count.
_SURE_FORMS: Final = (
    *("-9-", "\N{HYPHEN}9\N{HYPHEN}", "–9–", "—9—", "－9－", "──9──", "——9——", "~9~"),
    *("第9页", "第9頁", "第9页共9页", "第9頁共9頁", "第9页/共9页", "第9頁/共9頁", "共9页第9页"),
    *("共9頁第9頁", "第9页，共9页", "第9頁，共9頁", "第9页(共9页)", "第9页（共9页）"),
    *("Page9of9", "page9of9", "PAGE9OF9", "Page9/9", "Seite9von9", "9ページ", "-9쪽-"),
)
_POSSIBLE_FORMS: Final = (
    *("9", "9/9", "9of9", "Page9", "page9", "PAGE9", "p.9", "P.9", "Seite9", "页9", "頁9", "P9"),
    *("[9]", "(9)", "·9·", "•9•", "|9|", "9|", "|9", "-9", "9-", "第9版", "9年9月9日第9版", "9页"),
)

_PAGE_DISTANCE: Final = 2  # the step of 150 code points: no page of prose is shorter
_BESIDE_NUMBERS: Final = 0.95
_WIDEST: Final = 100  # columns; a running head leaves room
_LONGEST: Final = 120  # code points
_SMALLEST_PAGE: Final = 90  # code points between two page numbers that count up
_MOST_SKIPPED: Final = 3  # pages without a number between two that have one
_DIGITS_READ: Final = 6

_IS_UNFINISHED: Final = any_of((Class.WIDE_COMMA, Class.COMMA, Class.SEMICOLON))
_ENDS_HEAD: Final = any_of((Class.HAN, Class.LOWER, Class.UPPER, Class.CLOSING_BRACKET))
_COUNT: Final = Scale(1, 2, 3, 5)
_CHAIN: Final = Scale(2, 3, 4, 6)
_REPEATS: Final = Scale(2, 3, 4, 6, 12)
_DISTANCE: Final = Scale(60, 150, 300, 600, 1200)
_REGULAR: Final = Scale(110, 140, 200, 360, 800)
_COVER: Final = Scale(10, 30, 50, 70, 85)
_EDGE_SHARE: Final = Scale(3, 12, 30, 55, 80)
_NEAR: Final = Scale(2, 3, 5)
_FILL: Final = Scale(15, 30, 50, 70, 90)
_PER_PAGE: Final = Scale(20, 40, 60, 80, 101, 130)
_WORDS: Final = Scale(2, 3, 5, 9)
_SIZE: Final = Scale(3, 5, 9, 15, 25, 41)
_LINES: Final = Scale(3, 5, 9, 16, 40)

CLASS_FEATURES: Final = frozenset({"ends_in", "begins_with", "marker"})


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Lines that may be furniture, and what is known of them.

    Attributes:
        line: Numbers of the lines.
        is_sure: Whether the line is a page number in a form that nothing else has.
        is_number: Whether the line is nothing but a page number.
        features: For each candidate, the named columns.
    """

    line: Ints
    is_sure: Flags
    is_number: Flags
    stem: Keys
    features: dict[str, Column]


def find_furniture(
    layout: Layout, least_score: float
) -> tuple[Ints, Flags, npt.NDArray[np.float64]]:
    """Return the lines that are furniture, whether each is a page number, and how sure that is.

    Args:
        layout: The batch.
        least_score: Probability from which a line counts as furniture.

    A text of nothing but furniture keeps it: something has to be left to read.
    """
    found = find_candidates(layout)
    if not len(found.line):
        return found.line, found.is_number, np.zeros(0)
    score = probability(load_model("furniture_model").score(found.features))
    score = np.where(_beside_numbers(layout, found), np.maximum(score, _BESIDE_NUMBERS), score)
    score = np.where(found.is_sure, 1.0, score)
    text = layout.lines.document[found.line]
    stays = _is_title(layout, found.line) | _is_refrain(layout, found)
    stays = np.where(found.is_number, _is_lone_number(found), stays)
    is_furniture = (score >= least_score) & ~stays
    removed = np.bincount(text, is_furniture, minlength=len(layout.first_line))
    is_furniture &= (removed < layout.end_line - layout.first_line)[text]
    return found.line[is_furniture], found.is_number[is_furniture], score[is_furniture]


def _is_title(layout: Layout, line: Ints) -> Flags:
    """Return for each line whether it is the first of its text, and prose follows.

    A running head that opens the text is also its title, unless another heading follows it.
    """
    text = layout.lines.document[line]
    following = np.minimum(line + 1, len(layout.lines) - 1)
    is_prose = layout.width[following] * 2 > layout.column[text]
    is_prose |= ENDS_SENTENCE[ends(layout)[following]]
    found: Flags = (line == layout.first_line[text]) & is_prose
    return found


def _is_lone_number(found: Candidates) -> Flags:
    """Return for each candidate whether it counts with no other, and no page ends beside it."""
    features = found.features
    at_edge = (features["has_pages"] > 0) & (features["edge"] <= 1)
    lone: Flags = (features["chain"] == 0) & ~at_edge & ~found.is_sure
    return lone


def _is_refrain(layout: Layout, found: Candidates) -> Flags:
    """Return for each candidate whether it comes again sooner than any page ends.

    Where form feeds or page numbers show the pages, they tell more than the distance does.
    """
    text = layout.lines.document[found.line]
    texts = len(layout.first_line)
    counted = (found.features["chain"] > 0) | found.is_sure
    has_numbers = np.bincount(text, counted, minlength=texts) > 1
    shows_pages = has_numbers[text] | (found.features["has_pages"] > 0)
    refrain: Flags = ~shows_pages & (found.features["nearest"] < _PAGE_DISTANCE)
    return refrain


def _beside_numbers(layout: Layout, found: Candidates) -> Flags:
    """Return for each candidate whether it comes again, each time beside a sure page number.

    Blank lines part it from what is around it. The first copy may stand elsewhere: that is the
    title which the others repeat.
    """
    lines, document = len(layout.lines), layout.lines.document
    is_sure = np.zeros(lines + 2, np.bool_)
    is_sure[found.line[found.is_sure] + 1] = True
    features = found.features
    is_apart = (features["room_before"] > 1) & (features["room_after"] > 1)
    is_head = is_apart & _ENDS_HEAD[features["ends_in"]] & (features["size"] > 0)
    beside = (is_sure[found.line] | is_sure[found.line + 2]) & is_head
    group = _groups(document[found.line], found.stem).number
    copies, copies_beside = np.bincount(group), np.bincount(group, beside)
    always = (copies_beside >= 2) & (copies_beside >= copies - 1)  # noqa: PLR2004 - it comes again
    recurs: Flags = beside & always[group] & ~found.is_sure
    return recurs


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """What candidates say, as numbers.

    Attributes:
        stem: Hash of the line without white space and numbers.
        form: Hash of the line without white space, each number told as one 9.
        first: The first number in the line; -9 for none.
        last: The last one.
        count: How many there are.
    """

    stem: Keys
    form: Keys
    first: Ints
    last: Ints
    count: Ints


def _hash_sums(points: Ints, owner: Ints, owners: int) -> Keys:
    """Return one hash an owner, of its points in order; ``owner`` ascends."""
    size = np.bincount(owner, minlength=owners)
    first = np.cumsum(size) - size
    place = np.arange(len(owner)) - first[owner]
    mixed = (points + (place << 21) + 1).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    sums = np.zeros(len(owner) + 1, np.uint64)
    np.cumsum(mixed, out=sums[1:])
    hashes: Keys = sums[first + size] - sums[first]
    return hashes


def _read(layout: Layout, line: Ints) -> _Words:
    start, length = layout.lines.start[line], (layout.lines.end - layout.lines.start)[line]
    owner = np.repeat(np.arange(len(line)), length)
    place = np.arange(len(owner)) - (np.cumsum(length) - length)[owner] + start[owner]
    points, classes = layout.points[place].astype(np.int64), layout.classes[place]
    is_digit = classes == Class.DIGIT
    continues = np.append(False, is_digit[:-1] & (owner[1:] == owner[:-1]))[: len(owner)]
    leads = is_digit & ~continues
    is_ink = classes > Class.BREAK
    is_ink |= classes == Class.OTHER
    stem, form = is_ink & ~is_digit, is_ink & (~is_digit | leads)
    first, last, count = _numbers(points, is_digit, leads, owner, len(line))
    return _Words(
        stem=_hash_sums(points[stem], owner[stem], len(line)),
        form=_hash_sums(np.where(is_digit, ord("9"), points)[form], owner[form], len(line)),
        first=first,
        last=last,
        count=count,
    )


def _numbers(
    points: Ints, is_digit: Flags, leads: Flags, owner: Ints, owners: int
) -> tuple[Ints, Ints, Ints]:
    """Return the first and the last number of each owner, and how many it has."""
    start = np.flatnonzero(leads)
    value = np.zeros(len(start), np.int64)
    still = np.ones(len(start), np.bool_)
    for distance in range(_DIGITS_READ):
        at = np.minimum(start + distance, len(points) - 1)
        still &= (start + distance < len(points)) & is_digit[at]
        if distance:
            still &= ~leads[at]
        digit = (points[at] - ord("0")) % (0xFF10 - ord("0"))  # full-width digits too
        value = np.where(still, value * 10 + digit, value)
    whose = owner[start]
    first, last = np.full(owners, -9), np.full(owners, -9)
    first[whose[::-1]] = value[::-1]
    last[whose] = value
    return first, last, np.bincount(whose, minlength=owners)


def _form_hashes(forms: tuple[str, ...]) -> Keys:
    layout = lay_out(forms)
    return np.unique(_read(layout, np.arange(len(layout.lines))).form)


_SURE_HASHES: Final = _form_hashes(_SURE_FORMS)
_FORM_HASHES: Final = _form_hashes(_SURE_FORMS + _POSSIBLE_FORMS)


def _comes_again(layout: Layout) -> Flags:
    """Return whether two other lines of the text share width and outer characters with a line.

    A sieve before the exact comparison; it lets through too much, never too little.
    """
    lines, points = layout.lines, layout.points
    ends_of_line = np.stack(
        [
            points[lines.start],
            points[np.minimum(lines.start + 1, lines.end - 1)],
            points[lines.end - 1],
        ]
    ).astype(np.uint64)
    key = layout.width.astype(np.uint64) | lines.document.astype(np.uint64) << np.uint64(32)
    for row in ends_of_line:
        key = (key ^ row) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(31)
    order = np.argsort(key)
    starts = np.append(True, key[order][1:] != key[order][:-1])[: len(order)]
    group = np.cumsum(starts) - 1
    again = np.empty(len(order), np.bool_)
    again[order] = (np.bincount(group) >= 3)[group]  # noqa: PLR2004 - the line and two others
    return again


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """Candidates of one text that say the same but for their numbers.

    Attributes:
        order: The candidates, group after group, in the order of the text.
        starts: For each place of ``order`` whether a group begins there.
        number: For each candidate the number of its group.
    """

    order: Ints
    starts: Flags
    number: Ints


def _groups(text: Ints, stem: Keys) -> _Groups:
    order = np.lexsort((stem, text))  # stable: the candidates come in the order of the text
    starts = np.ones(len(order), np.bool_)
    starts[1:] = (np.diff(stem[order]) != 0) | (np.diff(text[order]) != 0)
    number = np.empty(len(order), np.int64)
    number[order] = np.cumsum(starts) - 1
    return _Groups(order, starts, number)


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """Where lines stand between page marks and blank lines; one entry a line.

    Attributes:
        starts: Whether a page begins with the line, as far as form feeds tell.
        edge: Lines to the nearest page mark, itself counted as 0.
        room_before: Line feeds between the line before and this one.
        room_after: Line feeds between this line and the next.
    """

    starts: Flags
    edge: Ints
    room_before: Ints
    room_after: Ints


def _page_places(layout: Layout) -> _Page:
    lines = layout.lines
    is_same = lines.document[1:] == lines.document[:-1]
    starts = np.append(True, ~is_same | (np.diff(lines.page) > 0))
    ends_page = np.append(starts[1:], True)
    after_mark, _ = distances(starts, lines.document)
    _, before_mark = distances(ends_page, lines.document)
    step = np.where(is_same, np.diff(lines.number), 9)
    return _Page(
        starts, np.minimum(after_mark, before_mark), np.append(9, step), np.append(step, 9)
    )


def find_candidates(layout: Layout) -> Candidates:
    """Return the lines of a batch that may be furniture, with their features."""
    if not len(layout.lines):
        nothing = np.zeros(0, np.bool_)
        return Candidates(np.zeros(0, np.int64), nothing, nothing, np.zeros(0, np.uint64), {})
    page, again = _page_places(layout), _comes_again(layout)
    line = np.flatnonzero(_may_be_furniture(layout, page, again))
    words = _read(layout, line)
    is_form = np.isin(words.form, _FORM_HASHES)
    features = {
        **_looks(layout, line, words, is_form),
        **_places(layout, page, line),
        **_recurrence(layout, page, line, words, is_form),
    }
    return Candidates(line, np.isin(words.form, _SURE_HASHES), is_form, words.stem, features)


def _may_be_furniture(layout: Layout, page: _Page, again: Flags) -> Flags:
    lines, counts = layout.lines, layout.counts
    column = layout.column[lines.document]
    ends_in = ends(layout)
    is_short = (layout.width <= _WIDEST) & (lines.end - lines.start < _LONGEST)
    stands_out = (
        (layout.width * 100 < column * 72)
        | (page.room_before > 1)
        | (page.room_after > 1)
        | (page.edge <= 2)  # noqa: PLR2004 - a head of two lines
        | ((counts["upper"] > 2) & (counts["lower"] == 0))  # noqa: PLR2004 - more than initials
        | (layout.gaps_in_line > 0)
        | again
    )
    is_sentence = (
        ENDS_SENTENCE[ends_in] & (ends_in != Class.SEMICOLON) & (layout.width * 2 > column)
    )
    found: Flags = is_short & stands_out & (again | ~is_sentence) & ~_IS_UNFINISHED[ends_in]
    return found


def _looks(layout: Layout, line: Ints, words: _Words, is_form: Flags) -> dict[str, Column]:
    lines, counts = layout.lines, layout.counts
    text = lines.document[line]
    is_capital = (counts["upper"] > 2) & (counts["lower"] == 0)  # noqa: PLR2004 - more than initials
    return {
        "is_sure": np.isin(words.form, _SURE_HASHES).view(np.uint8),
        "is_number": is_form.view(np.uint8),
        "numbers": np.minimum(words.count, 3).astype(np.uint8),
        "fill": _FILL(layout.width[line] * 100 // np.maximum(layout.column[text], 1)),
        "ends_in": ends(layout)[line],
        "begins_with": beginnings(layout)[line],
        "marker": markers(layout)[line],
        "code": _COUNT(counts["code"][line]),
        "words": _WORDS((lines.last_word - lines.first_word + 1)[line]),
        "is_capital": is_capital[line].view(np.uint8),
        "han": _COUNT(counts["han"][line]),
        "size": _SIZE(layout.width[line]),
    }


def _places(layout: Layout, page: _Page, line: Ints) -> dict[str, Column]:
    text = layout.lines.document[line]
    return {
        "edge": np.minimum(page.edge[line], 5).astype(np.uint8),
        "has_pages": (layout.per_text(page.starts) > 2)[text].view(np.uint8),  # noqa: PLR2004 - three pages
        "room_before": np.minimum(page.room_before[line], 3).astype(np.uint8),
        "room_after": np.minimum(page.room_after[line], 3).astype(np.uint8),
        "from_top": np.minimum(line - layout.first_line[text], 3).astype(np.uint8),
        "lines": _LINES((layout.end_line - layout.first_line)[text]),
    }


def _recurrence(
    layout: Layout, page: _Page, line: Ints, words: _Words, is_form: Flags
) -> dict[str, Column]:
    """How often, how regularly and with what numbers a line comes again in its text."""
    text, at = layout.lines.document[line], layout.lines.start[line]
    groups = _groups(text, words.stem)
    group, order, starts = groups.number, groups.order, groups.starts
    distance = np.append(0, np.diff(at[order]))[: len(order)]
    chain = _longest_chain(words, order, starts, distance)
    repeats, nearest, farthest = _group_distances(group, order, starts, distance)
    first = np.flatnonzero(starts)
    span = at[order][np.append(first[1:], len(order))[: len(first)] - 1] - at[order][first]
    length = layout.text_start[text + 1] - layout.text_start[text]
    pages = layout.per_text(page.starts)[text]
    has_pages = pages > 2  # noqa: PLR2004 - three pages
    at_edge = np.bincount(group, page.edge[line] <= 2)  # noqa: PLR2004 - a head of two lines
    edge_share = (at_edge * 100 / np.bincount(group)).astype(np.int64)
    no_chain = np.uint8(6)
    counted = (chain >= 3) | is_form & (chain >= 2)  # noqa: PLR2004 - three pages, or two page numbers
    return {
        "chain": _CHAIN(chain),
        "repeats": _REPEATS(repeats),
        "nearest": _DISTANCE(nearest),
        "regular": np.where(
            repeats < 2,  # noqa: PLR2004 - once
            no_chain,
            _REGULAR(farthest * 100 // np.maximum(nearest, 1)),
        ),
        "cover": _COVER(span[group] * 100 // np.maximum(length, 1)),
        "edge_share": np.where(has_pages, 1 + _EDGE_SHARE(edge_share[group]), np.uint8(0)),
        "per_page": np.where(
            has_pages, 1 + _PER_PAGE(repeats * 100 // np.maximum(pages, 1)), np.uint8(0)
        ),
        "near_counted": _NEAR(_near_others(layout, line, counted)),
    }


def _longest_chain(words: _Words, order: Ints, starts: Flags, distance: Ints) -> Ints:
    """Return how many lines in a row, of the same stem, count up at the distance of a page."""
    longest = np.zeros(len(order), np.int64)
    for number in (words.first, words.last):
        step = np.append(0, np.diff(number[order]))[: len(order)]
        counts_up = ~starts & (step >= 1) & (step <= _MOST_SKIPPED)
        counts_up &= (distance >= _SMALLEST_PAGE * step) & (words.count[order] > 0)
        chain = np.cumsum(~counts_up)
        size = np.bincount(chain)[chain]
        longest[order] = np.maximum(longest[order], size)
    return longest


def _group_distances(
    group: Ints, order: Ints, starts: Flags, distance: Ints
) -> tuple[Ints, Ints, Ints]:
    """Return how often each line's stem comes, and the least and the greatest distance."""
    size = np.bincount(group)
    nearest = np.full(len(size), np.iinfo(np.int64).max // 1000)
    farthest = np.zeros(len(size), np.int64)
    inner = ~starts
    np.minimum.at(nearest, group[order][inner], distance[inner])
    np.maximum.at(farthest, group[order][inner], distance[inner])
    return size[group], nearest[group], farthest[group]


def _near_others(layout: Layout, line: Ints, counted: Flags) -> Ints:
    """Return the number of lines to the nearest other line that counts up."""
    is_counted = np.zeros(len(layout.lines), np.bool_)
    is_counted[line[counted]] = True
    before, after = distances(is_counted, layout.lines.document)
    nearest: Ints = np.minimum(np.where(before == 0, FAR, before), np.where(after == 0, FAR, after))
    return nearest[line]
