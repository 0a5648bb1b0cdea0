import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

import pytest

from flows.corpus.listing import require_listable
from flows.corpus.pool import WorkerDiedError, WorkerOverranError, WorkerPool
from flows.corpus.worker import WorkerBugError
from flows.errors import StorageError

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
        with pytest.raises(WorkerDiedError, match="ended with code 9"):
            pool.call(os._exit, 9)
        second = pool.call(os.getpid)
    assert len({os.getpid(), first, second}) == 3


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_worker_that_is_killed_takes_only_its_own_call_with_it(number):
    with WorkerPool(2) as pool, ThreadPoolExecutor(2) as threads:
        other = threads.submit(pool.call, time.sleep, 0.5)
        with pytest.raises(WorkerDiedError, match=f"ended by {number.name}"):
            pool.call(signal.raise_signal, number)
        assert other.result() is None


def test_a_call_that_takes_too_long_is_stopped_and_its_worker_replaced():
    with WorkerPool(1) as pool:
        first = pool.call(os.getpid)
        with pytest.raises(WorkerOverranError, match=r"after 0\.2 seconds"):
            pool.call_within(0.2, time.sleep, 60)
        assert not _lives(first)
        assert pool.call(os.getpid) != first


def test_want_of_memory_ends_a_worker():
    with WorkerPool(1) as pool, pytest.raises(WorkerDiedError, match="out of memory"):
        pool.call(bytearray, sys.maxsize)


def test_an_error_of_the_run_comes_back_as_it_is_and_a_bug_with_its_traceback():
    with WorkerPool(1) as pool:
        worker = pool.call(os.getpid)
        with pytest.raises(StorageError, match="nowhere"):
            pool.call(require_listable, Path("nowhere"))
        with pytest.raises(WorkerBugError, match=r"Traceback(.|\n)*ZeroDivisionError"):
            pool.call(divmod, 1, 0)
        assert pool.call(os.getpid) == worker


def test_what_cannot_be_sent_does_not_leave_an_answer_for_the_next_call():
    with WorkerPool(1) as pool:
        with pytest.raises(Exception, match="pickle"):
            pool.call(lambda: 1)
        assert pool.call(divmod, 7, 2) == (3, 1)


def test_a_closed_pool_finishes_what_is_at_work_and_drops_what_waits():
    began, ended = threading.Event(), threading.Event()

    def work(pool):
        began.set()
        pool.call(time.sleep, 0.3)
        ended.set()

    with ThreadPoolExecutor(3) as threads:
        with WorkerPool(1) as pool:
            pool.call(os.getpid)
            at_work = threads.submit(work, pool)
            began.wait()
            time.sleep(0.1)
            waiting = [threads.submit(pool.call, os.getpid) for _ in range(2)]
        assert at_work.result() is None
        assert ended.is_set()
        for call in waiting:
            with pytest.raises(CancelledError):
                call.result()


def test_no_more_workers_start_than_are_needed():
    with WorkerPool(8) as pool:
        assert len({pool.call(os.getpid) for _ in range(4)}) == 1


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


MAIN = """
print("imported")
import os
from flows.corpus.pool import WorkerPool
with WorkerPool(2) as pool:
    assert pool.call(os.getpid) != os.getpid()
print(__file__, __spec__)
"""


def test_workers_do_not_import_the_main_module_again(tmp_path):
    script = tmp_path / "main.py"
    script.write_text(MAIN)
    for arguments, spec in (([script], "None"), (["-m", "main"], "ModuleSpec(name='main'")):
        ended = subprocess.run(
            [sys.executable, *arguments],
            check=True,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        imported, origin = ended.stdout.splitlines()
        assert imported == "imported"
        assert origin.startswith(f"{script} {spec}")


def _lives(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
