"""The product's two steps against repeats, over paragraphs that carry their own ids."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from flows.repeats.prints import paragraph_prints
from flows.repeats.settlement import settle
from flows.steps.repeats import propose
from flows.text.paragraphs import SEPARATOR, paragraph_spans
from schemas.settings import RepeatSettings, SharedRepeatSettings

_BLANK_LINES = re.compile(r"\n{2,}")
_NUMBER = re.compile(r"\d+|\D+")


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Return a sort key in which ``c9`` comes before ``c10``."""
    parts = _NUMBER.findall(name)
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


class _Corpus:
    """Documents in normal form, and the id of each of their paragraphs."""

    def __init__(self, paragraphs: Iterable[Mapping[str, object]]) -> None:
        """Join the paragraphs of each document, in the order of their places."""
        texts: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for one in paragraphs:
            text = _BLANK_LINES.sub("\n", str(one["text"])).strip("\n")
            if text:
                texts[str(one["doc"])].append((int(str(one["seq"])), str(one["id"]), text))
        self.texts: list[str] = []
        self.ids: list[list[str]] = []
        for name in sorted(texts, key=_natural):
            own = sorted(texts[name])
            self.texts.append(SEPARATOR.join(text for _, _, text in own))
            self.ids.append([number for _, number, _ in own])

    def remove_repeats(self) -> dict[str, str]:
        """Take out what repeats inside a document; return removed to kept ids."""
        kept_for: dict[str, str] = {}
        proposals = list(propose(self.texts, RepeatSettings()))
        for document, edits in enumerate(proposals):
            spans, ids = paragraph_spans(self.texts[document]), self.ids[document]
            starts = {start: name for (start, _), name in zip(spans, ids, strict=True)}
            gone: set[str] = set()
            for edit in edits:
                removed = next(
                    name
                    for (start, end), name in zip(spans, ids, strict=True)
                    if edit.start <= start and end <= edit.end
                )
                kept_for[removed] = starts[edit.partner]
                gone.add(removed)
            if gone:
                left = [
                    (self.texts[document][start:end], name)
                    for (start, end), name in zip(spans, ids, strict=True)
                    if name not in gone
                ]
                self.texts[document] = SEPARATOR.join(text for text, _ in left)
                self.ids[document] = [name for _, name in left]
        return kept_for

    def settle_repeats(self) -> dict[str, str]:
        """Return removed to kept ids across documents."""
        settings = SharedRepeatSettings()
        made = settle([paragraph_prints(self.texts, settings)], settings)
        return {
            self.ids[document][paragraph]: self.ids[kept_document][kept]
            for document, paragraph, kept_document, kept in zip(
                made.documents.tolist(),
                made.paragraphs.tolist(),
                made.kept_documents.tolist(),
                made.kept_paragraphs.tolist(),
                strict=True,
            )
        }


def removed_to_kept(paragraphs: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Return removed to kept ids, first inside each document, then across documents."""
    corpus = _Corpus(paragraphs)
    return corpus.remove_repeats() | corpus.settle_repeats()
