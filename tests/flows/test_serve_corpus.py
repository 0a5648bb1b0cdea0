"""A served corpus: which server schedules it, and what a run is told."""

import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings

from flows import serve_corpus as serving
from flows.errors import ConfigurationError
from schemas.settings import Settings


@pytest.fixture(autouse=True)
def no_server_configured():
    """Take away the server that whoever runs the tests has."""
    with temporary_settings(restore_defaults={PREFECT_API_URL}):
        yield


@pytest.fixture
def served(monkeypatch):
    """Keep what is served and which server it was told, in place of serving it."""
    calls = []

    def serve(**options):
        calls.append(SimpleNamespace(url=get_current_settings().api.url, **options))

    monkeypatch.setattr(serving, "clean_corpus", SimpleNamespace(serve=serve))
    return calls


def serve():
    serving.serve_corpus(Path("in"), Path("out"), Settings(), 2, "0 3 * * *")


def python(code):
    return subprocess.Popen([sys.executable, "-c", code])


def test_runs_are_told_whole_paths_and_plain_settings(served, monkeypatch):
    monkeypatch.setattr(serving, "_answers", lambda *_: True)
    serve()
    assert served[0].cron == "0 3 * * *"
    assert served[0].parameters == {
        "raw": str(Path.cwd() / "in"),
        "clean": str(Path.cwd() / "out"),
        "settings": Settings().model_dump(mode="json"),
        "workers": 2,
    }


def test_never_more_than_one_run_is_at_work(served, monkeypatch):
    monkeypatch.setattr(serving, "_answers", lambda *_: True)
    serve()
    assert served[0].limit == served[0].global_limit.limit == 1
    assert served[0].global_limit.collision_strategy.value == "CANCEL_NEW"


def test_a_configured_server_is_left_alone(served, monkeypatch):
    monkeypatch.setattr(serving, "_start_server", lambda: pytest.fail("started a server"))
    with temporary_settings({PREFECT_API_URL: "http://192.0.2.1:4200/api"}):
        serve()
    assert served[0].url == "http://192.0.2.1:4200/api"


def test_a_server_is_started_where_none_answers_and_stopped_at_the_end(served, monkeypatch):
    server = python("import time; time.sleep(60)")
    answers = iter([False, False, True])
    monkeypatch.setattr(serving, "_answers", lambda *_: next(answers))
    monkeypatch.setattr(serving, "_start_server", lambda: server)
    monkeypatch.setattr(serving, "_ASKED_EVERY_SECONDS", 0)
    serve()
    assert served[0].url == "http://127.0.0.1:4200/api"
    assert server.returncode is not None


def test_a_server_that_does_not_start_is_an_error_of_configuration(served, monkeypatch):
    monkeypatch.setattr(serving, "_answers", lambda *_: False)
    monkeypatch.setattr(serving, "_start_server", lambda: python("pass"))
    with pytest.raises(ConfigurationError, match="set PREFECT_API_URL"):
        serve()
    assert not served


class Healthy(BaseHTTPRequestHandler):
    """Answers as Prefect's server does."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"true")

    def log_message(self, *_):
        """Keep the tests quiet."""


def test_only_a_server_that_answers_counts():
    with HTTPServer(("127.0.0.1", 0), Healthy) as server:
        threading.Thread(target=server.handle_request).start()
        assert serving._answers("127.0.0.1", server.server_port)  # noqa: SLF001 - no public way
        port = server.server_port
    assert not serving._answers("127.0.0.1", port)  # noqa: SLF001 - no public way


def test_a_schedule_that_cannot_be_read_is_a_wrong_setting(served) -> None:
    with pytest.raises(ConfigurationError, match="every night"):
        serving.serve_corpus(Path("raw"), Path("clean"), Settings(), 1, "every night")
    assert not served
