"""Taking out of a document the paragraphs that another document keeps.

This is one more layer of edits on top of the staged ones, so that it can be undone like any other,
and one row of removed text a paragraph, which names the kept copy by document and by paragraph of
the published text. Rows of earlier steps that name a paragraph of the same document are brought up
to date: that paragraph may have moved, or have gone to another document itself.

A document of which nothing worth reading is left is a copy and is set aside (``flows.corpus.copies``):
of it only removed text and a rejection are published.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.corpus.accounts import BatchAccount, RuleTally, accepted_sources
from flows.corpus.copies import STEP, is_copy, reject_copy, remainder_rows
from flows.corpus.decisions import Decision, Decisions
from flows.corpus.names import document_id
from flows.corpus.plan import Batch, Plan, Source
from flows.corpus.records import (
    rows_of,
    text_sha256,
    title_of,
)
from flows.corpus.serial import to_line, to_lines
from flows.corpus.staging import SHARDED, staged_lines
from flows.corpus.stats import kept_ratio
from flows.edits import Layer, apply_edits, make_layer
from flows.pipeline import STEPS
from flows.text.languages import language_of
from flows.text.paragraphs import paragraph_spans, removal_spans
from flows.text.scripts import label_script
from schemas.document import Document
from schemas.edit import Edit, EditRow
from schemas.manifest import FileKind
from schemas.rejection import Rejection
from schemas.removal import Removal
from schemas.settings import SharedRepeatSettings

_OWNER = slice(len('{"document_id":"'), len('{"document_id":"') + len(document_id(b"")))
"""Where a line of edits or removed text names its document: always its first field."""


@dataclass(slots=True)
class Growth:
    """By how much more is published than was staged, or less."""

    documents: int = 0
    paragraphs: int = 0
    edits: int = 0
    removed: int = 0


class SharedRepeats:
    """Brings staged batches to what is published of them.

    Attributes:
        tally: The rules of all edits that were staged; as lines are handed out, of all published.
        growth: What the lines handed out so far change of the staged counts.
        copies: The documents set aside so far, by id.
    """

    def __init__(
        self,
        plan: Plan,
        staging: Path,
        decisions: Decisions,
        settings: SharedRepeatSettings,
        tally: RuleTally,
    ) -> None:
        """Keep the decisions, and the ids of the documents they name."""
        self._staging, self._decisions = staging, decisions
        self._keeping = decisions.keeping()
        self._remainder_share = settings.remainder_share
        self._ids = [document_id(source.path) for source in plan.sources]
        self.tally, self.growth = tally, Growth()
        self.copies: dict[str, Rejection] = {}

    def lines(self, batch: Batch, account: BatchAccount) -> Iterator[tuple[FileKind, bytes]]:
        """Yield the lines to publish of a batch, in order for each kind."""
        paths = {kind: staged_lines(self._staging, account, kind) for kind in SHARDED}
        if not any(self._decisions.of(source.number) for source in batch.sources):
            yield from ((kind, path.read_bytes()) for kind, path in paths.items())
            return
        edits = _by_document(paths[FileKind.EDITS])
        removed = _by_document(paths[FileKind.REMOVED])
        with paths[FileKind.DOCUMENTS].open("rb") as documents:
            for source, line in zip(accepted_sources(batch, account), documents, strict=True):
                owner = self._ids[source.number].encode()
                staged = _Staged(line, edits[owner], removed[owner])
                yield from self._document_lines(source, staged)

    def _document_lines(
        self, source: Source, staged: "_Staged"
    ) -> Iterator[tuple[FileKind, bytes]]:
        decided = self._decisions.of(source.number)
        if not decided:
            yield FileKind.DOCUMENTS, staged.document
            yield FileKind.EDITS, b"".join(staged.edits)
            yield FileKind.REMOVED, b"".join(staged.removed)
            return
        document = Document.model_validate_json(staged.document)
        layer, text = _take_out(document.text, decided)
        repeats = self._removals(document, layer, decided)
        self.growth.removed += len(repeats)
        may_go = source.number not in self._keeping
        if may_go and is_copy(document.text, text, self._remainder_share):
            yield FileKind.REMOVED, self._set_aside(source, document, staged, repeats)
            return
        edits = rows_of(document.id, len(STEPS), layer)
        self.tally.add(edits)
        self.growth.edits += len(edits)
        self.growth.paragraphs -= len(edits)
        yield FileKind.DOCUMENTS, to_line(_shortened(document, text, layer))
        yield FileKind.EDITS, b"".join(staged.edits) + to_lines(edits)
        earlier = [self._renumbered(source, line) for line in staged.removed]
        yield FileKind.REMOVED, to_lines([*earlier, *repeats])

    def _set_aside(
        self, source: Source, document: Document, staged: "_Staged", repeats: Sequence[Removal]
    ) -> bytes:
        """Reject a copy; return the lines of its removed text, which is all that is left of it."""
        remainder = list(remainder_rows(document, repeats))
        shared = sorted([*repeats, *remainder], key=lambda row: row.start)
        self.copies[document.id] = reject_copy(document, shared)
        self.tally.take_back([EditRow.model_validate_json(line) for line in staged.edits])
        self.growth.documents -= 1
        self.growth.paragraphs -= document.stats.paragraphs
        self.growth.edits -= document.stats.edits
        self.growth.removed += len(remainder)
        earlier = [_kept_elsewhere(self._renumbered(source, line)) for line in staged.removed]
        return to_lines([*earlier, *shared])

    def _removals(
        self, document: Document, layer: Layer, decided: Sequence[Decision]
    ) -> list[Removal]:
        return [
            Removal(
                document_id=document.id,
                source_path=document.source_path,
                layer=len(STEPS),
                rule=edit.rule,
                start=edit.start,
                removed_text=before,
                kept_document_id=self._ids[decision.keeper],
                kept_paragraph=decision.keeper_paragraph,
                similarity=edit.score,
            )
            for edit, before, decision in zip(layer.edits, layer.before, decided, strict=True)
        ]

    def _renumbered(self, source: Source, line: bytes) -> Removal:
        """Return an earlier step's row with the kept copy where it stands now."""
        removal = Removal.model_validate_json(line)
        if removal.kept_paragraph < 0:
            return removal
        keeper, paragraph = self._decisions.published(source.number, removal.kept_paragraph)
        update = {"kept_document_id": self._ids[keeper], "kept_paragraph": paragraph}
        return removal.model_copy(update=update)


