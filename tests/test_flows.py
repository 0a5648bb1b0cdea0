"""The three flows on Prefect's own test server; the text core has its tests elsewhere."""

import subprocess
import sys
from pathlib import Path
from typing import Self

import pytest
from prefect.client.orchestration import get_client
from prefect.testing.utilities import prefect_test_harness

import flows.clean_corpus as main_flow
import flows.inspect_corpus as dry_flow
from flows.clean_corpus import clean_corpus
from flows.corpus import isolation
from flows.corpus.output import current_version, hold, manifest_of
from flows.errors import LockedError, StorageError
from flows.inspect_corpus import inspect_corpus
from flows.reporting.progress import Progress, listening
from flows.verify_corpus import verify_corpus
from schemas.rejection import Reason
from schemas.settings import Settings
from tests import deadly

NOTICE = "自来水厂下周检修管网，沿河三条街每晚十点以后停水，请各家提前存水，周末恢复正常供应。\n"
LETTER = "信写好了，一直没有寄出去。\n\n" + NOTICE
SMALL_BATCHES = Settings.model_validate({"input": {"batch_bytes": 1024}})

pytestmark = [
    # Prefect's server and its websockets close in their own time.
    pytest.mark.filterwarnings("default::ResourceWarning"),
    pytest.mark.filterwarnings("default::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("default::DeprecationWarning"),
]


class PoolOfOne:
    """Does the work of the pool in this process, so that a test may look inside."""

    workers = 1

    def __init__(self, _workers: int) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def call_within(self, _seconds, function, *arguments, **named):
        return function(*arguments, **named)


@pytest.fixture(scope="module", autouse=True)
def _server():
    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def _in_process(monkeypatch):
    monkeypatch.setattr(main_flow, "open_pool", lambda _, workers: PoolOfOne(workers))
    monkeypatch.setattr(dry_flow, "WorkerPool", PoolOfOne)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "notice.txt").write_bytes(NOTICE.encode("gb18030"))
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    (folder / "empty.txt").touch()
    return folder


def test_a_run_publishes_and_accounts_for_every_file(raw, tmp_path) -> None:
    clean = tmp_path / "clean"
    report = clean_corpus(raw, clean, SMALL_BATCHES, workers=2)
    manifest = manifest_of(current_version(clean))
    assert (manifest.inputs, manifest.documents, manifest.rejected) == (3, 1, 2)
    assert report.manifest == manifest
    reasons = {rejection.source_path: rejection.reason for rejection in report.rejections}
    assert reasons == {"empty.txt": Reason.EMPTY, "notice.txt": Reason.REPEATED}
    assert report.batches == 3
    assert {path.name for path in clean.iterdir()} >= {"current", "report.json", "report.html"}


def test_a_document_that_kills_its_worker_is_rejected(raw, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(isolation, "clean_batch", deadly.clean_batch)
    (raw / "kills.txt").write_text("谁也没有见过写信的人。")
    report = clean_corpus(raw, tmp_path / "clean", workers=1)
    reasons = {rejection.source_path: rejection.reason for rejection in report.rejections}
    assert reasons["kills.txt"] is Reason.CRASHED
    assert (report.manifest.inputs, report.manifest.documents) == (4, 1)


@pytest.mark.usefixtures("_in_process")
class TestInProcess:
    def test_a_second_run_publishes_the_same_version(self, raw, tmp_path) -> None:
        first = clean_corpus(raw, tmp_path / "clean")
        second = clean_corpus(raw, tmp_path / "clean")
        assert first.version == second.version
        assert (first.taken_over, second.taken_over) == (0, 2)
        assert len(list((tmp_path / "clean" / "versions").iterdir())) == 1

    def test_a_dry_run_tells_what_a_run_will_do_and_leaves_nothing(self, raw, tmp_path) -> None:
        told = inspect_corpus(raw)
        assert [path.name for path in tmp_path.iterdir()] == ["raw"]
        done = clean_corpus(raw, tmp_path / "clean")
        assert (told.manifest, told.rules) == (done.manifest, done.rules)
        assert told.version == ""

    def test_a_whole_version_passes_and_a_damaged_one_fails_the_flow(self, raw, tmp_path) -> None:
        clean_corpus(raw, tmp_path / "clean")
        assert verify_corpus(tmp_path / "clean").is_whole
        documents = tmp_path / "clean" / "current" / "documents-00000.jsonl"
        documents.write_bytes(documents.read_bytes().replace("停水".encode(), "供水".encode()))
        with pytest.raises(StorageError, match=r"documents-00000\.jsonl: .*checksum"):
            verify_corpus(tmp_path / "clean")

    def test_a_bug_stops_the_run_and_publishes_nothing(self, raw, tmp_path, monkeypatch) -> None:
        def broken(*_: object, **__: object) -> None:
            raise KeyError("a bug")

        monkeypatch.setattr(isolation, "clean_batch", broken)
        with pytest.raises(KeyError, match="a bug"):
            clean_corpus(raw, tmp_path / "clean")
        assert not (tmp_path / "clean" / "current").exists()

    def test_a_missing_raw_folder_is_named(self, tmp_path) -> None:
        with pytest.raises(StorageError, match="nowhere"):
            clean_corpus(tmp_path / "nowhere", tmp_path / "clean")
        assert not (tmp_path / "clean").exists()

    def test_a_second_run_at_once_is_refused(self, raw, tmp_path) -> None:
        with hold(tmp_path / "clean"), pytest.raises(LockedError, match="another run"):
            clean_corpus(raw, tmp_path / "clean")

    def test_an_empty_folder_is_an_empty_version_with_a_warning(self, tmp_path, caplog) -> None:
        (tmp_path / "raw").mkdir()
        report = clean_corpus(tmp_path / "raw", tmp_path / "clean")
        assert (report.manifest.inputs, report.manifest.documents) == (0, 0)
        assert f"nothing to clean below {tmp_path / 'raw'}" in caplog.text

    def test_whoever_listens_hears_how_far_the_run_is(self, raw, tmp_path) -> None:
        heard: list[Progress] = []
        with listening(heard.append):
            clean_corpus(raw, tmp_path / "clean", SMALL_BATCHES)
        assert [progress.phase for progress in heard] == ["clean"] * 3 + ["settle", "publish"]
        assert (heard[-1].done_bytes, heard[-1].rejected) == (heard[-1].total_bytes, 1)

    def test_prefect_shows_progress_a_table_and_the_report(self, raw, tmp_path) -> None:
        clean_corpus(raw, tmp_path / "clean")
        with get_client(sync_client=True) as client:
            kinds = {artifact.type for artifact in client.read_artifacts()}
        assert kinds >= {"progress", "table", "markdown"}


@pytest.mark.parametrize(
    "module", ["flows.pipeline", "flows.corpus.cleaning", "flows.reporting.preview", "flows.cli"]
)
def test_what_workers_and_previews_need_does_not_load_prefect(module) -> None:
    probe = f"import {module}, sys; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
