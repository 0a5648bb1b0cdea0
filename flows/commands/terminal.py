"""How a command speaks to the terminal and to the shell."""

import os
import sys

from flows.text.display import visible

USAGE, REJECTED, DAMAGED = 2, 3, 74
"""Exit codes beside 0 (done), 1 (a bug), those of signals (``flows.commands.stopping``) and those
that errors carry (``flows.errors``)."""


def complain(message: str, exit_code: int = 1) -> int:
    """Say on standard error what is wrong, line by line, and return ``exit_code``."""
    for line in message.splitlines():
        sys.stderr.write(f"jiaokan: {visible(line)}\n")
    return exit_code


def choose_log(*, shown: bool) -> None:
    """Let Prefect's log onto the terminal or not; its own record of the run has it either way.

    Even its errors stay away: a failure reaches the person once, in the words of ``flows.cli``.
    """
    level = "INFO" if shown else "CRITICAL"
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", level)
