"""A command that is told to stop ends soon, with the right code, even where something hangs."""

import signal
import subprocess
import sys
import time

import pytest

from flows.commands.stopping import EXIT_CODES

HANGING = """
import signal, time
from flows.commands.stopping import StopWatch

for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda *_: None)
watch = StopWatch()
print("ready", flush=True)
while True:
    time.sleep(60)
"""
"""It is told to stop, and does nothing about it."""


def stop(signals, between=0.0):
    """Start something that hangs when it is stopped; return its exit code and how long it took."""
    with subprocess.Popen(
        [sys.executable, "-c", HANGING], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as hanging:
        hanging.stdout.readline()
        began = time.monotonic()
        for number in signals:
            hanging.send_signal(number)
            time.sleep(between)
        _, said = hanging.communicate(timeout=30)
    return hanging.returncode, time.monotonic() - began, said.decode()


@pytest.mark.parametrize("number", list(EXIT_CODES), ids=["SIGINT", "SIGTERM"])
def test_what_hangs_is_left_after_a_time_of_grace(number) -> None:
    code, _, said = stop([number])
    assert code == EXIT_CODES[number]
    assert "what was published before still stands" in said


def test_a_second_signal_does_not_wait() -> None:
    code, seconds, _ = stop([signal.SIGINT, signal.SIGINT], between=0.2)
    assert (code, seconds < 2.5) == (130, True)
