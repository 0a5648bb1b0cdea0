"""The sample documents of raw/, from their bytes to the text that a person wrote down for them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from flows.corpus.cleaning import clean_batch
from flows.corpus.output import current_version, hold
from flows.corpus.plan import plan_corpus
from flows.corpus.publishing import publish
from flows.corpus.restoring import restore_version
from flows.corpus.serial import read_records
from flows.corpus.settling import settle_batches
from flows.decoding.ladder import decode
from flows.errors import DocumentError
from flows.pipeline import clean_text
from schemas.document import Document
from schemas.rejection import Rejection
from schemas.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
RAW = ROOT / "raw"
EXPECTED = ROOT / "tests" / "samples" / "expected"
SETTINGS = Settings()
REJECTED = {"damaged/camera_card.dat": "binary", "damaged/nothing.txt": "empty"}
COPY = "newsletter/issue_03_reprint.txt"
NOT_RESTORABLE = {"damaged/flea_market.txt", "damaged/two_encodings.txt"}
"""Bytes that mean nothing, or two encodings: what is restored is the decoded text."""


def contents(folder):
    """Return the bytes of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def expected(path):
    """Return the clean text that a person wrote down for a sample."""
    return (EXPECTED / path).read_text("utf-8").removesuffix("\n")


SAMPLES = {path: content for path, content in contents(RAW).items() if path != "README.md"}
WITH_TEXT = sorted(contents(EXPECTED))
PUBLISHED = [path for path in WITH_TEXT if path != COPY]


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """Return a folder in which all samples are published."""
    clean = tmp_path_factory.mktemp("samples") / "clean"
    with hold(clean, RAW) as staging:
        plan = plan_corpus(RAW, SETTINGS)
        accounts = [clean_batch(RAW, batch, staging, SETTINGS).account for batch in plan.batches]
        settle_batches(plan, staging, accounts, SETTINGS)
        publish(plan, clean, staging, accounts, SETTINGS)
    return clean


@pytest.mark.parametrize("path", WITH_TEXT)
def test_a_sample_becomes_the_text_that_is_expected(path):
    decoded = decode(SAMPLES[path], SETTINGS.decoding)
    assert clean_text(decoded.text, SETTINGS).text == expected(path)


@pytest.mark.parametrize("path", REJECTED)
def test_a_sample_that_is_no_text_is_rejected(path):
    with pytest.raises(DocumentError) as rejected:
        decode(SAMPLES[path], SETTINGS.decoding)
    assert rejected.value.reason == REJECTED[path]


def test_what_another_sample_holds_is_published_once(clean):
    third, fourth = (expected(f"newsletter/issue_0{issue}.txt").split("\n\n") for issue in (3, 4))
    shared = {"newsletter/issue_04.txt": "\n\n".join(part for part in fourth if part not in third)}
    documents = read_records(current_version(clean) / "documents-00000.jsonl", Document)
    published = {document.source_path: document.text for document in documents}
    assert published == {path: shared.get(path, expected(path)) for path in PUBLISHED}


def test_what_is_no_text_or_a_copy_is_published_as_rejected(clean):
    rejections = read_records(current_version(clean) / "rejected.jsonl", Rejection)
    assert {rejection.source_path: rejection.reason for rejection in rejections} == {
        COPY: "repeated"
    } | REJECTED


def test_a_sample_is_restored_byte_for_byte(clean, tmp_path):
    restored = restore_version(clean, tmp_path)
    assert {source.source_path for source in restored if not source.is_exact} == NOT_RESTORABLE
    exact = {path: SAMPLES[path] for path in PUBLISHED if path not in NOT_RESTORABLE}
    assert {path: (tmp_path / path).read_bytes() for path in exact} == exact


def test_the_samples_are_the_bytes_that_the_script_makes(tmp_path):
    subprocess.run([sys.executable, "-m", "tests.make_samples", tmp_path], check=True, cwd=ROOT)
    assert contents(tmp_path) == SAMPLES


def test_every_sample_has_an_expectation_and_a_line_in_the_readme():
    listed = re.findall(r"^\| `([^`]+)` \|", (RAW / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(SAMPLES)
    assert sorted(SAMPLES) == sorted([*WITH_TEXT, *REJECTED])
