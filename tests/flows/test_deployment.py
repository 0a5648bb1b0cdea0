"""A team's way: a server, a work pool, a worker, and the deployment of prefect.yaml run to its end."""

import json
import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PREFECT = (sys.executable, "-m", "prefect", "--no-prompt")

SECONDS_TO_START = 300
"""The first start after an install compiles byte code first."""


def free_port():
    with socket.socket() as unbound:
        unbound.bind(("127.0.0.1", 0))
        return unbound.getsockname()[1]


def answers(port):
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


class Team:
    """Prefect's command as a team has it: with an address of a server and a home of its own."""

    def __init__(self, home, port):
        self.environment = os.environ | {
            "PREFECT_HOME": str(home),
            "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        }
        self.log = home / "log.txt"

    def command(self, *arguments):
        done = subprocess.run(
            (*PREFECT, *arguments),
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{done.stdout}{done.stderr}{self.log.read_text()}"
        return done.stdout

    def start(self, *arguments):
        with self.log.open("ab") as log:
            return subprocess.Popen(
                (*PREFECT, *arguments), env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    """A server and a worker for the time of these tests."""
    home = tmp_path_factory.mktemp("home")
    port = free_port()
    team = Team(home, port)
    started = [team.start("server", "start", "--port", str(port))]
    try:
        gives_up = time.monotonic() + SECONDS_TO_START
        while not answers(port):
            assert started[0].poll() is None, team.log.read_text()
            assert time.monotonic() < gives_up, team.log.read_text()
            time.sleep(0.5)
        team.command("work-pool", "create", "--type", "process", "jiaokan")
        started.append(team.start("worker", "start", "--pool", "jiaokan"))
        yield team
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(timeout=60)


def test_the_deployment_runs_to_its_end_on_a_worker(team, tmp_path):
    raw, clean = tmp_path / "raw", tmp_path / "clean"
    raw.mkdir()
    (raw / "灯.txt").write_text("天黑以前，老周把灯\n擦了三遍。\n", encoding="gb18030")
    team.command("deploy", "--all")
    team.command(
        *("deployment", "run", "clean-corpus/clean-corpus", "--watch"),
        *("--param", f"raw={raw}", "--param", f"clean={clean}", "--param", "workers=1"),
    )
    (documents,) = (clean / "current").glob("documents-*.jsonl")
    assert json.loads(documents.read_text())["text"] == "天黑以前，老周把灯擦了三遍。"


def test_the_automation_against_stalled_runs_is_one_that_the_server_takes(team):
    team.command("automation", "create", "--from-file", "deploy/stalled-runs.yaml")
    assert "Proactive" in team.command("automation", "inspect", "crash stalled runs")
