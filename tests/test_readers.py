"""What is published, read back by the tools that people use, with their default settings.

60,000 records, alike but for the last, which is odd in every field that may be odd: readers that
guess types from a sample, or from the values, go wrong there if the record lets them. The lines
that read are those of the README.
"""

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import datasets
import orjson
import pytest

from flows.corpus.serial import to_lines
from schemas.document import Document, Metadata, Stats
from schemas.record import SCHEMA_VERSION

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
JQ_LINE = re.search(r"^jq .*$", README, re.MULTILINE)[0]
READERS = dict(re.findall(r"```python\n# (\w+)\n(.*?)```", README, re.DOTALL))
ROWS = 60_000
JQ = shutil.which("jq")
PARAGRAPHS = (ROOT / "tests/samples/expected/diary/a_wet_week.txt").read_text("utf-8").split("\n\n")
TO_ROWS = {
    "pandas": lambda frame: frame.to_dict("records"),
    "polars": lambda frame: frame.to_dicts(),
    "duckdb": lambda relation: relation.to_arrow_table().to_pylist(),
    "pyarrow": lambda table: table.to_pylist(),
    "datasets": lambda rows: rows.to_list(),
}


def checksum(text):
    return hashlib.sha256(text.encode()).hexdigest()


def document(number, text, **odd):
    """Return a record as a plain run makes it, but for what is odd about it."""
    odd_metadata, odd_stats = odd.pop("metadata", {}), odd.pop("stats", {})
    metadata = {
        "source_sha256": checksum(f"source {number}"),
        "source_bytes": 3 * len(text),
        "decoded_sha256": checksum(text),
        "bytes_restorable": True,
        "encoding": "utf-8",
        "byte_order_mark": False,
        "decoding_method": "strict",
        "decoding_confidence": 1.0,
        "margin_bits": 0.0,
        "detector_encoding": "",
        "detector_confidence": 0.0,
        "encoding_spans": "",
        "bytes_dropped": 0,
        "format": "text",
        "script_in": "hans",
        "script_out": "hans",
        "language": "zh",
        "pages": 1,
        "source_part": "",
    }
    stats = dict.fromkeys(Stats.model_fields, 0)
    stats |= {"chars_decoded": len(text), "chars_text": len(text), "kept_ratio": 1.0}
    plain = {
        "schema_version": SCHEMA_VERSION,
        "id": f"doc_{number:032d}",
        "source": "raw",
        "source_path": f"diary/{number}.txt",
        "title": "",
        "text": text,
        "text_sha256": checksum(text),
        "flags": "",
        "metadata": Metadata(**metadata | odd_metadata),
        "stats": Stats(**stats | odd_stats),
    }
    return Document(**plain | odd)


def odd_document():
    """Return a record that differs from the others wherever a record may."""
    text = '\u2028 "C:\\new"\t\x85\x00\x1f</script>\r\N{REPLACEMENT CHARACTER}\U0001f3ee\U00020bb7 {}\n\n1'
    return document(
        ROWS - 1,
        text,
        title="2025-03-09",
        source_path="日记/最后一页\\x0a.txt",
        flags="mixed private_use",
        metadata={
            "source_bytes": 2**53 - 1,
            "bytes_restorable": False,
            "byte_order_mark": True,
            "encoding": "mixed",
            "decoding_confidence": 0.1,
            "margin_bits": 1e-9,
            "encoding_spans": "utf-8:0-9 gb18030:9-12",
            "source_part": "inner/page.txt",
        },
        stats={"edits": 2**53 - 1, "kept_ratio": 1e-9},
    )


@pytest.fixture(scope="module")
def records():
    """Return 60,000 records."""
    plain = [
        document(number, "\n\n".join(PARAGRAPHS[: number % len(PARAGRAPHS) + 1]))
        for number in range(ROWS - 1)
    ]
    return [*plain, odd_document()]


@pytest.fixture(scope="module")
def folder(records, tmp_path_factory):
    """Return a folder in which the records are published, in two shards."""
    folder = tmp_path_factory.mktemp("published")
    version = folder / "clean" / "versions" / "first"
    version.mkdir(parents=True)
    (folder / "clean" / "current").symlink_to("versions/first")
    half = ROWS // 2
    (version / "documents-00000.jsonl").write_bytes(to_lines(records[:half]))
    (version / "documents-00001.jsonl").write_bytes(to_lines(records[half:]))
    return folder


@pytest.fixture(scope="module")
def expected(records):
    """Return the records as JSON, in which 1 and 1.0 differ."""
    return [orjson.dumps(record.model_dump()) for record in records]


def assert_same(rows, expected):
    read = [orjson.dumps(row) for row in rows]
    wrong = [number for number, row in enumerate(expected) if read[number : number + 1] != [row]]
    assert (len(read), wrong[:3]) == (ROWS, [])


def test_the_readme_shows_every_reader():
    assert sorted(READERS) == sorted(TO_ROWS)


@pytest.mark.parametrize("reader", TO_ROWS)
def test_a_reader_gives_back_every_value(reader, folder, expected, monkeypatch):
    monkeypatch.chdir(folder)
    if reader == "datasets":
        offline(folder / "cache", monkeypatch)
    names = {}
    exec(READERS[reader], names)  # noqa: S102 - the README's own lines
    assert_same(TO_ROWS[reader](names["documents"]), expected)


def offline(cache, monkeypatch):
    """Keep Hugging Face datasets from the network and from the home folder."""
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", cache)
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_OFFLINE", True)


needs_jq = pytest.mark.skipif(JQ is None, reason="jq is not installed")


@needs_jq
def test_jq_gives_back_every_value(folder, expected):
    shards = sorted((folder / "clean" / "current").glob("documents-*.jsonl"))
    read = subprocess.run([JQ, "-c", ".", *shards], check=True, capture_output=True)
    # jq has one kind of number, so 1.0 may come back as 1; both are equal to Python.
    rows = [json.loads(line) for line in read.stdout.splitlines()]
    assert rows == [json.loads(row) for row in expected]


@needs_jq
def test_the_line_of_jq_lists_the_documents_with_flags(folder):
    shown = subprocess.run(["/bin/sh", "-c", JQ_LINE], check=True, capture_output=True, cwd=folder)
    assert [row.split(b"\t")[1] for row in shown.stdout.splitlines()] == [b"mixed private_use"]
