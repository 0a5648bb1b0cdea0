import os
import time

import pytest

from flows.corpus.pool import WorkerDiedError, WorkerPool


def test_a_dead_worker_is_one_clear_error_and_the_next_call_goes_on():
    with WorkerPool(1) as pool:
        first = pool.call(os.getpid)
        with pytest.raises(WorkerDiedError, match="memory"):
            pool.call(os._exit, 9)
        second = pool.call(os.getpid)
    assert len({os.getpid(), first, second}) == 3
    assert not _lives(second)


def _lives(process):
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True
