"""Whether the record of one document agrees with itself, with its edits and with its source.

Every character is accounted for: what was decoded is what is kept, what was removed and what was
replaced. Undone from the last, the edits lead back to the very source.
"""

from collections.abc import Iterator, Sequence

from flows.corpus.names import document_id, path_of
from flows.corpus.records import text_sha256
from flows.corpus.restoring import restore_bytes, restore_text
from flows.corpus.serial import DamagedError
from flows.text.paragraphs import paragraph_spans
from schemas.document import Document
from schemas.edit import EditRow


def document_problems(document: Document, rows: Sequence[EditRow]) -> Iterator[str]:
    """Yield what is wrong with one document, in words.

    Args:
        document: The published record.
        rows: All its edits, in published order.
    """
    if document.id != document_id(path_or_nothing(document.source_path)):
        yield "its id is not that of its path"
    if document.text_sha256 != text_sha256(document.text):
        yield "its text has another checksum"
    yield from _sum_problems(document, rows)
    yield from _restoring_problems(document, rows)


def path_or_nothing(display: str) -> bytes:
    """Return the bytes of a displayed path; none where it displays no path, which fits no id."""
    try:
        return path_of(display)
    except ValueError:
        return b""


def _sum_problems(document: Document, rows: Sequence[EditRow]) -> Iterator[str]:
    stats = document.stats
    sums = {
        "code points of text": (stats.chars_text, len(document.text)),
        "paragraphs": (stats.paragraphs, len(paragraph_spans(document.text))),
        "edits": (stats.edits, len(rows)),
        "code points deleted": (stats.chars_deleted, sum(len(row.before) for row in rows)),
        "code points inserted": (stats.chars_inserted, sum(len(row.after) for row in rows)),
        "code points of text, by its account": (
            stats.chars_text,
            stats.chars_decoded - stats.chars_deleted + stats.chars_inserted,
        ),
    }
    for what, (said, counted) in sums.items():
        if said != counted:
            yield f"says {said} {what}, but it is {counted}"
    if stats.chars_removed > stats.chars_deleted:
        yield f"says that more was removed ({stats.chars_removed}) than its edits took out"


def _restoring_problems(document: Document, rows: Sequence[EditRow]) -> Iterator[str]:
    places = [(row.layer, row.start) for row in rows]
    if places != sorted(places):
        yield "its edits stand out of order"
    if any(row.end - row.start != len(row.before) for row in rows):
        yield "an edit did not take out what it covers"
    try:
        if document.metadata.bytes_restorable:
            restore_bytes(document, rows)
        else:
            restore_text(document, rows)
    except DamagedError as error:
        yield f"cannot be undone: {error}"
