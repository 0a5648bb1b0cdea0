"""How a flow tells how far it is, without knowing who listens.

A flow announces; whoever wants to show it listens for a while. Both live in one process, the
flow's tasks in several of its threads, so a listener must be ready to be called from any of them.
With nobody listening an announcement costs nothing.
"""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        phase: What is being done, in a word a person understands, such as ``clean``.
        done_bytes: Source bytes that went through this phase.
        total_bytes: Source bytes that have to.
        documents: Documents that are clean so far.
        rejected: Files rejected so far.
    """

    phase: str
    done_bytes: int = 0
    total_bytes: int = 0
    documents: int = 0
    rejected: int = 0


_lock = threading.Lock()
_listeners: list[Callable[[Progress], None]] = []


def announce(progress: Progress) -> None:
    """Tell everybody who listens, one announcement after the other."""
    with _lock:
        for listener in _listeners:
            listener(progress)


@contextmanager
def listening(listener: Callable[[Progress], None]) -> Generator[None, None, None]:
    """Call ``listener`` with every announcement made inside the block.

    >>> with listening(lambda progress: print(progress.phase, progress.documents)):
    ...     announce(Progress("clean", documents=3))
    clean 3
    """
    with _lock:
        _listeners.append(listener)
    try:
        yield
    finally:
        with _lock:
            _listeners.remove(listener)
