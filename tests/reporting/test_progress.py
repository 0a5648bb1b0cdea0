"""A flow announces; whoever listens hears all of it, and only while listening."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from flows.reporting.progress import Progress, announce, listening


def test_an_announcement_that_nobody_hears_is_no_error():
    announce(Progress("clean"))


def test_a_listener_hears_what_is_announced_while_it_listens():
    heard = []
    announce(Progress("plan"))
    with listening(heard.append):
        announce(Progress("clean", 1, 2, 3, 4))
    announce(Progress("publish"))
    assert heard == [Progress("clean", 1, 2, 3, 4)]


def test_a_listener_leaves_even_when_the_run_fails():
    heard = []
    with pytest.raises(RuntimeError), listening(heard.append):
        raise RuntimeError
    announce(Progress("clean"))
    assert not heard


def test_every_thread_is_heard():
    heard = []
    with listening(heard.append), ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: announce(Progress("clean", n)), range(200)))
    assert sorted(progress.done_bytes for progress in heard) == list(range(200))
