"""What holds for every corpus, whatever its documents share."""

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.corpus.output import current_version
from flows.corpus.verifying import verify_version
from schemas.settings import FurnitureSettings, InputSettings, LineBreakSettings, Settings

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


def rows_of(version, kind):
    lines = (version / f"{kind}-00000.jsonl").read_bytes().splitlines()
    return [json.loads(line) for line in lines]


@given(texts=CORPORA)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("no_fsync")
def test_what_is_published_is_whole_and_names_copies_that_are_there(run, write, texts):
    with TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            write(Path(folder, "raw"), f"{number}.txt", text)
        run(Path(folder, "raw"), Path(folder, "clean"), ONLY_REPEATS)
        assert verify_version(Path(folder, "clean")).findings == ()
        version = current_version(Path(folder, "clean"))
        published = {row["id"]: row["text"].split("\n\n") for row in rows_of(version, "documents")}
        for removed in rows_of(version, "removed"):
            kept = published[removed["kept_document_id"]][removed["kept_paragraph"]]
            assert kept.startswith(removed["removed_text"].strip()[:30])
        assert {text for kept in published.values() for text in kept} >= {
            paragraph for text in texts for paragraph in text.split("\n\n")
        } - {PARAGRAPHS[2]}
