"""The command ``jiaokan``: what a person types, what comes back, and with which exit code.

Exit codes, after sysexits.h where it has a number: 0 done; 1 a bug; 2 wrong usage; 3 finished, but
some files were rejected, and not as copies of others; 71 worker processes die; 74 a folder or file
cannot be read or written, or is damaged; 75 another run is at work; 78 a setting is wrong; 130
interrupted; 143 terminated.

Whatever is slow to import, Prefect above all, is imported by the command that needs it.
"""

import flows.light_start as _  # isort: skip  # noqa: F401 - before numpy and pydantic are imported

import gc
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from cyclopts import App, CycloptsError, Parameter

from flows.commands import contract, corpus, document, explaining, handing_on
from flows.commands.stopping import EXIT_CODES, STOPPED, StopWatch
from flows.commands.terminal import REJECTED, USAGE, complain
from flows.errors import DocumentError, RunError

BUG = "This is a bug in jiaokan. Please report it with the lines above and the command you typed."


def _version() -> str:
    from flows.corpus.fingerprint import code_version

    return code_version()


app = App(
    name="jiaokan",
    help="""Turn a folder of messy documents into clean, traceable JSONL; Chinese first.

Look at one document first, then clean a folder:

    jiaokan preview raw/essay.txt
    jiaokan run raw clean

Exit codes: 0 done; 1 a bug; 2 wrong usage; 3 finished, but some files were rejected, and not as
copies of others; 71 worker processes die; 74 input or output; 75 another run is at work;
78 a setting is wrong; 130 interrupted; 143 terminated.""",
    help_format="markdown",
    default_parameter=Parameter(negative=()),
    version=_version,
    version_flags=("--version",),
    suppress_keyboard_interrupt=False,
)

for _command in (
    document.preview,
    corpus.run,
    explaining.why,
    corpus.restore,
    corpus.verify,
    handing_on.export,
    corpus.serve,
    contract.settings,
    contract.schema,
):
    app.command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Args:
        arguments: What was typed after the command's name; by default what this process was given.

    Raises:
        Exception: Whatever is not a known kind of failure is a bug: Python shows its traceback,
            with a request to report it, and exits with 1.
    """
    signal.signal(signal.SIGTERM, _terminate)
    watch = StopWatch() if arguments is None else None
    try:
        result = app(
            sys.argv[1:] if arguments is None else arguments,
            result_action="return_value",
            exit_on_error=False,
        )
    except CycloptsError:
        return USAGE  # cyclopts has explained it
    except RunError as error:
        return complain(str(error), error.exit_code)
    except DocumentError as error:
        return complain(str(error), REJECTED)
    except KeyboardInterrupt:
        return complain(STOPPED, EXIT_CODES[signal.SIGINT])
    except Exception as bug:
        if watch and watch.exit_code:
            return complain(STOPPED, watch.exit_code)
        bug.add_note(BUG)
        raise
    finally:
        gc.freeze()  # at exit Python looks through all that was imported for garbage: 0.06 s
    return int(result or 0)


def _terminate(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(EXIT_CODES[signal.SIGTERM])


if __name__ == "__main__":
    sys.exit(main())
