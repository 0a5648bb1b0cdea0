"""Finding the document that kills a worker, or never ends, and going on without it.

A file may need more memory than there is, meet a fault in a library, or take hours. Its batch is
then lost with the worker. The batch's documents are cleaned again one at a time, each in a worker
of its own calls; those that fail alone too are barred, and the batch is cleaned without them. So
the other documents come out as if the culprit had never been there, and it ends among the rejected.

Where everything dies it is not the documents: the machine is out of memory, or a limit is too low.
Then the run stops, with nothing published, before it has rejected a corpus.
"""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ParamSpec, Protocol, TypeVar

from flows.corpus.cleaning import NONE_BARRED, Barred, CleanedBatch, clean_batch
from flows.corpus.plan import Batch, Plan
from flows.corpus.pool import WorkerDiedError, WorkerOverranError
from flows.corpus.writing import storage_errors
from flows.errors import RunError
from schemas.rejection import Reason
from schemas.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")

_TOLERATED = 20
_TOLERATED_SHARE = 0.01
"""So many workers may die in a run, or for so large a share of its inputs. A choice: enough for a
folder with something odd in it, and too few to reject a corpus for want of memory."""


class WorkersDieError(RunError):
    """Workers die so often, or in such a way, that it is not for the documents they held."""

    exit_code = 71


class Pool(Protocol):
    """Runs functions elsewhere, where they may come to an end or to none."""

    def call_within(
        self, seconds: float | None, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return what ``function`` returns; raise ``WorkerDiedError`` where it does not."""
        ...


class Isolation:
    """Cleans batches in a pool; may be called from many threads."""

    def __init__(
        self, plan: Plan, staging: Path, settings: Settings, pool: Pool, *, full: bool = False
    ) -> None:
        """Keep what every call needs, and count no deaths yet."""
        self._raw, self._staging, self._settings = plan.raw, staging, settings
        self._pool, self._full = pool, full
        inputs = sum(len(batch.sources) for batch in plan.batches)
        self._tolerated = max(_TOLERATED, int(_TOLERATED_SHARE * inputs))
        self._lock = threading.Lock()

    def clean(self, batch: Batch) -> CleanedBatch:
        """Clean a batch in a worker, without the documents that would be the end of one.

        Raises:
            WorkersDieError: If the batch cannot be cleaned even so, or too many workers died.
            StorageError: If ``staging`` cannot be written.
        """
        try:
            return self._call(batch, self._staging, seconds=self._settings.input.max_seconds)
        except WorkerDiedError as error:
            self._count(error)
        try:
            return self._call(batch, self._staging, self._culprits(batch))
        except WorkerDiedError as error:
            raise WorkersDieError(
                f"batch {batch.number} cannot be cleaned, its worker was {error}, though each of "
                "its documents can be alone; use fewer workers, or lower input.batch_bytes"
            ) from error

    def _culprits(self, batch: Batch) -> dict[int, Barred]:
        """Return which documents of a batch fail alone, by their place in the plan, and how."""
        found: dict[int, Barred] = {}
        for source in batch.sources:
            alone = Batch(batch.number, (source,))
            try:
                with (
                    storage_errors("write to", self._staging),
                    TemporaryDirectory(dir=self._staging, prefix=".alone-") as elsewhere,
                ):
                    self._call(alone, Path(elsewhere), seconds=self._settings.input.max_seconds)
            except WorkerDiedError as error:
                self._count(error)
                found[source.number] = _barred(error)
        return found

    def _call(
        self,
        batch: Batch,
        staging: Path,
        barred: Mapping[int, Barred] = NONE_BARRED,
        seconds: float | None = None,
    ) -> CleanedBatch:
        work = (self._raw, batch, staging, self._settings, barred)
        return self._pool.call_within(seconds, clean_batch, *work, full=self._full)

    def _count(self, error: WorkerDiedError) -> None:
        with self._lock:
            self._tolerated -= 1
            if self._tolerated >= 0:
                return
        raise WorkersDieError(
            f"workers die again and again, the last was {error}, so nothing is published; free "
            "memory, use fewer workers, or look at input.max_seconds and input.max_file_bytes"
        ) from error


def _barred(error: WorkerDiedError) -> Barred:
    reason = Reason.TOO_SLOW if isinstance(error, WorkerOverranError) else Reason.CRASHED
    return Barred(reason, f"its worker was {error}")
