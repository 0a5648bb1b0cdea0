"""Every regular expression of the project takes time in proportion to its input, whatever that is.

The expressions are found by listening to the compiler of the standard library while every module
is imported and the samples are cleaned, so none has to be listed, wherever it is built.
"""

import gc
import json
import re
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

import pytest

from tests.pathological import attacks

ROOT = Path(__file__).resolve().parent.parent

COLLECT = """
import importlib, json, pkgutil, re, sys
from pathlib import Path

ours, original = {}, re._compile

def noting(pattern, flags):
    caller = sys._getframe(2).f_code.co_filename
    compiled = original(pattern, flags)
    if Path(caller).parts[len(root.parts) :][:1] in (("flows",), ("schemas",)):
        is_bytes = isinstance(compiled.pattern, bytes)
        source = compiled.pattern.decode("latin-1") if is_bytes else compiled.pattern
        ours[source, compiled.flags, is_bytes] = str(Path(caller).relative_to(root))
    return compiled

root = Path(sys.argv[1])
re._compile = noting

from flows.text import patterns
later = patterns.compiled_later
patterns.compiled_later = lambda *args: (later(*args)(), later(*args))[1]

import flows, schemas
for package in (flows, schemas):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)

from flows.decoding.ladder import decode
from flows.errors import DocumentError
from flows.pipeline import clean_texts
from schemas.settings import Settings
settings = Settings.model_validate({"script": {"protected_words": ["后羿", "丑角"]}})
texts = []
for path in filter(Path.is_file, (root / "raw").rglob("*")):
    try:
        texts.append(decode(path.read_bytes(), settings.decoding).text)
    except DocumentError:
        pass
clean_texts(texts, settings)
json.dump([[*key, where] for key, where in ours.items()], sys.stdout)
"""

HOPELESS_SIZES = range(8, 40, 4)
"""Where a pattern that takes exponential time shows it, and still ends."""
SIZES = (2000, 4000, 8000)
HOPELESS_SECONDS = 0.1
"""Five thousand times what a linear pattern takes at the first sizes, and a hundred times at the others."""
TRIES_OF_THE_LEAST = 5
QUICK_SECONDS = 0.001
"""For the largest input: a tenth of what any quadratic pattern takes, and too short to compare."""
MAX_RATIO = 2.7
"""Of the times for twice the input: 2 where time is linear, 4 where it is quadratic."""


def seconds(pattern, text):
    began = time.thread_time()
    deque(pattern.finditer(text), maxlen=0)
    return time.thread_time() - began


@pytest.fixture(autouse=True, scope="module")
def no_garbage_collection():
    """Keep the collector, which may take longer than what is measured, out of it."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def is_hopeless(pattern, text, tries=5):
    """Tell whether a small input takes long, whatever else the machine does meanwhile."""
    return all(seconds(pattern, text) > HOPELESS_SECONDS for _ in range(tries))


def is_linear(pattern, text_of, tries=60):
    """Tell whether the time about doubles with the input; what is noise goes in one of the tries."""
    if any(is_hopeless(pattern, text_of(size)) for size in HOPELESS_SIZES):
        return False
    texts = [text_of(size) for size in SIZES]
    # Were the smallest held up in the only try, a quadratic pattern would pass for a linear one.
    least = min(seconds(pattern, texts[0]) for _ in range(TRIES_OF_THE_LEAST))
    best = [least, *[HOPELESS_SECONDS] * (len(SIZES) - 1)]
    for _ in range(tries):
        best = [min(old, seconds(pattern, text)) for old, text in zip(best, texts, strict=True)]
        if best[2] <= max(best[0] * MAX_RATIO**2, QUICK_SECONDS):
            return True
        if best[2] == HOPELESS_SECONDS:
            return False
    return False


def slow_inputs(pattern):
    """Yield what makes ``pattern`` slow."""
    is_bytes = isinstance(pattern.pattern, bytes)
    for attack in sorted(attacks(pattern)):

        def text_of(size, attack=attack):
            text = attack.of(size)
            return text.encode("latin-1", "replace") if is_bytes else text

        if not is_linear(pattern, text_of):
            yield attack


def test_no_pattern_is_slow_on_any_input() -> None:
    collected = subprocess.run(
        [sys.executable, "-c", COLLECT, ROOT], check=True, capture_output=True, cwd=ROOT
    )
    patterns = json.loads(collected.stdout)
    assert len(patterns) > 50
    slow = {
        (where, source): list(
            slow_inputs(re.compile(source.encode("latin-1") if raw else source, flags))
        )
        for source, flags, raw, where in patterns
    }
    assert {place: inputs for place, inputs in slow.items() if inputs} == {}


@pytest.mark.parametrize(
    "careless",
    [
        r"\s+$",
        r"\s++$",
        r"[a-z]+-",
        r"(?:a+)+b",
        r"(?:a|a)*b",
        r"<.*>",
        r"(?m)^\s*#",
        rb"\d+\.",
        r"(?=.*z)a",
    ],
)
def test_a_careless_pattern_is_found_out(careless) -> None:
    assert next(slow_inputs(re.compile(careless)), None)


@pytest.mark.parametrize(
    "careful", [r"(?<!\s)\s++$", r"[^\n]+", r"a{1,20}b", rb"\d++", r"(?m)^a*b"]
)
def test_a_careful_pattern_is_not(careful) -> None:
    assert next(slow_inputs(re.compile(careful)), None) is None
