"""Runners: which one a name means, and that all of them give the same bytes."""

from pathlib import Path

import pytest
from prefect.testing.utilities import prefect_test_harness

from flows import runners
from flows.clean_corpus import clean_corpus
from flows.corpus.output import current_version
from flows.corpus.pool import WorkerPool
from flows.errors import ConfigurationError

SAMPLES = Path(__file__).parents[2] / "raw"


def test_the_runner_of_this_machine_is_a_pool_of_processes():
    with runners.open_pool("local", 3) as pool:
        assert isinstance(pool, WorkerPool)
        assert pool.workers == 3


@pytest.mark.parametrize("name", ["spark", "", "local://here", "http://cluster"])
def test_a_runner_that_does_not_exist_is_a_wrong_setting(name):
    with pytest.raises(ConfigurationError, match="local, dask or ray"):
        runners.open_pool(name, 1)


@pytest.mark.parametrize(
    ("name", "extra"),
    [
        ("dask", "dask"),
        ("tcp://cluster:8786", "dask"),
        ("tls://cluster:8786", "dask"),
        ("ray", "ray"),
        ("ray://cluster:10001", "ray"),
    ],
)
def test_a_runner_without_its_library_says_what_to_install(monkeypatch, name, extra):
    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(runners, "import_module", missing)
    with pytest.raises(ConfigurationError, match=rf"install jiaokan\[{extra}\]"):
        runners.open_pool(name, 1)


@pytest.fixture(scope="module")
def server():
    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.mark.slow
@pytest.mark.usefixtures("server")
@pytest.mark.filterwarnings("default")  # those of Dask and Ray are theirs
@pytest.mark.parametrize("name", ["dask", "ray"])
def test_a_cluster_gives_the_same_bytes(name, tmp_path):
    pytest.importorskip(f"prefect_{name}")
    clean_corpus(SAMPLES, tmp_path / "here", workers=2)
    clean_corpus(SAMPLES, tmp_path / "there", workers=2, runner=name)
    assert snapshot(tmp_path / "there") == snapshot(tmp_path / "here")


def snapshot(clean):
    return {path.name: path.read_bytes() for path in current_version(clean).iterdir()}
