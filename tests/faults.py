"""A run whose system calls fail, or at one of which it dies, by strace: ``python -m tests.faults``.

Every call that touches the output folder has its turn with every fault, without and with a version
that was published before. Afterwards a reader has to find the old version or the new one, whole,
and the next run has to bring the bytes of a run that nothing disturbed, and to leave nothing over.

The run is forked from this process, which has imported everything already, and stops itself until
strace holds it. So a fault costs a quarter of a second, and every call that touches the output
folder can have its turn.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from flows.errors import RunError
from tests.runs import run, snapshot, write

CALLS = (
    "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,"
    "rmdir,symlink,symlinkat,flock,ftruncate,close,utimensat"
)
STRACE = shutil.which("strace")


class Site(NamedTuple):
    """One system call of a run: its name, and the how-many-eth of that name it is."""

    call: str
    number: int


def forked(raw, clean, before=lambda: None, *, stopped=False):
    """Start a run in a forked process and return its number; it exits as the command would."""
    if child := os.fork():
        return child
    code = 1
    try:
        before()
        if stopped:
            os.kill(os.getpid(), signal.SIGSTOP)
        run(raw, clean)
        code = 0
    except RunError as error:
        code = error.exit_code
    except BaseException:  # noqa: BLE001 - nothing of the child may reach the test's own frames
        traceback.print_exc()
    finally:
        os._exit(code)


def finish(child):
    """Return the exit code of a forked run, as a shell would tell it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def traced(raw, clean, log, *options, before=lambda: None):
    """Run under strace; return the exit code and the log's lines."""
    child = forked(raw, clean, before, stopped=True)
    os.waitpid(child, os.WUNTRACED)
    command = [STRACE, "-y", "-o", log, *options, "-p", str(child)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        strace.stderr.readline()  # attached, or why not
        os.kill(child, signal.SIGCONT)
        code = finish(child)
        strace.communicate()
    return code, log.read_text(errors="replace").splitlines()


def calls_of(lines):
    """Yield the name of each call of a log, and what it was called with."""
    for line in lines:
        if found := re.match(r"(\w+)\((.*)", line):
            yield found[1], found[2]


def sites(raw, clean, log):
    """Return every call of a run that touches the output folder."""
    code, lines = traced(raw, clean, log, "-e", f"trace={CALLS}")
    assert code == 0, lines[-3:]
    counts = Counter()
    found = []
    for call, arguments in calls_of(lines):
        counts[call] += 1
        if str(clean) in arguments:
            found.append(Site(call, counts[call]))
    return found


def with_fault(raw, clean, log, fault, before=lambda: None):
    """Run with a fault at a site, such as ``signal=KILL``; return the exit code."""
    site, what = fault
    inject = f"inject={site.call}:{what}:when={site.number}"
    return traced(raw, clean, log, "-e", f"trace={site.call}", "-e", inject, before=before)[0]


def unsynced(lines, clean: Path):
    """Return what a loss of power could undo at the moment when others come to rely on it.

    A file that gets its final name, or lies in a folder that does, must be on disk before; the
    folder that holds the new name must be on disk before the link is switched, and at the end.
    Nobody relies on staged batches: their checksums tell whether they are whole.
    """
    wrong, dirty, renamed = [], set(), set()
    for call, arguments in calls_of(lines):
        if call in {"write", "pwrite64"} and (found := re.match(r"\d+<([^>]*)>", arguments)):
            dirty.add(found[1])
        elif call in {"fsync", "fdatasync"} and (found := re.match(r"\d+<([^>]*)>", arguments)):
            dirty.discard(found[1])
            renamed.discard(found[1])
        elif call.startswith("rename") and arguments.endswith("= 0"):
            old, new = re.findall(r'"([^"]*)"', arguments)[:2]
            if not old.startswith(str(clean)) or "/.trash/" in new or "/batch-" in new:
                continue
            wrong += [f"{path} before {new}" for path in dirty if path.startswith(old)]
            if new == str(clean / "current"):
                wrong += [f"{folder} before the switch" for folder in renamed]
            renamed.add(str(Path(new).parent))
    return wrong + [f"{folder} at the end" for folder in renamed if folder == str(clean)]


_YOUNG_SECONDS = 2.1
"""Until files have an age at which they are known by their stamp, so that every run makes the same calls."""
FAULTS = ("signal=KILL", "error=ENOSPC", "error=EIO", "error=EROFS")
NOTICE = "本馆自下月一日起延长开放时间，读者凭证件可在晚间九点以前进入二楼阅览室，请互相转告。"


class Sweep:
    """A small corpus, what comes of it undisturbed, and runs of it with one fault each."""

    def __init__(self, folder: Path, *, with_version: bool, before=lambda: None) -> None:
        """Make the corpus; ``before`` breaks the protocol, for a test of the sweep itself."""
        self.raw, self.clean, self.log = folder / "raw", folder / "clean", folder / "log"
        self._start, self._before = folder / "start", before
        write(self.raw, "1.txt", f"天黑以前，老周把灯擦了三遍。\n\n{NOTICE}")
        write(self.raw, "2.txt", f"{NOTICE}\n\n水退了，船还在。".encode("gb18030"))
        write(self.raw, "empty.txt", b"")
        self.old = {}
        if with_version:
            time.sleep(_YOUNG_SECONDS)
            run(self.raw, self._start)
            self.old = snapshot(self._start)
            write(self.raw, "3.txt", "第三封信压在砚台下面，没有写完。")
        time.sleep(_YOUNG_SECONDS)
        gold = folder / "gold"
        if with_version:
            shutil.copytree(self._start, gold, symlinks=True)
        run(self.raw, gold)
        self.new, self.names = snapshot(gold), {path.name for path in gold.iterdir()}

    def fresh(self) -> Path:
        """Put the output folder back to where every run starts from."""
        shutil.rmtree(self.clean, ignore_errors=True)
        if self.old:
            shutil.copytree(self._start, self.clean, symlinks=True)
        return self.clean

    def sites(self) -> list[Site]:
        """Return the calls at which something may happen."""
        return sites(self.raw, self.fresh(), self.log)

    def wrong_after(self, site: Site, fault: str) -> Iterator[str]:
        """Yield what is not as it was promised after a fault, and after the run that follows."""
        code = with_fault(self.raw, self.fresh(), self.log, (site, fault), self._before)
        if code not in ((-signal.SIGKILL,) if "KILL" in fault else (0, 74)):
            yield f"exit code {code}"
        now = snapshot(self.clean) if (self.clean / "current").is_symlink() else {}
        if now not in (self.old, self.new) or (code == 0 and now != self.new):
            yield "neither the old version nor the new"
        if finish(forked(self.raw, self.clean)) != 0 or snapshot(self.clean) != self.new:
            yield "the next run does not bring the new version"
        left = {path.name for path in self.clean.iterdir()} - self.names
        left |= {path.name for path in (self.clean / ".staging").glob(".new-*")}
        if left:
            yield f"left over: {sorted(left)}"


def main() -> None:
    """Sweep over everything, and count."""
    wrong = 0
    for with_version in (False, True):
        with TemporaryDirectory() as folder:
            sweep = Sweep(Path(folder), with_version=with_version)
            calls = sweep.sites()
            for fault in FAULTS:
                turns = [
                    site
                    for site in calls
                    if site.call != "close" or "EIO" in fault or "KILL" in fault
                ]
                bad = [(site, said) for site in turns for said in sweep.wrong_after(site, fault)]
                wrong += len(bad)
                start = "a version" if with_version else "nothing"
                told = f"{fault}, from {start}: {len(turns)} sites, {len(bad)} wrong"
                print(told, *bad, sep="\n  ", flush=True)  # noqa: T201 - what it is started for
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
