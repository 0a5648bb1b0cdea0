"""Reading one input whole, or saying exactly why not.

A raw folder is fed by others while it is read. A name may be a pipe that never answers, a link
out of the folder, a file that grows, shrinks or vanishes meanwhile, or one without permission.
Each of these is a rejection with its own reason; none may hang the run or let half a file pass for
a document. So a file is opened without following links, folder by folder from the raw folder on,
since a folder may be exchanged for a link too; and without waiting. It is judged by what was opened
and not by its name, and looked at again after the last byte.
"""

import errno
import os
import stat
from pathlib import Path

from flows.corpus.plan import Source
from flows.errors import DocumentError
from schemas.rejection import Reason

STEP = "read"

_CHUNK_BYTES = 1 << 20
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def read_source(raw: Path, source: Source, limit: int) -> bytes:
    """Return the bytes of one input.

    Args:
        raw: The raw folder.
        source: Which input.
        limit: Largest size that is read (bytes).

    Returns:
        The whole file, which did not change while it was read.

    Raises:
        DocumentError: If it is no regular file, is larger than ``limit``, cannot be read, or
            changed or vanished meanwhile.
    """
    try:
        descriptor = _open(raw, source.path)
        try:
            return _read_open(descriptor, limit)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _failure(error) from error


def _open(raw: Path, path: bytes) -> int:
    *folders, name = path.split(b"/")
    folder = os.open(raw, _FOLDER)
    try:
        for inner in folders:
            outer, folder = folder, os.open(inner, _FOLDER | os.O_NOFOLLOW, dir_fd=folder)
            os.close(outer)
        return os.open(name, _FLAGS, dir_fd=folder)
    finally:
        os.close(folder)


def _read_open(descriptor: int, limit: int) -> bytes:
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        raise _not_a_file(_kind(before.st_mode))
    if before.st_size > limit:
        raise DocumentError(
            Reason.TOO_LARGE,
            step=STEP,
            found=f"{before.st_size} bytes",
            advice=f"split the file, or raise input.max_file_bytes above {limit}",
        )
    # One byte more than promised: a file that grew must not pass for whole.
    content = _read_up_to(descriptor, before.st_size + 1)
    after = os.fstat(descriptor)
    unchanged = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not unchanged or len(content) != before.st_size:
        raise DocumentError(
            Reason.CHANGED_WHILE_READ,
            step=STEP,
            found="a file that somebody was writing",
            advice="write elsewhere and rename the finished file into the raw folder",
            retryable=True,
        )
    return content


def _read_up_to(descriptor: int, count: int) -> bytes:
    chunks: list[bytes] = []
    while count > 0 and (chunk := os.read(descriptor, min(count, _CHUNK_BYTES))):
        chunks.append(chunk)
        count -= len(chunk)
    return b"".join(chunks)


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFDIR: "a folder that could not be listed",
        stat.S_IFIFO: "a named pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a character device",
        stat.S_IFBLK: "a block device",
    }
    return kinds.get(stat.S_IFMT(mode), "no regular file")


def _not_a_file(found: str) -> DocumentError:
    return DocumentError(
        Reason.NOT_A_FILE, step=STEP, found=found, advice="take it out of the raw folder"
    )


def _failure(error: OSError) -> DocumentError:
    """Return what an error of the operating system means for the document."""
    found = error.strerror or "an error without a name"
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            reason, advice = Reason.VANISHED, "put the file back, or do nothing"
        case errno.ELOOP:
            found, advice = "a symbolic link", "put the file itself into the raw folder"
            return DocumentError(Reason.SYMBOLIC_LINK, step=STEP, found=found, advice=advice)
        case errno.ENXIO | errno.ENODEV:
            return _not_a_file("a socket or a device without a driver")
        case _:
            reason, advice = Reason.UNREADABLE, "check the permissions, the disk and the mount"
    return DocumentError(reason, step=STEP, found=found, advice=advice, retryable=True)
