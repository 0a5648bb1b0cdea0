"""From staged batches to a published version, in one step for every reader.

The version is built whole in the staging folder, then given its name and made current
(``flows.corpus.versions``). Published bytes are a function of raw files, settings and code: nothing
here looks at a clock, and the order is that of the plan.

Lines of a batch without shared repeats are copied as they were staged. Documents that lose
paragraphs to another document get one more layer of edits on top; one that loses nearly all is a
copy and ends among the rejected, so that every input is still accounted for.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from flows.corpus.accounts import BatchAccount, RuleTally
from flows.corpus.boilerplate import shared_paragraphs
from flows.corpus.manifests import make_manifest, version_name
from flows.corpus.names import document_id
from flows.corpus.output import MANIFEST, VERSIONS
from flows.corpus.plan import Batch, Plan
from flows.corpus.serial import to_line, to_lines
from flows.corpus.settling import load_decisions
from flows.corpus.sharing import SharedRepeats
from flows.corpus.staging import SHARDED
from flows.corpus.versions import collect, move_in, record_changes, switch
from flows.corpus.writing import (
    CountedFile,
    storage_errors,
    temporary_folder,
    write_synced,
)
from schemas.manifest import FileKind, Manifest, PublishedFile
from schemas.rejection import Rejection
from schemas.report import RuleCount, SharedParagraph
from schemas.settings import Settings


@dataclass(frozen=True, slots=True)
class Publication:
    """A published version.

    Attributes:
        version: Its name: the start of its manifest's checksum.
        manifest: What it holds.
        rules: How often each rule acted on the published documents, in pipeline order.
        rejections: Every input that did not become a document, copies of others included, in
            path order.
        shared_paragraphs: What most documents hold, most first.
    """

    version: str
    manifest: Manifest
    rules: tuple[RuleCount, ...]
    rejections: tuple[Rejection, ...]
    shared_paragraphs: tuple[SharedParagraph, ...]


def publish(
    plan: Plan, clean: Path, staging: Path, accounts: Sequence[BatchAccount], settings: Settings
) -> Publication:
    """Make the staged batches the current version.

    Args:
        plan: What was cleaned.
        clean: The output folder, held by this run.
        staging: Where the batches and the settlement are staged; nothing else is there afterwards.
        accounts: Of every batch, in the order of the plan.
        settings: Those the batches were cleaned with.

    Returns:
        What was published; the same name and bytes for the same input, settings and code.

    Raises:
        StorageError: If something cannot be read or written; then the old version stays.
        UnconfirmedError: If the new version stands, but the disk did not confirm that it will last.
    """
    with storage_errors("publish to", clean), temporary_folder(staging) as folder:
        decisions = load_decisions(staging, accounts)
        tally = _tally(accounts)
        shared = SharedRepeats(plan, staging, decisions, settings.shared_repeats, tally)
        batches = list(zip(plan.batches, accounts, strict=True))
        files = _write_shards(folder, batches, shared, settings.output.shard_bytes)
        rejections = _rejections(plan, accounts, shared)
        files.append(_write_rejected(folder, rejections))
        manifest = make_manifest(accounts, files, shared.growth, len(rejections), settings)
        line = to_line(manifest)
        write_synced(folder / MANIFEST, line)
        version = version_name(line)
        most_shared = shared_paragraphs(plan, staging, accounts, decisions)
        move_in(folder, clean / VERSIONS / version)
        record_changes(clean, version, staging)
        switch(clean, version, staging)
        collect(clean, version, staging, accounts, settings.output)
    return Publication(version, manifest, tally.counts(), rejections, most_shared)


def _tally(accounts: Iterable[BatchAccount]) -> RuleTally:
    tally = RuleTally()
    for account in accounts:
        tally.add_counts(account.rules)
    return tally


def _write_shards(
    folder: Path,
    batches: Sequence[tuple[Batch, BatchAccount]],
    shared: SharedRepeats,
    shard_bytes: int,
) -> list[PublishedFile]:
    """Write the files that are cut into shards; return what the manifest is to say of them."""
    files: list[PublishedFile] = []
    for number, shard in enumerate(_shards(batches, shard_bytes)):
        with ExitStack() as stack:
            targets = {
                kind: stack.enter_context(
                    CountedFile(folder / f"{kind.value}-{number:05d}.jsonl", kind)
                )
                for kind in SHARDED
            }
            for batch, account in shard:
                for kind, lines in shared.lines(batch, account):
                    targets[kind].write(lines)
        files += (target.published for target in targets.values())
    return files


def _rejections(
    plan: Plan, accounts: Iterable[BatchAccount], shared: SharedRepeats
) -> tuple[Rejection, ...]:
    """Return what was rejected in cleaning and what was set aside as a copy, in path order."""
    rejected = {entry.document_id: entry for account in accounts for entry in account.rejections}
    rejected |= shared.copies
    ids = (document_id(source.path) for source in plan.sources)
    return tuple(rejected[own_id] for own_id in ids if own_id in rejected)


def _write_rejected(folder: Path, rejections: Iterable[Rejection]) -> PublishedFile:
    with CountedFile(folder / "rejected.jsonl", FileKind.REJECTED) as rejected:
        rejected.write(to_lines(rejections))
    return rejected.published


def _shards(
    batches: Iterable[tuple[Batch, BatchAccount]], shard_bytes: int
) -> Iterator[list[tuple[Batch, BatchAccount]]]:
    """Yield neighbouring batches that share one file of each kind; at least one, maybe empty."""
    shard: list[tuple[Batch, BatchAccount]] = []
    weight = 0
    for batch, account in batches:
        if shard and weight + account.source_bytes > shard_bytes:
            yield shard
            shard, weight = [], 0
        shard.append((batch, account))
        weight += account.source_bytes
    yield shard
