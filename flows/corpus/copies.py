"""Documents that are copies of others, and what goes on record of them.

Whole documents come twice: reprints, mirrors, attachments sent again. Once the paragraphs that
another document keeps are out, a title or a page mark is left of such a copy, which no reader
wants and which would stand in every count. So it is not published but rejected, and since nothing
may be lost, all its text goes on record as removed: the repeats, each with its keeper, and the
remainder, which no other document holds.

Two sorts of document are never taken for copies: one from which nothing was taken, however short
it is, and one that keeps a copy for another, or a keeper that is named would not be there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from flows.corpus.names import path_of
from flows.corpus.records import make_rejection
from flows.errors import DocumentError
from flows.text.display import counted
from schemas.document import Document
from schemas.rejection import Reason, Rejection
from schemas.removal import Removal

STEP = "shared_repeats"
REMAINDER = "shared_repeats.remainder"


def is_copy(before: str, after: str, remainder_share: float) -> bool:
    r"""Return whether shared repeats left so little of a document that it is a copy of others.

    Args:
        before: Its text before shared repeats were taken out.
        after: Its text without them.
        remainder_share: How much may be left of a copy (share of the code points that are no
            white space).

    >>> is_copy("简讯\n\n" + 30 * "水", "简讯", 0.1), is_copy("简讯\n\n" + 15 * "水", "简讯", 0.1)
    (True, False)
    """
    return _count_chars(after) <= remainder_share * _count_chars(before)


def remainder_rows(document: Document, repeats: Sequence[Removal]) -> Iterator[Removal]:
    """Yield what the repeats leave of the document's text as removed text of its own rule.

    Args:
        document: The record as it was before shared repeats were taken out.
        repeats: The rows of its shared repeats, ascending; at least one.
    """
    done = 0
    for start, end in [*map(_span, repeats), (len(document.text), 0)]:
        if done < start:
            yield Removal(
                document_id=document.id,
                source_path=document.source_path,
                layer=repeats[0].layer,
                rule=REMAINDER,
                start=done,
                removed_text=document.text[done:start],
                kept_document_id="",
                kept_paragraph=-1,
                similarity=0.0,
            )
        done = end


def chars_by_keeper(rows: Iterable[Removal]) -> Counter[str]:
    """Return how much of a copy stands in which document, by its id.

    Args:
        rows: What the copy's shared repeats and their remainder put on record.

    Returns:
        Code points that are no white space; under the empty id those of the remainder.
    """
    chars: Counter[str] = Counter()
    for row in rows:
        chars[row.kept_document_id] += _count_chars(row.removed_text)
    return chars


def where_it_stands(chars: Mapping[str, int]) -> str:
    """Return in words where the text of a copy stands, from what `chars_by_keeper` counts.

    >>> where_it_stands({"doc_a": 1000, "": 12, "doc_b": 828})
    'all but 12 of 1,840 characters stand in doc_a (and 1 other)'
    """
    keepers = [keeper for keeper in chars if keeper]
    most = max(keepers, key=lambda keeper: chars[keeper], default="no document")
    left = chars.get("", 0)
    share = f"all but {left:,} of" if left else "all of its"
    others = f" (and {counted(len(keepers) - 1, 'other')})" if len(keepers) > 1 else ""
    return f"{share} {sum(chars.values()):,} characters stand in {most}{others}"


def reject_copy(document: Document, rows: Iterable[Removal]) -> Rejection:
    """Return the rejection of a copy.

    Args:
        document: The record that is not published.
        rows: What its shared repeats and their remainder put on record.
    """
    error = DocumentError(
        Reason.REPEATED,
        step=STEP,
        found=where_it_stands(chars_by_keeper(rows)),
        advice="nothing to do: removed-*.jsonl names every kept copy; "
        "shared_repeats.enabled=false keeps copies",
    )
    return make_rejection(path_of(document.source_path), document.metadata.source_bytes, error)


def _span(row: Removal) -> tuple[int, int]:
    return row.start, row.start + len(row.removed_text)


def _count_chars(text: str) -> int:
    """Return the number of code points that are no white space."""
    return sum(map(len, text.split()))
