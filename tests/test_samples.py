"""The sample documents of raw/, from their bytes to the text that a person wrote down for them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from flows.decoding.ladder import decode
from flows.errors import DocumentError
from flows.pipeline import clean_text
from schemas.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
RAW = ROOT / "raw"
EXPECTED = ROOT / "tests" / "samples" / "expected"
SETTINGS = Settings()
REJECTED = {"damaged/camera_card.dat": "binary", "damaged/nothing.txt": "empty"}


def contents(folder):
    """Return the bytes of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


SAMPLES = {path: content for path, content in contents(RAW).items() if path != "README.md"}


@pytest.mark.parametrize("path", sorted(contents(EXPECTED)))
def test_a_sample_becomes_the_text_that_is_expected(path):
    expected = (EXPECTED / path).read_text("utf-8").removesuffix("\n")
    assert clean_text(decode(SAMPLES[path], SETTINGS.decoding).text, SETTINGS).text == expected


@pytest.mark.parametrize("path", REJECTED)
def test_a_sample_that_is_no_text_is_rejected(path):
    with pytest.raises(DocumentError) as rejected:
        decode(SAMPLES[path], SETTINGS.decoding)
    assert rejected.value.reason == REJECTED[path]


def test_the_samples_are_the_bytes_that_the_script_makes(tmp_path):
    subprocess.run([sys.executable, "-m", "tests.make_samples", tmp_path], check=True, cwd=ROOT)
    assert contents(tmp_path) == SAMPLES


def test_every_sample_has_an_expectation_and_a_line_in_the_readme():
    listed = re.findall(r"^\| `([^`]+)` \|", (RAW / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(SAMPLES)
    assert sorted(SAMPLES) == sorted([*contents(EXPECTED), *REJECTED])
