"""The sources of a staged batch: what each was when it was read, and where its result lies.

One JSON array a line, in the order of the batch; the path in base64, for it need not be text.
"""

import base64
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import orjson

SOURCES = "sources.jsonl"


class Staged(NamedTuple):
    """One source of a staged batch.

    Attributes:
        batch: Name of the batch's folder.
        path: Relative to the raw folder, POSIX, byte for byte.
        size: Bytes of the content; 0 where it could not be read.
        stamp: As from ``flows.corpus.surveying``; empty where the file has to be read again.
        sha256: Of the content; empty where it could not be read.
        recipe: Of the settings and the code that made the result.
        rejection: The rejection as JSON; empty for a document.
        checksum: Of its lines of all kinds.
        documents: Where its lines begin in the batch's file of that kind (bytes).
        documents_end: Where they end; and so on for the other kinds.
    """

    batch: str
    path: bytes
    size: int
    stamp: str
    sha256: str
    recipe: str
    rejection: str
    checksum: str
    documents: int
    documents_end: int
    edits: int
    edits_end: int
    removed: int
    removed_end: int


def list_file(folder: Path) -> Path:
    """Return where the sources of the batch in ``folder`` are listed."""
    return folder / SOURCES


def to_list(sources: Iterable[Staged]) -> bytes:
    """Return the list of a batch's sources as it is written."""
    return b"".join(
        orjson.dumps(
            (base64.b64encode(source.path).decode(), *source[2:]), option=orjson.OPT_APPEND_NEWLINE
        )
        for source in sources
    )


def read_list(folder: Path) -> list[Staged]:
    """Return the sources of the batch in ``folder``; none if the list is missing or damaged."""
    try:
        lines = list_file(folder).read_bytes().splitlines()
        return [_source(folder.name, *orjson.loads(line)) for line in lines]
    except (OSError, ValueError, TypeError):
        return []


def _source(batch: str, path: str, *rest: object) -> Staged:
    return Staged._make((batch, base64.b64decode(path), *rest))
