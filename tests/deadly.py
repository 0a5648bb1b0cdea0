"""Cleaning that kills or holds up its worker where a file's name says so."""

import os
import signal
import time

from flows.corpus import cleaning


def clean_batch(raw, batch, *others, **named):
    """Stand in for the real one, in a worker process."""
    barred = others[2]
    for source in batch.sources:
        if source.number in barred:
            continue
        if b"kills" in source.path:
            os.kill(os.getpid(), signal.SIGKILL)
        if b"devours" in source.path:
            raise MemoryError
        if b"hangs" in source.path:
            time.sleep(3600)
    if len(batch.sources) > 1 and any(b"crowd" in source.path for source in batch.sources):
        os.kill(os.getpid(), signal.SIGKILL)
    return cleaning.clean_batch(raw, batch, *others, **named)
