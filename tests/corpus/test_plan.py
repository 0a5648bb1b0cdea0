import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.corpus.plan import natural_order, plan_corpus
from flows.errors import StorageError
from schemas.settings import InputSettings, Settings

SETTINGS = Settings()


def paths_of(plan):
    return [source.path for source in plan.sources]


def with_input(**given):
    return Settings(input=InputSettings(**given))


def test_the_order_is_natural_and_a_folder_stands_together(tmp_path):
    for name in ("10.txt", "9.txt", "a/2.txt", "a/10.txt", "a b.txt", "b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("灯")
    assert paths_of(plan_corpus(tmp_path, SETTINGS)) == [
        b"9.txt",
        b"10.txt",
        b"a/2.txt",
        b"a/10.txt",
        b"a b.txt",
        b"b.txt",
    ]


def test_the_plan_does_not_depend_on_the_order_of_creation(tmp_path):
    names = [f"{folder}/{number}.txt" for folder in "ab" for number in range(12)]
    plans = []
    for turn in range(2):
        raw = tmp_path / str(turn)
        for name in names if turn else reversed(names):
            (raw / name).parent.mkdir(parents=True, exist_ok=True)
            (raw / name).write_text(name)
        plans.append(plan_corpus(raw, with_input(batch_bytes=3000)).batches)
    assert plans[0] == plans[1]


@given(names=st.lists(st.binary(min_size=1, max_size=8), unique=True))
def test_the_order_is_total(names):
    backwards = names[::-1]
    assert sorted(names, key=natural_order) == sorted(backwards, key=natural_order)


def test_batches_hold_every_input_once_and_stay_below_their_size(tmp_path):
    for number in range(9):
        (tmp_path / f"{number}.txt").write_bytes(b"x" * 3000)
    (tmp_path / "5.txt").write_bytes(b"x" * 20_000)
    plan = plan_corpus(tmp_path, with_input(batch_bytes=8000))
    weights = [sum(source.size for source in batch.sources) for batch in plan.batches]
    assert len(weights) > 3
    assert sorted(weights)[-2] <= 8000 < max(weights) == 20_000
    assert [source.number for source in plan.sources] == list(range(9))
    assert [batch.number for batch in plan.batches] == list(range(len(weights)))


def test_a_new_file_changes_the_batch_it_comes_into_and_no_other(tmp_path):
    for number in range(200):
        (tmp_path / f"{number}.txt").write_bytes(b"x" * 1500)

    def cuts():
        batches = plan_corpus(tmp_path, with_input(batch_bytes=20_000)).batches
        return {tuple(source.path for source in batch.sources) for batch in batches}

    before = cuts()
    (tmp_path / "100 and more.txt").write_bytes(b"x" * 1500)
    assert len(before) > 15
    assert len(cuts() - before) <= 2


def test_tiny_files_do_not_make_an_endless_batch(tmp_path):
    for number in range(10):
        (tmp_path / f"{number}.txt").touch()
    batches = plan_corpus(tmp_path, with_input(batch_bytes=4096)).batches
    assert max(len(batch.sources) for batch in batches) <= 4


def test_links_pipes_and_odd_names_are_inputs_too(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "loop").symlink_to("..")
    (tmp_path / "out.txt").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / os.fsdecode(b"\xd3\xe6.txt")).write_text("渔")
    assert paths_of(plan_corpus(tmp_path, SETTINGS)) == [
        b"inner/loop",
        b"out.txt",
        b"pipe",
        b"\xd3\xe6.txt",
    ]


def test_hidden_and_ignored_files_are_left_out_and_counted(tmp_path):
    for name in (".hidden", ".git/config", "README.md", "sub/README.md", "a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("灯")
    plan = plan_corpus(tmp_path, SETTINGS)
    assert paths_of(plan) == [b"a.txt", b"sub/README.md"]
    assert plan.left_out == 3


def test_patterns_choose_the_inputs(tmp_path):
    for name in ("a.txt", "b.pdf", "sub/c.txt", "sub/d.log"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("灯")
    plan = plan_corpus(tmp_path, with_input(patterns=("*.txt", "*.log"), ignore=("sub/*.log",)))
    assert paths_of(plan) == [b"a.txt", b"sub/c.txt"]


def test_a_folder_that_cannot_be_listed_becomes_an_input(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text("灯")
    real = os.scandir

    def refusing(path):
        if os.fspath(path).endswith(b"closed"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert paths_of(plan_corpus(tmp_path, SETTINGS)) == [b"a.txt", b"closed"]


@pytest.mark.parametrize("kind", ["missing", "a file"])
def test_a_raw_folder_that_is_none_stops_the_run(tmp_path, kind):
    raw = tmp_path / "raw"
    if kind == "a file":
        raw.write_text("灯")
    with pytest.raises(StorageError, match="name an existing folder") as caught:
        plan_corpus(raw, SETTINGS)
    assert caught.value.exit_code == 74


def test_an_empty_folder_makes_an_empty_plan(tmp_path):
    assert plan_corpus(tmp_path, SETTINGS).batches == ()
