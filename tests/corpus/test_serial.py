import json

from hypothesis import given
from hypothesis import strategies as st

from flows.corpus.serial import read_records, to_line, to_lines
from schemas.edit import EditRow

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)


def row(text, score=1.0):
    return EditRow(
        document_id="doc_" + "0" * 32,
        layer=0,
        rule="r",
        start=0,
        end=0,
        before="",
        after=text,
        score=score,
    )


@given(text=TEXT, score=st.floats(0, 1))
def test_a_line_reads_back_and_is_one_line_to_every_reader(text, score):
    line = to_line(row(text, score))
    assert EditRow.model_validate_json(line) == row(text, score)
    assert len(line.decode().splitlines()) == 1


@given(texts=st.lists(TEXT | st.just('"},{"document_id":"'), max_size=4))
def test_many_records_are_as_many_lines_whatever_they_hold(texts):
    rows = [row(text) for text in texts]
    assert to_lines(rows) == b"".join(map(to_line, rows))
    assert [EditRow.model_validate_json(line) for line in to_lines(rows).splitlines()] == rows


def test_keys_stand_in_the_order_of_the_model_and_floats_have_a_point():
    line = to_line(row("灯"))
    assert list(json.loads(line)) == list(EditRow.model_fields)
    assert line.endswith(b'"score":1.0}\n')


def test_records_are_read_one_by_one(tmp_path):
    rows = [row(text) for text in ("灯", "\N{LINE SEPARATOR}\x85", "")]
    (tmp_path / "a.jsonl").write_bytes(to_lines(rows))
    assert list(read_records(tmp_path / "a.jsonl", EditRow)) == rows
