r"""Paragraphs that stand twice in one document.

Extraction repeats itself: a paragraph at a page's end is printed again on the next page, a column is
read twice, an article is followed by its own cut copy. A copy is found by its *key*, in which only
the wording is left, or by stretches of text that both share, and is then verified character by
character: a misread copy is *near*, one that covers part of the other is *truncated*. The fullest
copy stays, else the first.

Nothing is removed for being similar. Two paragraphs that differ in a number, date, name or negation
are two paragraphs. Also left alone: short text, table and form rows, verse and refrains, headings,
salutations, and formulas that come back after each item.

Runs after the lines are joined: a cut half looks like a copy contained in another paragraph.

Sources: ``docs/quality.md`` for what was measured; sampling by hash threshold after Broder, On the
resemblance and containment of documents, 1997.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from flows.repeats.paragraphs import Paragraphs, read_paragraphs
from flows.repeats.within_document import Repeat, find_repeats
from flows.text.paragraphs import removal_spans
from schemas.edit import Edit
from schemas.settings import RepeatSettings

EXACT: Final = "repeats.exact"
NEAR: Final = "repeats.near"
TRUNCATED: Final = "repeats.truncated"

_RULES: Final = {rule.partition(".")[2]: rule for rule in (EXACT, NEAR, TRUNCATED)}


def propose(texts: Sequence[str], settings: RepeatSettings) -> Iterator[list[Edit]]:
    r"""Yield for each text the deletions of paragraphs that stand in it already.

    Args:
        texts: In normal form: paragraphs separated by ``\n\n``.
        settings: Which relations count, and from which length on.

    Yields:
        One list a text. Each edit deletes a paragraph with its separator; its score is the
        similarity, its partner where the kept copy starts, both in the text that was given.

    >>> lost = "三号渡船今晨在浅滩搁浅，船上乘客已由小艇分批接回北岸，无人受伤，航线停运至潮水回涨。"
    >>> next(propose([f"{lost}\n\n{lost[:30]}"], RepeatSettings()))
    [Edit(rule='repeats.truncated', start=42, end=74, after='', score=1.0, partner=0)]
    """
    paragraphs = read_paragraphs(texts, settings.min_weight, settings.protect)
    repeats: dict[int, dict[int, Repeat]] = defaultdict(dict)
    for number, repeat in find_repeats(paragraphs, settings).items():
        repeats[int(paragraphs.documents[number])][int(paragraphs.numbers[number])] = repeat
    for document in range(len(texts)):
        yield _deletions(paragraphs, document, repeats[document]) if document in repeats else []


def _deletions(paragraphs: Paragraphs, document: int, repeats: dict[int, Repeat]) -> list[Edit]:
    """Return the edits that delete paragraphs of one document, given by their place in it."""
    spans = paragraphs.spans[document]
    return [
        Edit(
            _RULES[repeat.relation],
            start,
            end,
            "",
            repeat.similarity,
            spans[int(paragraphs.numbers[repeat.kept])][0],
        )
        for (start, end), repeat in zip(
            removal_spans(spans, repeats), repeats.values(), strict=True
        )
    ]
