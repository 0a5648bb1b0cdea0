"""Whatever happened before, a run publishes what a run from scratch would."""

import json
import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from flows.corpus import surveying
from flows.corpus.output import current_version
from flows.corpus.verifying import verify_version
from schemas.settings import FurnitureSettings, InputSettings, LineBreakSettings, Settings
from tests.runs import run, snapshot, write

PARAGRAPHS = (
    "渡口的灯",
    "渡口的船",
    "本馆自下月一日起延长开放时间，读者凭证件可在晚间九点以前进入二楼阅览室，请互相转告。",
    "本馆自下月一日起延长开放时间，读者凭证件可在晚间九点以前进入二楼阅览室，请互",
    "收到棉布二十四匹，染坊的伙计当面点过，少一匹，记在下回的账上，由掌柜签字，各执一份为凭。",
    "天黑以前，老周把灯擦了三遍，又把缆绳系紧，这才坐下来抽烟，一直坐到头班船的汽笛响起来。",
)
TEXTS = st.lists(st.sampled_from(PARAGRAPHS), max_size=4).map("\n\n".join)
CONTENTS = st.one_of(TEXTS.map(str.encode), st.just(bytes(range(256)) * 2))
NAMES = st.sampled_from(["1.txt", "2.txt", "10.txt", "b/1.txt", "b/2.txt", "c.txt", "信.txt"])
SMALL = Settings(
    furniture=FurnitureSettings(enabled=False),
    line_breaks=LineBreakSettings(enabled=False),
    input=InputSettings(batch_bytes=3000),
)
FAR_FUTURE = 2**62
SITES = ("fsync", "mkdir", "rename", "replace", "rmdir", "symlink", "unlink", "utime")


class Killed(BaseException):
    """The process is gone: nothing catches this, and nothing it tries afterwards has an effect."""


@pytest.fixture(scope="module", autouse=True)
def _disk():
    """Nobody waits for a disk here, and files written a moment ago are not young."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", lambda _: None)
        patched.setattr(surveying, "now_ns", lambda: FAR_FUTURE)
        yield


class AnyHistory(RuleBasedStateMachine):
    """Files come, change and go; runs end or are killed."""

    def __init__(self):
        super().__init__()
        self.folder = TemporaryDirectory()
        self.raw, self.clean = Path(self.folder.name, "raw"), Path(self.folder.name, "clean")
        self.raw.mkdir()
        self.clock = 0
        self.published = {}

    def teardown(self):
        self.folder.cleanup()

    @initialize(contents=st.lists(CONTENTS, min_size=3, max_size=6))
    def begin(self, contents):
        for number, content in enumerate(contents):
            self.write(f"{number}.txt", content)

    @rule(name=NAMES, content=CONTENTS)
    def write(self, name, content):
        write(self.raw, name, content)
        self._age(name)

    @rule(name=NAMES)
    def touch(self, name):
        with suppress(FileNotFoundError):
            self._age(name)

    @rule(name=NAMES)
    def delete(self, name):
        (self.raw / name).unlink(missing_ok=True)

    @rule(old=NAMES, new=NAMES)
    def rename(self, old, new):
        with suppress(FileNotFoundError):
            (self.raw / new).parent.mkdir(exist_ok=True)
            (self.raw / old).rename(self.raw / new)

    @rule(share=st.floats(0, 1))
    def run_and_be_killed(self, share):
        expected = self._from_scratch()
        with _killed_at(int(share * 60)), suppress(Killed):
            run(self.raw, self.clean, SMALL)
        if (self.clean / "current").exists():
            assert snapshot(self.clean) in (self.published, expected)
            self.published = snapshot(self.clean)

    @rule(full=st.booleans())
    def run(self, full):
        before = self.published
        run(self.raw, self.clean, SMALL, full=full)
        self.published = snapshot(self.clean)
        assert self.published == self._from_scratch()
        assert verify_version(self.clean).findings == ()
        if before:
            assert self._feed(before) == _difference(before, self.published)

    @invariant()
    def nothing_is_left_but_what_is_needed(self):
        if self.published:
            assert len(list((self.clean / "versions").iterdir())) <= 3

    def _age(self, name):
        """Give a file a time of change that it never had."""
        self.clock += 1
        os.utime(self.raw / name, ns=(self.clock, self.clock))

    def _from_scratch(self):
        with TemporaryDirectory() as folder:
            run(self.raw, Path(folder), SMALL)
            return snapshot(Path(folder))

    def _feed(self, before):
        current = current_version(self.clean).name
        names = [path.name for path in (self.clean / "versions").iterdir()]
        for name in names:
            if snapshot_of(self.clean / "versions" / name) == before:
                path = self.clean / "changes" / f"{current}-since-{name}.jsonl"
                lines = path.read_bytes().splitlines() if name != current else ()
                return {row["source_path"]: row["change"] for row in map(json.loads, lines)}
        raise AssertionError("the version before is gone")


def snapshot_of(version):
    return {path.name: path.read_bytes() for path in sorted(version.iterdir())}


def _difference(before, after):
    old, new = _documents(before), _documents(after)
    changes = dict.fromkeys(new.keys() - old.keys(), "added")
    changes |= dict.fromkeys(old.keys() - new.keys(), "removed")
    return changes | {path: "changed" for path in old.keys() & new.keys() if old[path] != new[path]}


def _documents(version):
    lines = version["documents-00000.jsonl"].splitlines()
    return {json.loads(line)["source_path"]: line for line in lines}


class _killed_at:  # noqa: N801 - reads as what happens
    """Let only so many calls reach the disk: the next kills, and all later ones are refused."""

    def __init__(self, calls):
        self._left = calls
        self._patched = pytest.MonkeyPatch()

    def __enter__(self):
        for name in SITES:
            self._patched.setattr(os, name, self._counting(getattr(os, name)))

    def __exit__(self, *_):
        self._patched.undo()

    def _counting(self, real):
        def called(*arguments, **named):
            self._left -= 1
            if self._left < 0:
                raise Killed
            return real(*arguments, **named)

        return called


AnyHistory.TestCase.settings = settings(max_examples=30, stateful_step_count=12)
test_any_history_leads_to_the_bytes_of_a_run_from_scratch = AnyHistory.TestCase
