"""The steps by which a finished version becomes the current one, and what goes afterwards.

First the version gets its name, then the changes since the one before are written, then `current`
is switched by one rename. A crash before the switch leaves the old version in place, a crash after
it the new one; what is left over is collected by the next run.
"""

import filecmp
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from flows.corpus.accounts import BatchAccount
from flows.corpus.changes import feed_path, feeds_by_version, write_changes
from flows.corpus.output import CURRENT, TRASH, VERSIONS
from flows.corpus.settling import DECISIONS, refusals_name
from flows.corpus.staging import folder_name
from flows.corpus.writing import make_folder, remove, rename_folder, sync_folder
from flows.errors import UnconfirmedError
from schemas.settings import OutputSettings

_VERSION = re.compile("[0-9a-f]{16}")
_LINK = "new-current"
_FEED = "new-changes.jsonl"


def move_in(folder: Path, version: Path) -> None:
    """Give a finished version its name; where it stands already, mend what differs in it."""
    make_folder(version.parent)
    if not version.exists():
        rename_folder(folder, version)
        return
    for file in folder.iterdir():
        published = version / file.name
        if not published.exists() or not filecmp.cmp(file, published, shallow=False):
            file.replace(published)
    os.utime(version)  # as new as the last time it became current
    sync_folder(version)


def record_changes(clean: Path, version: str, staging: Path) -> None:
    """Write what changes when ``version`` becomes the current one, unless it is, or is the first."""
    current = clean / CURRENT
    previous = current.readlink().name if current.is_symlink() else version
    if previous != version:
        remove(staging / _FEED)
        feed = feed_path(clean, version, previous)
        versions = clean / VERSIONS
        write_changes(feed, staging / _FEED, versions / previous, versions / version)


def switch(clean: Path, version: str, staging: Path) -> None:
    """Point `current` at a version, in one step.

    Raises:
        UnconfirmedError: If `current` points there, but the disk did not confirm it.
    """
    target = Path(VERSIONS) / version
    current = clean / CURRENT
    if not (current.is_symlink() and current.readlink() == target):
        link = staging / _LINK
        remove(link)
        link.symlink_to(target)
        link.replace(current)
    try:
        sync_folder(clean)
    except OSError as error:
        raise UnconfirmedError(
            f"version {version} is published in {clean}, but the disk did not confirm that it will "
            f"outlast a power failure: {error.strerror or error}; check the disk, and run again"
        ) from error


def collect(
    clean: Path,
    version: str,
    staging: Path,
    accounts: Iterable[BatchAccount],
    settings: OutputSettings,
) -> None:
    """Remove staged work that this version does not need, and versions beyond the newest.

    Each goes out of sight in one step before its files go, so that no half of it is ever taken for
    the whole. The new version stands already: what cannot be removed is left to the next run.
    """
    with suppress(OSError):
        versions = _versions(clean, version)
        kept, old = versions[: settings.keep_versions], versions[settings.keep_versions :]
        trash = clean / TRASH
        remove(trash)
        trash.mkdir()
        names = {path.name for path in kept}
        feeds = [
            feed
            for to, feeds in feeds_by_version(clean).items()
            if to not in names
            for feed in feeds
        ]
        for path in (*_idle(staging, accounts, settings), *old, *feeds):
            path.rename(trash / path.name)
        remove(trash)


def _versions(clean: Path, current: str) -> list[Path]:
    """Return all versions: the current one first, then the newest."""
    found = [path for path in (clean / VERSIONS).iterdir() if _VERSION.fullmatch(path.name)]
    return sorted(found, key=lambda path: (path.name != current, -path.stat().st_mtime_ns))


def _idle(staging: Path, accounts: Iterable[BatchAccount], settings: OutputSettings) -> list[Path]:
    """Return what is staged and of no use to the next run."""
    if not settings.keep_work:
        return [staging]
    live = {DECISIONS, refusals_name(), *(folder_name(account.key) for account in accounts)}
    return [path for path in staging.iterdir() if path.name not in live]
