"""A pool of worker processes that never outlives the run, and of which one may die or hang.

Every worker hangs on a pipe of its own, so one that dies (most often: killed for want of memory)
takes only its call with it, and the next call starts a new one. The executors of the standard
library break as a whole there, and cannot stop a call that never ends.

Workers are spawned, not forked: a fork copies the locks of Prefect's threads. Left alone, a worker
survives a kill -9 of its parent and goes on with what it holds; so each one watches its parent and
ends with it. Ctrl-C is for the parent alone: workers finish the batch they hold, which stays staged.

A spawned process first imports the main module of its parent again. Under an orchestrator, or for
``python -m flows.clean_corpus``, that is Prefect: 2 seconds and 108 MB a worker, against 0.4 and 53
for what the work needs. So the main module goes without a name while workers start.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import LifoQueue
from types import TracebackType
from typing import ParamSpec, Self, TypeVar, cast

from flows.corpus.worker import OUT_OF_MEMORY, serve
from flows.errors import RunError

P = ParamSpec("P")
T = TypeVar("T")

_SPAWN = multiprocessing.get_context("spawn")
_STARTING = threading.Lock()


class WorkerDiedError(RunError):
    """A worker process ended in the middle of a call; the call may be made again."""


class WorkerOverranError(WorkerDiedError):
    """A call took too long, and its worker was stopped."""


class WorkerPool:
    """Runs functions of importable modules in other processes; may be called from many threads."""

    def __init__(self, workers: int = 0) -> None:
        """Set the number of processes; as many as there are processors if 0."""
        self.workers = workers or os.cpu_count() or 1
        self._closing = False
        # The last one that worked is the first to work again: no more start than are needed.
        self._idle: LifoQueue[_Worker] = LifoQueue()
        for _ in range(self.workers):
            self._idle.put(_Worker())

    def __enter__(self) -> Self:
        """Hand out the pool; workers start with the first calls."""
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        """Drop what is queued and wait for what is being worked on."""
        self._closing = True
        workers = [self._idle.get() for _ in range(self.workers)]
        for worker in workers:
            worker.stop()
            self._idle.put(worker)  # for the calls that still wait for one, to be cancelled

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``function`` returns in a worker; blocks until it does.

        Raises:
            WorkerDiedError: If its worker died.
            CancelledError: If the pool was closed before a worker was free.
        """
        return self.call_within(None, function, *args, **kwargs)

    def call_within(
        self, seconds: float | None, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do what ``call`` does, but stop the worker if it is not done in time.

        Raises:
            WorkerOverranError: If it was stopped.
        """
        worker = self._idle.get()
        try:
            if self._closing:
                raise CancelledError
            return cast("T", worker.call((function, args, kwargs), seconds))
        finally:
            self._idle.put(worker)


class _Worker:
    """One process, which is started by its first call, and again by the next after it died."""

    def __init__(self) -> None:
        self._running: tuple[SpawnProcess, Connection] | None = None

    def call(self, work: tuple[object, ...], seconds: float | None) -> object:
        _, pipe = self._running = self._running or _start()
        try:
            result, error = _ask(pipe, work, seconds)
        except (EOFError, ConnectionError) as lost:
            raise WorkerDiedError(self.stop()) from lost
        except BaseException:  # too late, or interrupted: an answer that came yet would mislead
            self.stop(kill=True)
            raise
        if error is not None:
            raise error
        return result

    def stop(self, *, kill: bool = False) -> str:
        """End the process, which is idle or dead unless it is to be killed; say how it ended."""
        if self._running is None:
            return ""
        process, pipe = self._running
        self._running = None
        if kill:
            process.kill()
        pipe.close()
        process.join()
        code = process.exitcode or 0
        if code == OUT_OF_MEMORY:
            return "out of memory"
        return f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"


def _ask(
    pipe: Connection, work: tuple[object, ...], seconds: float | None
) -> tuple[object, Exception | None]:
    pipe.send(work)
    pipe.recv()  # it has begun: importing what it needs is not on the clock
    if not pipe.poll(seconds):
        raise WorkerOverranError(f"not done after {seconds:g} seconds")
    return cast("tuple[object, Exception | None]", pipe.recv())


def _start() -> tuple[SpawnProcess, Connection]:
    with _STARTING, _nameless_main():
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
    return process, ours


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
