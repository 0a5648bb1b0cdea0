"""What the inputs of a batch are now: known by their stamp, or read.

A stamp is what the file system tells of a file without reading it: times of change of content and
of state, and inode. A file with the size and the stamp of before has the content of before, unless
it was written twice within one tick of the clock; so a file that is younger than two seconds when
it is looked at gets no stamp, and is read again by the next run, as by git.

A file that is gone is an input only where documents of deleted files are kept. It is then what it
was last, as long as that is staged.
"""

import hashlib
import os
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from flows.corpus.index import Index
from flows.corpus.plan import Batch, Source
from flows.corpus.reading import read_source
from flows.errors import DocumentError
from schemas.rejection import Reason
from schemas.settings import Settings

_YOUNG_NS = 2_000_000_000
"""The coarsest clock of a file system in use, that of FAT."""


@dataclass(frozen=True, slots=True)
class Input:
    """A source, and what it is now.

    Attributes:
        source: Which.
        size: Bytes of the content; 0 where it cannot be read.
        sha256: Of the content; empty where it cannot be read.
        stamp: What it is known by; empty where it has to be read again.
        content: The content, where it had to be read.
        error: Why it cannot be read.
        is_gone: Whether there is no file any more, and what it was is meant.
    """

    source: Source
    size: int = 0
    sha256: str = ""
    stamp: str = ""
    content: bytes | None = field(default=None, repr=False)
    error: DocumentError | None = None
    is_gone: bool = False

    @property
    def digest(self) -> bytes:
        """Checksum of path and outcome."""
        outcome = self.error.reason.value if self.error else self.sha256
        if self.is_gone:
            outcome += " gone"
        return hashlib.sha256(outcome.encode() + b"\0" + self.source.path).digest()


def survey(raw: Path, batch: Batch, index: Index, settings: Settings, *, full: bool) -> list[Input]:
    """Return what the inputs of a batch are now.

    Args:
        raw: The raw folder.
        batch: Which inputs.
        index: What is known of them.
        settings: How much may be read, and what becomes of deleted files.
        full: Whether every file is read, known or not.
    """
    return [_survey_one(raw, source, index, settings, full=full) for source in batch.sources]


def with_content(raw: Path, entry: Input, limit: int) -> Input:
    """Return the input with its content; if that changed meanwhile, it is another input."""
    if entry.content is not None or entry.error:
        return entry
    return _read(raw, replace(entry, stamp=""), limit)


def _survey_one(
    raw: Path, source: Source, index: Index, settings: Settings, *, full: bool
) -> Input:
    looked_ns = now_ns()
    try:
        status = os.lstat(os.path.join(os.fsencode(raw), source.path))  # noqa: PTH118 - bytes paths
    except OSError:
        status = None  # reading says why
    stamp = _stamp(status) if status else ""
    if status and not full and (sha256 := index.sha256_of(source.path, status.st_size, stamp)):
        return Input(source, status.st_size, sha256, stamp)
    if status and _is_young(status, looked_ns):
        stamp = ""
    entry = _read(raw, Input(source, stamp=stamp), settings.input.max_file_bytes)
    is_gone = entry.error and entry.error.reason is Reason.VANISHED
    if is_gone and settings.output.deleted == "keep" and (last := index.last_of(source.path)):
        return Input(source, last.size, last.sha256, is_gone=True)
    return entry


def _read(raw: Path, entry: Input, limit: int) -> Input:
    try:
        content = read_source(raw, entry.source, limit)
    except DocumentError as error:
        return Input(entry.source, error=error)
    sha256 = hashlib.sha256(content).hexdigest()
    return replace(entry, size=len(content), sha256=sha256, content=content)


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def _is_young(status: os.stat_result, looked_ns: int) -> bool:
    return max(status.st_mtime_ns, status.st_ctime_ns) > looked_ns - _YOUNG_NS


def now_ns() -> int:
    """Return the time that files are compared with."""
    return time.time_ns()
