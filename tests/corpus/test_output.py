import os
import subprocess
import sys

import pytest

from flows.corpus import output
from flows.corpus.output import current_version, hold, manifest_of
from flows.errors import LockedError, StorageError

HOLDER = """
import sys, pathlib
from flows.corpus.output import hold
with hold(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_is_told_who_holds_the_folder_and_a_dead_holder_frees_it(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LockedError, match=f"process {holder.pid}") as caught, hold(tmp_path):
            pass
        assert caught.value.exit_code == 75
    finally:
        holder.kill()
        holder.communicate()
    with hold(tmp_path):
        pass


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_without_a_raw_folder_nothing_is_touched(tmp_path, kind):
    raw = tmp_path / "raw"
    if kind == "file":
        raw.touch()
    with (
        pytest.raises(StorageError, match="raw cannot be listed") as caught,
        hold(tmp_path / "clean", raw),
    ):
        pass
    assert caught.value.exit_code == 74
    assert not (tmp_path / "clean").exists()


def test_the_output_folder_is_made_with_its_parents(tmp_path):
    with hold(tmp_path / "a" / "clean") as staging:
        assert staging.is_dir()


def test_an_output_folder_that_cannot_be_written_stops_the_run(tmp_path, monkeypatch):
    def refusing(*_):
        raise OSError(30, os.strerror(30))

    monkeypatch.setattr(output.os, "open", refusing)
    with pytest.raises(StorageError, match="mount it writable") as caught, hold(tmp_path):
        pass
    assert caught.value.exit_code == 74


def test_an_output_folder_that_is_a_file_stops_the_run(tmp_path):
    (tmp_path / "clean").write_text("灯")
    with pytest.raises(StorageError), hold(tmp_path / "clean"):
        pass


@pytest.mark.parametrize(
    ("raw", "clean"), [("both", "both"), ("raw", "raw/clean"), ("clean/raw", "clean")]
)
def test_output_and_input_may_not_lie_in_one_another(tmp_path, raw, clean):
    with (
        pytest.raises(StorageError, match="two separate folders"),
        hold(tmp_path / clean, raw=tmp_path / raw),
    ):
        pass


def test_something_else_under_our_name_is_never_replaced(tmp_path):
    (tmp_path / "current").mkdir()
    with pytest.raises(StorageError, match="not a link"), hold(tmp_path):
        pass


@pytest.mark.parametrize("link", ["none", "to nowhere", "to itself"])
def test_a_folder_without_a_version_says_so(tmp_path, link):
    if link != "none":
        target = "current" if link == "to itself" else "versions/0123456789abcdef"
        (tmp_path / "current").symlink_to(target)
    with pytest.raises(StorageError, match="no published version"):
        current_version(tmp_path)


@pytest.mark.parametrize("content", [b"", b"{", b"{}\n", b"\xff"])
def test_a_damaged_manifest_says_so(tmp_path, content):
    version = tmp_path / "versions" / "0123456789abcdef"
    version.mkdir(parents=True)
    (version / "manifest.json").write_bytes(content)
    (tmp_path / "current").symlink_to(version)
    with pytest.raises(StorageError, match="damaged"):
        manifest_of(current_version(tmp_path))
