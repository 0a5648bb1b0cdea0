"""A pool of worker processes that never outlives the run.

Workers are spawned, not forked: a fork copies the locks of Prefect's threads. Left alone, a worker
survives a kill -9 of its parent and goes on with what was queued; so each one watches its parent
and ends with it. Ctrl-C is for the parent alone: workers finish the batch they hold, which stays
staged. A worker that dies (most often: killed for want of memory) breaks the whole executor of the
standard library; here it costs one clear error, and the next call starts new workers.

A spawned process first imports the main module of its parent again. Under an orchestrator, or for
``python -m flows.clean_corpus``, that is Prefect: 2 seconds and 108 MB a worker, against 0.4 and 53
for what the work needs. So the main module goes without a name while workers start.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from flows.errors import RunError

P = ParamSpec("P")
T = TypeVar("T")


class WorkerDiedError(RunError):
    """A worker process ended in the middle of a call; the call may be made again."""


class WorkerPool:
    """Runs functions of importable modules in other processes; may be called from many threads."""

    def __init__(self, workers: int | None = None) -> None:
        """Set the number of processes; as many as there are processors unless told."""
        self.workers = workers or os.cpu_count() or 1
        self._lock = threading.Lock()
        self._executor = self._start()

    def __enter__(self) -> Self:
        """Hand out the pool; workers start with the first call."""
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        """Drop what is queued and wait for what is being worked on."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``function`` returns in a worker; blocks until it does.

        Raises:
            WorkerDiedError: If a worker died, whichever call it was working on.
        """
        executor = self._executor
        try:
            with self._lock, _nameless_main():  # workers start while a call is submitted
                future = executor.submit(function, *args, **kwargs)
            return future.result()
        except BrokenProcessPool as error:
            self._replace(executor)
            raise WorkerDiedError(
                "a worker process died; most often memory ran out: "
                "use fewer workers, or lower input.batch_bytes or input.max_file_bytes"
            ) from error

    def _start(self) -> ProcessPoolExecutor:
        # Where a stopped run leaves semaphores, Python's tracker clears them away, with a warning.
        os.environ.setdefault(
            "PYTHONWARNINGS", "ignore::UserWarning:multiprocessing.resource_tracker"
        )
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, mp_context=spawn, initializer=_begin)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._executor is broken:
                broken.shutdown(wait=False, cancel_futures=True)
                self._executor = self._start()


@contextmanager
def _nameless_main() -> Generator[None]:
    """Hide for a moment where the main module comes from, so that no worker imports it."""
    main = vars(sys.modules["__main__"])
    origin: dict[str, object] = {
        name: main[name] for name in ("__spec__", "__file__") if name in main
    }
    main.update(dict.fromkeys(origin))
    try:
        yield
    finally:
        main.update(origin)


def _begin() -> None:
    """Make a new process a worker."""
    _collect_garbage_seldom()
    _attend_parent()


def _collect_garbage_seldom() -> None:
    """Spare the collector the millions of edits and rows that reference counting frees anyway.

    With the interpreter's thresholds it takes 10-15 % of the time of a batch.
    """
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


def _attend_parent() -> None:
    """Leave Ctrl-C to the parent, and end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
