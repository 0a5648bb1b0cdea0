"""A small corpus, and what runs it."""

import os

import pytest

from tests.runs import run, snapshot, write

NOTICE = "本馆自下月一日起延长开放时间，读者凭证件可在晚间九点以前进入二楼阅览室，请互相转告。"
ENTRY = "收到棉布二十四匹，染坊的伙计当面点过，少一匹，记在下回的账上。"


@pytest.fixture(name="write")
def give_write():
    return write


@pytest.fixture(name="run")
def give_run():
    return run


@pytest.fixture(name="snapshot")
def give_snapshot():
    return snapshot


@pytest.fixture
def raw(tmp_path):
    """A raw folder with text in several encodings, a shared notice and files that are no text."""
    folder = tmp_path / "raw"
    write(folder, "letters/1.txt", f"渡口的灯\n\n天黑以前，老周把灯擦了三遍。\n\n{NOTICE}")
    write(
        folder,
        "letters/2.txt",
        f"{NOTICE}\r\n\r\n第二封信\r\n\r\n水退了，\N{BYTE ORDER MARK}船还在。",
    )
    write(folder, "letters/10.txt", "摆渡的人换了班，灯还亮着。".encode("utf-16"))
    write(folder, "ledger.txt", f"账房记事\n\n{ENTRY}\n\n夜里有雨。\n\n{ENTRY}".encode("gb18030"))
    write(folder, "notice.txt", NOTICE)
    write(folder, b"\xd3\xe6.txt", "渔船在雾里靠了岸，岸上的人举着火把。")
    write(folder, "odd\n\x1b[2J.txt", "谁也没有看见那只船是什么时候走的。")
    write(folder, "empty.txt", b"")
    write(folder, "blank.txt", b" \n\n ")
    write(folder, "picture.bin", bytes(range(256)) * 8)
    (folder / "link.txt").symlink_to("/etc/hostname")
    os.mkfifo(folder / "pipe")
    return folder