def _kept_elsewhere(removal: Removal) -> Removal:
    """Return a row of a copy without a keeper where that is the copy itself, which is not there."""
    if removal.kept_document_id != removal.document_id:
        return removal
    update = {"kept_document_id": "", "kept_paragraph": -1, "similarity": 0.0}
    return removal.model_copy(update=update)


@dataclass(frozen=True, slots=True)
class _Staged:
    """The staged lines of one document."""

    document: bytes
    edits: list[bytes]
    removed: list[bytes]


def _by_document(path: Path) -> defaultdict[bytes, list[bytes]]:
    lines: defaultdict[bytes, list[bytes]] = defaultdict(list)
    with path.open("rb") as rows:
        for line in rows:
            lines[line[_OWNER]].append(line)
    return lines


def _take_out(text: str, decided: Sequence[Decision]) -> tuple[Layer, str]:
    spans = removal_spans(paragraph_spans(text), {decision.paragraph for decision in decided})
    edits = [
        Edit(decision.rule, start, end, "", decision.score)
        for decision, (start, end) in zip(decided, spans, strict=True)
    ]
    return make_layer(STEP, text, edits), apply_edits(text, edits)


def _shortened(document: Document, text: str, layer: Layer) -> Document:
    """Return the record of a document that lost paragraphs and now reads ``text``."""
    old = document.stats
    taken = sum(map(len, layer.before))
    stats = old.model_copy(
        update={
            "chars_text": len(text),
            "chars_deleted": old.chars_deleted + taken,
            "chars_removed": old.chars_removed + taken,
            "paragraphs": len(paragraph_spans(text)),
            "edits": old.edits + len(layer.edits),
            "shared_repeats_removed": len(layer.edits),
            "kept_ratio": kept_ratio(
                old.chars_decoded, old.chars_deleted + taken, old.chars_inserted
            ),
        }
    )
    metadata = document.metadata.model_copy(
        update={"script_out": label_script(text), "language": language_of(text)}
    )
    return document.model_copy(
        update={
            "title": title_of(text),
            "text": text,
            "text_sha256": text_sha256(text),
            "metadata": metadata,
            "stats": stats,
        }
    )
