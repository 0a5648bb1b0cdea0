"""Leaving in time when told to stop, whoever else was told.

Ctrl-C and service managers signal every process of the command, Prefect's temporary server with
it. A flow that ends then reports to a server that is gone, and Prefect tries again for a minute and
a half. So a thread watches: a signal starts a time of grace, in which the batches at work are
finished and staged; after that, or at a second signal, the process ends. Nothing is lost by it:
what is staged is whole, what is published was switched in one step, and the lock goes with the
process.

The thread hears of signals through the wakeup descriptor of the interpreter, because Prefect puts
handlers of its own in the place of ours while a flow is running.
"""

import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable

from flows.commands.terminal import complain

EXIT_CODES: dict[int, int] = {signal.SIGINT: 130, signal.SIGTERM: 143}
STOPPED = "interrupted; what was published before still stands"

_GRACE_SECONDS = 3.0


class StopWatch:
    """Hears of signals from the moment it is made until the process ends."""

    def __init__(self, leave: Callable[[int], None] | None = None) -> None:
        """Begin to listen; to be made in the main thread.

        Args:
            leave: Ends the process with an exit code; another may be given for a test.
        """
        self.exit_code = 0
        self._leave = leave or _leave
        self._ear, self._mouth = socket.socketpair()
        self._mouth.setblocking(False)  # noqa: FBT003 - the name of the method says it
        signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        threading.Thread(target=self._listen, name="stop watch", daemon=True).start()

    def _listen(self) -> None:
        while not self.exit_code:
            self.exit_code = EXIT_CODES.get(self._heard(), 0)
        self._ear.settimeout(_GRACE_SECONDS)
        while self._heard() not in {0, *EXIT_CODES}:
            pass
        self._leave(self.exit_code)

    def _heard(self) -> int:
        """Return the number of the next signal; 0 when the time of grace is over."""
        try:
            return self._ear.recv(1)[0]
        except TimeoutError:
            return 0


def stop_server() -> None:
    """Stop Prefect's temporary server, if Prefect was imported; it would outlive this process."""
    if "prefect.server.api.server" in sys.modules:
        from prefect.server.api.server import SubprocessASGIServer

        SubprocessASGIServer().stop()


def _leave(exit_code: int) -> None:
    for worker in multiprocessing.active_children():
        worker.terminate()
    stop_server()
    complain(STOPPED)
    os._exit(exit_code)
