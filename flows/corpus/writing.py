"""Writing so that a reader, or the next run after a crash, never meets half a file.

Everything is written under a temporary name, brought to disk, given its final name in one step,
and the folder is brought to disk after it: write, fsync, rename, fsync of the folder. A crash at
any point leaves the old state or the new one, and at worst a temporary name for the next run to
collect. Whatever the operating system refuses becomes one error that names the place and says
what to do.
"""

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from flows.errors import StorageError
from schemas.manifest import FileKind, PublishedFile

_ADVICE = {
    errno.ENOSPC: "free some space and run again",
    errno.EDQUOT: "free some space or raise the quota, and run again",
    errno.EFBIG: "raise the limit on file size, or lower output.shard_bytes",
    errno.EROFS: "mount it writable, or name another folder",
    errno.EACCES: "let this user write there, or name another folder",
    errno.EPERM: "let this user write there, or name another folder",
    errno.EIO: "check the disk",
}


@contextmanager
def storage_errors(task: str, place: Path) -> Generator[None]:
    """Turn a refusal of the operating system into a :class:`StorageError` that says what to do."""
    try:
        yield
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, "check that the folder is there and is not in use")
        raise StorageError(f"cannot {task} {place}: {error.strerror or error}; {advice}") from error


class CountedFile:
    """A new file that counts its rows and bytes and takes their checksum as it is written."""

    def __init__(self, path: Path, kind: FileKind) -> None:
        """Name the file; it comes into being on entering, and must not exist before."""
        self._path, self._kind = path, kind
        self._rows = self._bytes = 0
        self._digest = hashlib.sha256()

    def __enter__(self) -> Self:
        """Create the file."""
        self._file = self._path.open("xb")
        return self

    def __exit__(
        self, error: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        """Bring the file to disk, unless it was left because of an error."""
        try:
            if error is None:
                self._file.flush()
                os.fsync(self._file.fileno())
        finally:
            self._file.close()

    def write(self, lines: bytes) -> None:
        """Append whole lines."""
        self._file.write(lines)
        self._digest.update(lines)
        self._bytes += len(lines)
        self._rows += lines.count(b"\n")

    @property
    def published(self) -> PublishedFile:
        """What the manifest says of this file."""
        return PublishedFile(
            name=self._path.name,
            kind=self._kind,
            rows=self._rows,
            bytes=self._bytes,
            sha256=self._digest.hexdigest(),
        )


@contextmanager
def sync_new_file(path: Path) -> Generator[BinaryIO]:
    """Make a new file and bring it to disk when it is written."""
    with path.open("xb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def write_synced(path: Path, content: bytes) -> None:
    """Write a new file and bring it to disk; whoever calls gives it its final name."""
    with sync_new_file(path) as file:
        file.write(content)


def copy_synced(source: Path, target: Path) -> None:
    """Copy a file under a new name and bring it to disk."""
    with source.open("rb") as content, target.open("xb") as copy:
        shutil.copyfileobj(content, copy)
        copy.flush()
        os.fsync(copy.fileno())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, in place of what had its name."""
    temporary = path.with_name(f".part-{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]}")
    remove(temporary)
    try:
        write_synced(temporary, content)
        temporary.replace(path)
    except BaseException:
        remove(temporary)
        raise
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder, unless it is there, and bring its name to disk."""
    if not folder.exists():
        folder.mkdir()
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in ``folder`` to disk, where the file system knows how to."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # what some network file systems answer for any folder
            raise
    finally:
        os.close(descriptor)


@contextmanager
def temporary_folder(parent: Path) -> Generator[Path]:
    """Make a new folder to fill and rename; what was not renamed goes again."""
    # Not tempfile.mkdtemp: its folders are closed to other users, and this one will be published.
    folder = parent / f".new-{secrets.token_hex(8)}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def rename_folder(temporary: Path, final: Path) -> None:
    """Give a finished folder its final name, in one step; ``final`` must not exist."""
    sync_folder(temporary)
    temporary.rename(final)
    sync_folder(final.parent)


def remove(path: Path) -> None:
    """Remove a file, a link or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def file_sha256(path: Path) -> str:
    """Return the checksum of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
