"""Keeping a corpus clean on one machine: the main flow, run by the clock until it is stopped.

Prefect's temporary server schedules nothing, so a schedule needs a real one: the one that
``PREFECT_API_URL`` names, else the one at Prefect's usual address on this machine, which is
started for as long as the corpus is served if none answers there.

For a team, ``prefect.yaml`` deploys the same flow to a work pool instead.
"""

import flows.prefect_environment as _  # isort: skip  # noqa: F401 - before Prefect is imported

import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings

from flows.clean_corpus import clean_corpus
from flows.errors import ConfigurationError
from schemas.settings import Settings

DEPLOYMENT = "clean-corpus"

_ASKED_EVERY_SECONDS = 0.5


def serve_corpus(raw: Path, clean: Path, settings: Settings, workers: int, cron: str) -> None:
    """Run ``clean_corpus`` whenever ``cron`` says so, until the process is stopped.

    Args:
        raw: Folder of the documents.
        clean: Folder of the published versions.
        settings: What each step may do.
        workers: Processes that clean; 0 for one a processor.
        cron: When to run, in the five fields of cron.

    Raises:
        ConfigurationError: If ``cron`` cannot be read, or no server could be started.
    """
    _require_cron(cron)
    # A run that is still at work when the next is due makes the next one superfluous: it would
    # only find the output folder locked.
    one_at_a_time = ConcurrencyLimitConfig(
        limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
    )
    with _server():
        clean_corpus.serve(
            name=DEPLOYMENT,
            cron=cron,
            global_limit=one_at_a_time,
            limit=1,
            parameters={
                # The runs are started from another folder.
                "raw": str(raw.absolute()),
                "clean": str(clean.absolute()),
                "settings": settings.model_dump(mode="json"),
                "workers": workers,
            },
        )


def _require_cron(cron: str) -> None:
    try:
        CronSchedule(cron=cron)
    except ValueError as error:
        raise ConfigurationError(
            f"the schedule {cron!r} is not in the form of cron; "
            "give minute, hour, day, month and day of the week, such as '0 3 * * *'"
        ) from error


@contextmanager
def _server() -> Generator[None, None, None]:
    """See to it that inside the block Prefect talks to a server that schedules."""
    if get_current_settings().api.url:
        yield
        return
    address = get_current_settings().server.api
    url = f"http://{address.host}:{address.port}/api"
    server = None if _answers(address.host, address.port) else _start_server()
    try:
        _await_answer(address.host, address.port, server)
        with temporary_settings({PREFECT_API_URL: url}):
            yield
    finally:
        if server:
            server.terminate()
            server.wait()


def _start_server() -> subprocess.Popen[bytes]:
    # In a session of its own, Ctrl-C reaches it last: the schedule is paused on it before.
    return subprocess.Popen(
        [sys.executable, "-m", "prefect", "server", "start"],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def _await_answer(host: str, port: int, server: subprocess.Popen[bytes] | None) -> None:
    seconds = get_current_settings().server.ephemeral.startup_timeout_seconds
    given_up = time.monotonic() + seconds
    while not _answers(host, port):
        ended = server is not None and server.poll() is not None
        if ended or time.monotonic() > given_up:
            raise ConfigurationError(
                f"no Prefect server could be started at {host}:{port}; "
                "set PREFECT_API_URL to one, or PREFECT_SERVER_API_PORT to a free port"
            )
        time.sleep(_ASKED_EVERY_SECONDS)


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().read() == b"true"
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
