"""What is told to those who follow the corpus from version to version."""

import errno
import json
import os

import pytest

from flows.corpus import versions
from flows.corpus.output import current_version
from flows.corpus.verifying import verify_version
from flows.errors import UnconfirmedError
from tests.runs import SMALL_BATCHES

NEW = "新来的信还没有拆开，放在门房的木格子里。"


def told(clean, version, previous):
    feed = clean / "changes" / f"{version}-since-{previous}.jsonl"
    return [tuple(json.loads(line).values())[2:] for line in feed.read_bytes().splitlines()]


def test_the_first_version_changes_nothing(raw, tmp_path, run):
    run(raw, tmp_path / "clean")
    run(raw, tmp_path / "clean")
    assert not (tmp_path / "clean" / "changes").exists()


def test_what_came_changed_and_went_is_told_in_path_order(raw, tmp_path, run):
    clean = tmp_path / "clean"
    old = run(raw, clean).version
    (raw / "letters" / "10.txt").unlink()
    (raw / "letters" / "9.txt").write_text(NEW)
    (raw / "ledger.txt").write_text("")
    (raw / "letters" / "2.txt").write_text(NEW * 2)
    new = run(raw, clean).version
    assert told(clean, new, old) == [
        ("ledger.txt", "removed"),
        ("letters/2.txt", "changed"),
        ("letters/9.txt", "added"),
        ("letters/10.txt", "removed"),
    ]


def test_going_back_is_told_too_and_what_leads_to_no_kept_version_goes(raw, tmp_path, run):
    clean = tmp_path / "clean"
    names = [run(raw, clean).version]
    for content in (NEW, None, NEW * 2):
        (raw / "0.txt").write_text(content) if content else (raw / "0.txt").unlink()
        names.append(run(raw, clean).version)
    assert names[0] == names[2]
    assert told(clean, names[2], names[1]) == [("0.txt", "removed")]
    assert told(clean, names[3], names[2]) == [("0.txt", "added")]
    assert len(list((clean / "changes").iterdir())) == 2


@pytest.mark.parametrize("damage", ["line", "file", "manifest"])
def test_where_the_old_version_is_damaged_nothing_is_told(raw, tmp_path, run, damage):
    clean = tmp_path / "clean"
    run(raw, clean)
    old = current_version(clean)
    match damage:
        case "line":
            (old / "documents-00000.jsonl").write_bytes(b"{}\n")
        case "file":
            (old / "documents-00000.jsonl").unlink()
        case "manifest":
            (old / "manifest.json").unlink()
    (raw / "0.txt").write_text(NEW)
    run(raw, clean)
    assert list((clean / "changes").iterdir()) == []
    assert verify_version(clean).is_whole


def test_a_switch_that_the_disk_does_not_confirm_is_told_as_it_is(raw, tmp_path, run, monkeypatch):
    clean = tmp_path / "clean"
    run(raw, clean)
    (raw / "0.txt").write_text(NEW)
    real = versions.sync_folder

    def refusing(folder):
        if folder == clean:  # after the switch: the folders in it are there already
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(folder)

    monkeypatch.setattr(versions, "sync_folder", refusing)
    for _ in range(2):  # also where `current` points there already
        with pytest.raises(UnconfirmedError, match=r"is published in .* check the disk") as caught:
            run(raw, clean, SMALL_BATCHES)
        assert current_version(clean).name in str(caught.value)
        assert caught.value.exit_code == 74
