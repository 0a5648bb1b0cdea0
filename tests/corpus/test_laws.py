"""What holds for every corpus, whatever its documents share."""

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.corpus.copies import REMAINDER
from flows.corpus.output import current_version
from flows.corpus.verifying import verify_version
from schemas.settings import (
    FurnitureSettings,
    InputSettings,
    LineBreakSettings,
    Settings,
    SharedRepeatSettings,
)

PARAGRAPHS = (
    "渡口的灯",
    "本馆自下月一日起延长开放时间，读者凭证件可在晚间九点以前进入二楼阅览室，请互相转告。",
    "本馆自下月一日起延长开放时间，读者凭证件可在晚间九点以前进入二楼阅览室，请互",
    "收到棉布二十四匹，染坊的伙计当面点过，少一匹，记在下回的账上，由掌柜签字，各执一份为凭。",
    "收到棉布二十六匹，染坊的伙计当面点过，少一匹，记在下回的账上，由掌柜签字，各执一份为凭。",
    "天黑以前，老周把灯擦了三遍，又把缆绳系紧，这才坐下来抽烟，一直坐到头班船的汽笛响起来。",
    "The ferry leaves at six in the morning and returns when the lamps are lit along the quay.",
)
TEXTS = st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=6).map("\n\n".join)
ONLY_REPEATS = Settings(
    furniture=FurnitureSettings(enabled=False),
    line_breaks=LineBreakSettings(enabled=False),
    input=InputSettings(batch_bytes=2048),
)
CORPORA = st.lists(TEXTS, min_size=1, max_size=8)


@pytest.fixture
def no_fsync(monkeypatch):
    """Hundreds of corpora are not worth waiting for the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def paragraphs_of(text):
    return [paragraph for paragraph in text.split("\n\n") if paragraph]


def chars(text):
    return len("".join(text.split()))


def rows_of(version, kind):
    (file,) = version.glob(f"{kind}*.jsonl")
    return [json.loads(line) for line in file.read_bytes().splitlines()]


@given(texts=CORPORA)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("no_fsync")
def test_what_is_published_is_whole_and_names_copies_that_are_there(run, write, texts):
    with TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            write(Path(folder, "raw"), f"{number}.txt", text)
        publication = run(Path(folder, "raw"), Path(folder, "clean"), ONLY_REPEATS)
        assert verify_version(Path(folder, "clean")).findings == ()
        version = current_version(Path(folder, "clean"))
        published = {row["id"]: row["text"].split("\n\n") for row in rows_of(version, "documents")}
        remainders = set()
        for removed in rows_of(version, "removed"):
            if not removed["kept_document_id"]:
                assert removed["rule"] == REMAINDER
                remainders.update(paragraphs_of(removed["removed_text"]))
                continue
            kept = published[removed["kept_document_id"]][removed["kept_paragraph"]]
            assert kept.startswith(removed["removed_text"].strip()[:30])
        assert {text for kept in published.values() for text in kept} | remainders >= {
            paragraph for text in texts for paragraph in paragraphs_of(text)
        } - {PARAGRAPHS[2]}
        manifest = publication.manifest
        assert manifest.inputs == len(texts) == len(published) + len(publication.rejections)
        assert sum(rule.edits for rule in publication.rules) == manifest.edits


@given(texts=CORPORA, share=st.sampled_from([0.0, 0.1, 0.5, 0.9]))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("no_fsync")
def test_a_copy_is_wholly_on_record_and_keeps_nothing_for_others(run, write, texts, share):
    own = ONLY_REPEATS.model_copy(
        update={"shared_repeats": SharedRepeatSettings(remainder_share=share)}
    )
    with TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            write(Path(folder, "raw"), f"{number}.txt", text)
        run(Path(folder, "raw"), Path(folder, "clean"), own)
        assert verify_version(Path(folder, "clean")).findings == ()
        version = current_version(Path(folder, "clean"))
        removed = rows_of(version, "removed")
        for copy in rows_of(version, "rejected"):
            record = [row for row in removed if row["document_id"] == copy["document_id"]]
            assert all(row["kept_document_id"] != copy["document_id"] for row in removed)
            text = texts[int(copy["source_path"].removesuffix(".txt"))]
            shared = [row for row in record if row["rule"].startswith("shared_repeats.")]
            inside = [row for row in record if row not in shared]
            on_record = "".join(row["removed_text"] for row in shared)
            assert len(on_record) == len(text) - sum(len(row["removed_text"]) for row in inside)
            left = [row["removed_text"] for row in shared if row["rule"] == REMAINDER]
            assert chars("".join(left)) <= share * chars(on_record)
            assert len(left) < len(shared)
