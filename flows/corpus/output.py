"""The output folder: who may write to it, and what a reader finds there.

    clean/current                          a link to the version to read, switched in one step
    clean/versions/<version>/              documents-00000.jsonl, edits-..., removed-...,
                                           rejected.jsonl, manifest.json
    clean/changes/                         what changed from one version to another
    clean/.staging/                        finished batches, for this run and the next
    clean/.trash/                          what is being removed; the next run removes the rest
    clean/.lock                            held by the run

A version is named by its manifest's checksum, and the manifest holds the checksum of every file,
so one name means one content. The lock belongs to the open file, not to the name: when its holder
dies, however it dies, the lock is free.
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic import ValidationError

from flows.corpus.listing import require_listable
from flows.corpus.writing import remove, storage_errors
from flows.errors import LockedError, StorageError
from schemas.manifest import Manifest

CURRENT = "current"
MANIFEST = "manifest.json"
TRASH = ".trash"
VERSIONS = "versions"

_LOCK = ".lock"
_STAGING = ".staging"


@contextmanager
def hold(clean: Path, raw: Path | None = None) -> Generator[Path]:
    """Hold the output folder for one run.

    Args:
        clean: The output folder; made if it is not there.
        raw: The raw folder, so that a run without one, or whose output would become its input, is
            refused before ``clean`` is touched.

    Yields:
        The staging folder.

    Raises:
        StorageError: If ``raw`` cannot be listed, or ``clean`` cannot be written, lies in ``raw``
            or holds it, or holds something under our names that is not ours.
        LockedError: If another run holds it.
    """
    if raw is not None:
        _require_apart(clean, raw)
        require_listable(raw)
    with storage_errors("write to the output folder", clean):
        clean.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(clean / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _lock(descriptor, clean)
        _require_ours(clean)
        with storage_errors("write to the output folder", clean):
            remove(clean / TRASH)
            staging = clean / _STAGING
            staging.mkdir(exist_ok=True)
        yield staging
    finally:
        with suppress(OSError):  # the lock is free whatever the disk says
            os.close(descriptor)


def current_version(clean: Path) -> Path:
    """Return the folder of the published version.

    Raises:
        StorageError: If nothing has been published there.
    """
    try:
        return (clean / CURRENT).resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise StorageError(
            f"{clean} holds no published version; name the folder that a run wrote"
        ) from error


def manifest_of(version: Path) -> Manifest:
    """Return the manifest of the version in that folder.

    Raises:
        StorageError: If it is missing or damaged.
    """
    path = version / MANIFEST
    with storage_errors("read", path):
        content = path.read_bytes()
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        raise StorageError(
            f"{path} is damaged: {error.error_count()} fields do not fit; run again"
        ) from error


def _require_apart(clean: Path, raw: Path) -> None:
    ours, theirs = clean.resolve(), raw.resolve()
    if ours.is_relative_to(theirs) or theirs.is_relative_to(ours):
        raise StorageError(
            f"the output folder {clean} and the raw folder {raw} lie in one another; "
            "name two separate folders"
        )


def _require_ours(clean: Path) -> None:
    current = clean / CURRENT
    if current.exists() and not current.is_symlink():
        raise StorageError(f"{current} is not a link that a run made; name another output folder")


def _lock(descriptor: int, clean: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown"
        raise LockedError(
            f"another run (process {holder}) holds {clean}; wait until it ends, or stop it"
        ) from error
    except OSError as error:
        raise StorageError(
            f"cannot lock {clean}: {error.strerror}; name a folder on a file system with locks"
        ) from error
    with storage_errors("write to the output folder", clean):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
