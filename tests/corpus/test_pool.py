import os
import subprocess
import sys
import time

import pytest

from flows.corpus.pool import WorkerDiedError, WorkerPool

PARENT = """
import os, sys
from flows.corpus.pool import WorkerPool
with WorkerPool(1) as pool:
    print(pool.call(os.getpid), flush=True)
    sys.stdin.read()
"""


def test_a_dead_worker_is_one_clear_error_and_the_next_call_goes_on():
    with WorkerPool(1) as pool:
        first = pool.call(os.getpid)
        with pytest.raises(WorkerDiedError, match="memory"):
            pool.call(os._exit, 9)
        second = pool.call(os.getpid)
    assert len({os.getpid(), first, second}) == 3


def test_a_worker_ends_with_its_parent_however_that_dies():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    worker = int(parent.stdout.readline())
    assert _lives(worker)
    parent.kill()
    parent.communicate()
    for _ in range(100):
        if not _lives(worker):
            return
        time.sleep(0.05)
    pytest.fail(f"worker {worker} outlived its parent")


def _lives(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
