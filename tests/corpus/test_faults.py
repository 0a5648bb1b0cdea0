"""Runs that die, and disks that refuse, at calls to the output folder; see docs/reliability.md."""

import os
import resource
import shutil
import signal
import subprocess
import sys

import pytest

from flows.corpus import publishing, versions
from tests.faults import (
    CALLS,
    FAULTS,
    STRACE,
    Site,
    Sweep,
    finish,
    forked,
    traced,
    unsynced,
)
from tests.runs import run, snapshot, write

UNSHARE = shutil.which("unshare")
needs_strace = pytest.mark.skipif(STRACE is None, reason="strace is not installed")
EVERY = 40
"""One site in so many has its turn here; ``python -m tests.faults`` gives one to all."""


def without_sync():
    os.fsync = lambda _: None


def switching_in_two_steps():
    def switch(clean, version, _):
        (clean / "current").unlink(missing_ok=True)
        (clean / "current").symlink_to(f"versions/{version}")

    publishing.switch = versions.switch = switch


def wrong(sweep, fault, sites):
    return {site: said for site in sites if (said := list(sweep.wrong_after(site, fault)))}


@needs_strace
@pytest.mark.parametrize("with_version", [False, True])
@pytest.mark.parametrize("fault", FAULTS[:2])
def test_a_fault_leaves_the_old_version_or_the_new(tmp_path, fault, with_version):
    sweep = Sweep(tmp_path, with_version=with_version)
    sites = [site for site in sweep.sites() if "KILL" in fault or site.call != "close"]
    chosen = sites[::EVERY] + [site for site in sites if site.call in {"rename", "symlink"}]
    assert wrong(sweep, fault, chosen) == {}


@pytest.mark.slow
@needs_strace
def test_a_kill_at_any_call_leaves_the_old_version_or_the_new(tmp_path):
    sweep = Sweep(tmp_path, with_version=True)
    assert wrong(sweep, "signal=KILL", sweep.sites()) == {}


@needs_strace
def test_a_switch_in_two_steps_would_be_found_out(tmp_path):
    sweep = Sweep(tmp_path, with_version=True, before=switching_in_two_steps)
    assert wrong(sweep, "signal=KILL", [Site("symlink", 1)])


@needs_strace
def test_what_a_name_stands_for_is_on_disk_before_the_name(tmp_path):
    sweep = Sweep(tmp_path, with_version=True)
    code, lines = traced(sweep.raw, sweep.fresh(), sweep.log, "-e", f"trace={CALLS}")
    assert (code, unsynced(lines, sweep.clean)) == (0, [])


@needs_strace
def test_a_run_that_never_syncs_would_be_found_out(tmp_path):
    sweep = Sweep(tmp_path, with_version=False)
    code, lines = traced(
        sweep.raw, sweep.fresh(), sweep.log, "-e", f"trace={CALLS}", before=without_sync
    )
    assert code == 0
    assert unsynced(lines, sweep.clean)


def test_a_limit_on_file_size_is_named_and_nothing_is_published(tmp_path):
    write(tmp_path / "raw", "a.txt", "灯亮着，船还在。" * 4000)

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    assert finish(forked(tmp_path / "raw", tmp_path / "clean", limit)) == 74
    assert not (tmp_path / "clean" / "current").exists()


def test_of_six_runs_at_once_each_publishes_or_is_refused(tmp_path):
    write(tmp_path / "raw", "a.txt", "灯亮着，船还在。")
    children = [forked(tmp_path / "raw", tmp_path / "clean") for _ in range(6)]
    codes = [finish(child) for child in children]
    assert set(codes) <= {0, 75}
    assert 0 in codes
    run(tmp_path / "raw", tmp_path / "gold")
    assert snapshot(tmp_path / "clean") == snapshot(tmp_path / "gold")


def run_on(mount, raw, clean):
    """Run in a namespace of its own after the command ``mount``; return what it says at its end."""
    command = [
        "unshare",
        "-m",
        "sh",
        "-c",
        f'{mount} && exec "$@"',
        "sh",
        sys.executable,
        "-c",
        RUN,
    ]
    return subprocess.run(
        [*command, raw, clean], capture_output=True, text=True, check=False
    ).stderr


can_mount = pytest.mark.skipif(
    UNSHARE is None
    or subprocess.run([UNSHARE, "-m", "true"], capture_output=True, check=False).returncode != 0,
    reason="no mount may be made here",
)
RUN = """
import sys
from pathlib import Path
from flows.errors import RunError
from tests.runs import run
try:
    run(*map(Path, sys.argv[1:]))
except RunError as error:
    sys.exit(str(error))
"""


@can_mount
def test_a_full_disk_is_named(tmp_path):
    write(tmp_path / "raw", "a.txt", "灯亮着，船还在。" * 60_000)
    disk = tmp_path / "disk"
    disk.mkdir()
    said = run_on(f"mount -t tmpfs -o size=1m tmpfs {disk}", tmp_path / "raw", disk / "clean")
    assert "free some space and run again" in said


@can_mount
def test_a_read_only_output_keeps_its_version(tmp_path):
    raw, clean = tmp_path / "raw", tmp_path / "clean"
    write(raw, "a.txt", "灯亮着，船还在。")
    run(raw, clean)
    before = snapshot(clean)
    write(raw, "b.txt", "又来了一封信。")
    mount = f"mount --bind {clean} {clean} && mount -o remount,ro,bind {clean}"
    assert "mount it writable" in run_on(mount, raw, clean)
    assert snapshot(clean) == before
