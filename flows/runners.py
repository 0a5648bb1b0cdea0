"""Where batches are cleaned: in processes of this machine, or on a cluster of Dask or Ray.

The tasks of the flow stay the same few threads that hand out batches. What changes is where a call
goes: to a process of our own, or, as a Prefect task of its own, to a worker of the cluster. A task
on a cluster costs some 60 ms, so batches want to be larger there (``input.batch_bytes``).

Every worker reads the raw folder and writes the staging folder, so both have to lie on storage that
all of them share, under the same path. The published bytes are the same with any runner.
"""

import flows.prefect_environment as _  # isort: skip  # noqa: F401 - before Prefect is imported

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import copy_context
from importlib import import_module
from types import TracebackType
from typing import Any, ParamSpec, Protocol, Self, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import TaskRunner

from flows.corpus.pool import WorkerPool
from flows.errors import ConfigurationError

P = ParamSpec("P")
T = TypeVar("T")

LOCAL = "local"

_NAMES = "local, dask or ray, or the address of a cluster: tcp://... for Dask, ray://... for Ray"


class Pool(Protocol):
    """Runs functions elsewhere.

    Attributes:
        workers: How many calls are worked on at the same time.
    """

    workers: int

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``function`` returns; blocks until it does."""
        ...

    def call_within(
        self, seconds: float | None, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do what ``call`` does, and stop it where it takes longer and can be stopped."""
        ...


def open_pool(runner: str, workers: int) -> AbstractContextManager[Pool]:
    """Return where batches are cleaned.

    Args:
        runner: ``local``; ``dask`` or ``ray`` for a cluster that is started on this machine and
            stopped again; or the address of a cluster that runs already.
        workers: How many at a time; 0 for one a processor.

    Raises:
        ConfigurationError: If there is no such runner, or its library is not installed.
    """
    protocol = runner.partition("://")[0]
    address = runner if "://" in runner else ""
    match protocol:
        case "local" if not address:
            return WorkerPool(workers)
        case "dask" | "tcp" | "tls":
            return Cluster(_dask(address, workers or os.cpu_count() or 1), workers, _dask_threads)
        case "ray":
            return Cluster(_ray(address, workers or os.cpu_count() or 1), workers, _ray_processors)
        case _:
            raise ConfigurationError(f"there is no runner {runner!r}; name {_NAMES}")


class Cluster:
    """A cluster, reached through one of Prefect's task runners."""

    def __init__(
        self, runner: "TaskRunner[Any]", workers: int, count: Callable[["TaskRunner[Any]"], int]
    ) -> None:
        """Keep the runner, which is started on entering.

        Args:
            runner: Of Prefect.
            workers: How many calls at a time; 0 for as many as ``count`` finds.
            count: Asks the started runner how many calls its cluster works on at a time.
        """
        self.workers = workers
        self._runner, self._count = runner, count
        self._of_the_flow = copy_context()

    def __enter__(self) -> Self:
        """Connect to the cluster, or start it."""
        self._runner.__enter__()
        self.workers = self.workers or self._count(self._runner)
        return self

    def __exit__(
        self,
        error: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave the cluster; stop it if it was started here."""
        self._runner.__exit__(error, value, traceback)

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``function`` returns on a worker of the cluster."""
        work = {"function": function, "args": args, "kwargs": kwargs}
        # In the context of the flow, not of the task that calls: Prefect sends the context along,
        # and what the tasks of a run share does not leave this process.
        future = self._of_the_flow.copy().run(self._runner.submit, _work, work)
        result: T = future.result()
        return result

    def call_within(
        self, _seconds: float | None, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do what ``call`` does: a cluster restarts its own workers, and sets its own times."""
        return self.call(function, *args, **kwargs)


@task(name="work", cache_policy=NO_CACHE)
def _work(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the function returns
    """Do a call on a worker of a cluster."""
    return function(*args, **kwargs)


def _dask(address: str, workers: int) -> "TaskRunner[Any]":
    here = {"n_workers": workers, "threads_per_worker": 1}
    options = {"address": address} if address else {"cluster_kwargs": here}
    runner: TaskRunner[Any] = _library("prefect_dask", "dask").DaskTaskRunner(**options)
    return runner


def _ray(address: str, workers: int) -> "TaskRunner[Any]":
    options = {"address": address} if address else {"init_kwargs": {"num_cpus": workers}}
    runner: TaskRunner[Any] = _library("prefect_ray", "ray").RayTaskRunner(**options)
    return runner


def _dask_threads(runner: Any) -> int:  # noqa: ANN401 - prefect-dask's
    return sum(runner.client.nthreads().values())


def _ray_processors(_runner: object) -> int:
    return int(import_module("ray").cluster_resources()["CPU"])


def _library(name: str, extra: str) -> Any:  # noqa: ANN401 - a module
    try:
        return import_module(name)
    except ImportError as error:
        raise ConfigurationError(
            f"this runner needs {name.replace('_', '-')}, which is not installed; "
            f"install jiaokan[{extra}], or use the runner {LOCAL}"
        ) from error
