"""Stop whole runs at random moments and see what they leave: ``python -m tests.stops --count 50``.

Each run is the command as a person or a service manager starts it, with Prefect, worker processes
and all. SIGTERM comes to the command alone, SIGINT to all its processes, as from Ctrl-C. Whenever
it comes, the exit code has to say so, every process has to be gone soon, a reader has to find the
old version or the new one whole, and the next run has to bring the bytes of an undisturbed run.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.corpus.verifying import verify_version
from flows.errors import StorageError
from tests.runs import snapshot

SAMPLES = Path(__file__).resolve().parent.parent / "raw"
FINISHED = 3
"""Some of the samples have to be rejected."""

STOPPED = {signal.SIGTERM: 143, signal.SIGINT: 130}
SECONDS_TO_LEAVE = 15
COMMAND = (
    *(sys.executable, "-m", "flows.cli", "run", "--log"),
    *("--workers", "2", "--set", "input.batch_bytes=4096"),
)


class Stops:
    """A corpus, how long a run of it takes, and what comes of it undisturbed."""

    def __init__(self, folder: Path) -> None:
        """Make both, in a folder that is not there yet."""
        self.raw, self.clean = folder / "raw", folder / "clean"
        self._log = folder / "log.txt"
        for copy in range(20):
            shutil.copytree(SAMPLES, self.raw / str(copy), symlinks=True)
        self._finish()  # compiles byte code and makes Prefect's database
        shutil.rmtree(self.clean)
        began = time.monotonic()
        self._finish()
        self.seconds = time.monotonic() - began
        self.new = snapshot(self.clean)
        shutil.rmtree(self.clean)

    def wrong_after(self, number: signal.Signals, seconds: float) -> Iterator[str]:
        """Yield what is not as promised after a run is stopped, and after the run that follows."""
        started = self._start()
        time.sleep(seconds)
        if number is signal.SIGINT:
            os.killpg(started.pid, number)
        else:
            started.send_signal(number)
        try:
            code = started.wait(SECONDS_TO_LEAVE)
        except subprocess.TimeoutExpired:
            yield "it did not leave"
            os.killpg(started.pid, signal.SIGKILL)
            code = started.wait()
        # Before Python runs the command's first lines, a signal ends it as it ends any program.
        if code not in {STOPPED[number], -number, FINISHED}:
            yield f"exit code {code}"
        yield from self._left_behind(started.pid)
        yield from self._wrong_version()
        self._finish()
        if snapshot(self.clean) != self.new:
            yield "the next run does not bring the new version"
        if list((self.clean / ".staging").glob(".new-*")):
            yield "the next run leaves unfinished work over"
        shutil.rmtree(self.clean)

    def _left_behind(self, group: int) -> Iterator[str]:
        gives_up = time.monotonic() + SECONDS_TO_LEAVE
        while left := _processes_of(group):
            if time.monotonic() > gives_up:
                os.killpg(group, signal.SIGKILL)
                yield f"left running: {left}"
                return
            time.sleep(0.1)

    def _wrong_version(self) -> Iterator[str]:
        try:
            found = verify_version(self.clean)
        except StorageError:
            return  # nothing is published yet
        if found.findings or snapshot(self.clean) != self.new:
            yield "what is published is not the new version"

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                (*COMMAND, self.raw, self.clean),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _finish(self) -> None:
        code = self._start().wait()
        if code != FINISHED:
            raise AssertionError(f"exit code {code}: {self._log.read_text()}")


def _processes_of(group: int) -> list[str]:
    """Return the processes of a group that are still there, zombies aside."""
    listed = subprocess.run(
        ["/bin/ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    return [row[2] for row in rows if int(row[0]) == group and not row[1].startswith("Z")]


def main() -> None:
    """Stop runs at random moments, and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chosen = random.Random(given.seed)
    wrong = 0
    with TemporaryDirectory() as folder:
        stops = Stops(Path(folder))
        for _ in range(given.count):
            number = chosen.choice(list(STOPPED))
            seconds = chosen.uniform(0, stops.seconds)
            bad = list(stops.wrong_after(number, seconds))
            wrong += bool(bad)
            print(f"{number.name} after {seconds:.2f} s", *bad, sep="\n  ", flush=True)  # noqa: T201 - what it is started for
    print(f"{given.count} stops, {wrong} wrong")  # noqa: T201
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
