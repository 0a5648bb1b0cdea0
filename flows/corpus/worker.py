"""What runs in a worker process: calls from a pipe, until the pipe or the parent is gone.

An error of the run goes back as it is. Any other is a bug and goes back as words, since not every
exception survives the pipe. Want of memory ends the process, as it does where the system kills it:
a worker that has run out once cannot be trusted with the next call.
"""

import gc
import multiprocessing
import os
import signal
import threading
import traceback
from multiprocessing import connection
from multiprocessing.connection import Connection

from flows.errors import RunError

OUT_OF_MEMORY = 12
"""Exit code of a worker that ran out of memory: the number of ENOMEM."""


class WorkerBugError(RuntimeError):
    """A call failed in a worker in a way that nobody foresaw; the message is its traceback."""


def serve(pipe: Connection) -> None:
    """Answer calls from ``pipe`` until it is closed: first that one has begun, then its result.

    A call is function, arguments and keyword arguments; a result comes with None or with the
    error there is instead.
    """
    collect_garbage_seldom()
    _attend_parent()
    while True:
        try:
            function, args, kwargs = pipe.recv()
        except EOFError:
            return
        pipe.send(None)
        try:
            answer: tuple[object, Exception | None] = (function(*args, **kwargs), None)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except RunError as error:
            answer = (None, error)
        except Exception:  # noqa: BLE001 - whatever it is, the caller is told
            answer = (None, WorkerBugError(traceback.format_exc()))
        pipe.send(answer)


def collect_garbage_seldom() -> None:
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
