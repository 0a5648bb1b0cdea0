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
