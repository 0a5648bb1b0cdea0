"""Documents that kill or hold up a worker, and machines on which everything dies."""

import json

import pytest

from flows.corpus import isolation
from flows.corpus.isolation import Isolation, WorkersDieError
from flows.corpus.plan import plan_corpus
from flows.corpus.pool import WorkerDiedError, WorkerPool
from schemas.settings import InputSettings, Settings
from tests import deadly

SETTINGS = Settings(input=InputSettings(batch_bytes=4096, max_seconds=2))
CULPRITS = {"kills.txt": "crashed", "devours.txt": "crashed", "hangs.txt": "too_slow"}


@pytest.fixture
def _deadly(monkeypatch):
    monkeypatch.setattr(isolation, "clean_batch", deadly.clean_batch)


class DeadPool:
    """A pool on a machine that kills every worker."""

    calls = 0

    def call_within(self, *_, **__):
        self.calls += 1
        raise WorkerDiedError("ended by SIGKILL")


def isolated(pool):
    """Return a stand-in for the call of a pool, which cleans batches through an ``Isolation``."""
    made = []

    def call(_, raw, batch, staging, settings, **_full):
        made[:] = made or [Isolation(plan_corpus(raw, settings), staging, settings, pool)]
        return made[0].clean(batch)

    return call


def rejected(clean):
    lines = (clean / "current" / "rejected.jsonl").read_text().splitlines()
    return {row["source_path"]: row for row in map(json.loads, lines)}


@pytest.mark.usefixtures("_deadly")
def test_a_culprit_is_rejected_and_the_others_come_out_as_if_it_had_not_been_there(
    raw, tmp_path, run, write, snapshot
):
    for name in CULPRITS:
        write(raw, name, "谁读到这一页，谁就停在这里。")
    with WorkerPool(2) as pool:
        published = run(raw, tmp_path / "clean", SETTINGS, isolated(pool))
    rows = rejected(tmp_path / "clean")
    assert {name: rows[name]["reason"] for name in CULPRITS} == CULPRITS
    assert {name: rows[name]["found"] for name in CULPRITS} == {
        "kills.txt": "its worker was ended by SIGKILL",
        "devours.txt": "its worker was out of memory",
        "hangs.txt": "its worker was not done after 2 seconds",
    }
    assert all(rows[name]["retryable"] and rows[name]["source_bytes"] for name in CULPRITS)
    for name in CULPRITS:
        (raw / name).unlink()
    assert published.manifest.inputs == run(raw, tmp_path / "other", SETTINGS).manifest.inputs + 3
    ours, theirs = snapshot(tmp_path / "clean"), snapshot(tmp_path / "other")
    for name in ("documents-00000.jsonl", "edits-00000.jsonl", "removed-00000.jsonl"):
        assert ours[name] == theirs[name]


@pytest.mark.usefixtures("_deadly")
def test_a_batch_that_only_dies_as_a_whole_stops_the_run_and_says_what_to_do(tmp_path, run, write):
    for name in ("crowd.txt", "b.txt"):
        write(tmp_path / "raw", name, "庙会上人挤人，谁也走不动。")
    settings = Settings(input=InputSettings(batch_bytes=2**30))
    with WorkerPool(1) as pool, pytest.raises(WorkersDieError, match=r"lower input\.batch_bytes"):
        run(tmp_path / "raw", tmp_path / "clean", settings, isolated(pool))
    assert not (tmp_path / "clean" / "current").exists()


@pytest.mark.parametrize(("files", "deaths"), [(60, 21), (3000, 31)])
def test_a_machine_that_kills_everything_does_not_reject_a_corpus(tmp_path, run, files, deaths):
    (tmp_path / "raw").mkdir()
    for number in range(files):
        (tmp_path / "raw" / f"{number}.txt").write_text("灯")
    pool = DeadPool()
    with pytest.raises(WorkersDieError, match="free memory") as caught:
        run(tmp_path / "raw", tmp_path / "clean", Settings(), isolated(pool))
    assert (pool.calls, caught.value.exit_code) == (deaths, 71)
    assert not (tmp_path / "clean" / "current").exists()
