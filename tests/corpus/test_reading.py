import errno
import os
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from flows.corpus import reading
from flows.corpus.plan import Source
from flows.corpus.reading import read_source
from flows.errors import DocumentError
from schemas.rejection import Reason

LIMIT = 1000


def read(raw, name, limit=LIMIT):
    return read_source(raw, Source(os.fsencode(name), 0, 0), limit)


def reason_of(raw, name, limit=LIMIT):
    with pytest.raises(DocumentError) as caught:
        read(raw, name, limit)
    assert caught.value.step == "read"
    assert caught.value.found
    assert caught.value.advice
    return caught.value.reason


@pytest.mark.parametrize("name", ["a.txt", b"\xd3\xe6.txt", "a\nb\x1b[2J.txt"])
def test_a_file_is_read_whole_whatever_its_name(tmp_path, name):
    (tmp_path / os.fsdecode(name)).write_bytes(b"\0\xff" * 500)
    assert read(tmp_path, name) == b"\0\xff" * 500


def test_an_empty_file_is_read_as_nothing(tmp_path):
    (tmp_path / "a").touch()
    assert read(tmp_path, "a") == b""


def test_a_file_over_the_limit_is_too_large(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * (LIMIT + 1))
    assert reason_of(tmp_path, "a") is Reason.TOO_LARGE


@pytest.mark.parametrize("target", ["/etc/hostname", "a.txt", "nowhere", "loop"])
def test_a_symbolic_link_is_never_followed(tmp_path, target):
    (tmp_path / "a.txt").write_text("灯")
    (tmp_path / "loop").symlink_to(target)
    assert reason_of(tmp_path, "loop") is Reason.SYMBOLIC_LINK


def test_a_folder_exchanged_for_a_link_is_not_followed_out(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.txt").write_text("灯")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "folder").symlink_to("../elsewhere")
    assert reason_of(tmp_path / "raw", "folder/secret.txt") is Reason.VANISHED


def test_the_raw_folder_itself_may_be_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("灯")
    (tmp_path / "raw").symlink_to("real")
    assert read(tmp_path / "raw", "a.txt") == "灯".encode()


def test_a_device_is_no_file():
    assert reason_of(Path("/dev"), "null") is Reason.NOT_A_FILE


def test_a_path_longer_than_the_system_takes_at_once_is_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ["x" * 200] * 25
    for name in names:
        os.mkdir(name)  # noqa: PTH102 - relative on purpose
        os.chdir(name)
    with open("a.txt", "w") as file:  # noqa: PTH123 - the same
        file.write("灯")
    assert read(tmp_path, "/".join([*names, "a.txt"])) == "灯".encode()


def test_reading_leaves_no_file_open(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").write_text("灯")
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - no file of a folder is wanted
    for name in ("folder/a.txt", "folder/none.txt", "none/a.txt", "folder/a.txt/b"):
        with suppress(DocumentError):
            read(tmp_path, name)
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208 - the same


def test_a_pipe_does_not_hang_the_run(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert reason_of(tmp_path, "pipe") is Reason.NOT_A_FILE


def test_a_socket_is_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a socket's path may have 108 bytes at most
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind("socket")
    assert reason_of(tmp_path, "socket") is Reason.NOT_A_FILE


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "folder").mkdir()
    assert reason_of(tmp_path, "folder") is Reason.NOT_A_FILE


@pytest.mark.parametrize("name", ["gone.txt", "a.txt/below"])
def test_a_file_that_is_gone_has_vanished(tmp_path, name):
    (tmp_path / "a.txt").write_text("灯")
    assert reason_of(tmp_path, name) is Reason.VANISHED


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EIO, errno.ESTALE])
def test_a_file_that_may_not_be_opened_is_unreadable(tmp_path, monkeypatch, number):
    def refusing(*_, **__):
        raise OSError(number, os.strerror(number))

    (tmp_path / "a").write_text("灯")
    monkeypatch.setattr(reading.os, "open", refusing)
    assert reason_of(tmp_path, "a") is Reason.UNREADABLE


def test_a_disk_that_fails_in_the_middle_makes_it_unreadable(tmp_path, monkeypatch):
    def failing(*_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    (tmp_path / "a").write_text("灯")
    monkeypatch.setattr(reading.os, "read", failing)
    assert reason_of(tmp_path, "a") is Reason.UNREADABLE


@pytest.mark.parametrize("change", ["grow", "shrink", "rewrite"])
def test_a_file_written_meanwhile_does_not_pass_for_whole(tmp_path, monkeypatch, change):
    path = tmp_path / "a"
    path.write_bytes(b"x" * 100)
    os.utime(path, ns=(0, 0))
    real = os.read

    def changing(descriptor, count):
        path.write_bytes({"grow": b"x" * 200, "shrink": b"x", "rewrite": b"y" * 100}[change])
        return real(descriptor, count)

    monkeypatch.setattr(reading.os, "read", changing)
    assert reason_of(tmp_path, "a") is Reason.CHANGED_WHILE_READ
