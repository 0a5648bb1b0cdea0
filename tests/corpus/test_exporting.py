"""A version handed on holds the same rows in every form, and nobody ever meets half of one."""

import json

import fsspec
import pyarrow.parquet as pq
import pytest
import zstandard
from moto.server import ThreadedMotoServer

from flows.corpus import forms, targets
from flows.corpus.exporting import export_version
from flows.corpus.forms import MODELS
from flows.corpus.output import current_version
from flows.errors import ConfigurationError, StorageError
from schemas.manifest import Form, Manifest


@pytest.fixture
def clean(raw, tmp_path, run):
    run(raw, tmp_path / "clean")
    return tmp_path / "clean"


@pytest.fixture(scope="module")
def server():
    """An object store that speaks S3."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(server, monkeypatch, tmp_path):
    """An empty bucket in it, and the environment that leads there."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    name = f"bucket-{tmp_path.name[-40:].replace('_', '-')}"
    store = fsspec.filesystem("s3", use_listings_cache=False)
    store.mkdir(name)
    return store, name


def rows(path):
    """Return the rows of an exported file, whatever its form."""
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    content = path.read_bytes()
    if path.suffix == ".zst":
        content = zstandard.ZstdDecompressor().decompress(content)
    return [json.loads(line) for line in content.splitlines()]


@pytest.mark.parametrize("form", Form)
def test_every_form_holds_the_same_rows(clean, tmp_path, form):
    exported = export_version(clean, str(tmp_path / "out"), form)
    folder = tmp_path / "out" / "versions" / (tmp_path / "out/current").read_text().strip()
    assert folder.name == exported.version
    assert {path.name for path in folder.iterdir()} == {
        "manifest.json",
        *(file.name for file in exported.manifest.files),
    }
    for file in exported.manifest.files:
        published = current_version(clean) / f"{file.name.partition('.')[0]}.jsonl"
        assert rows(folder / file.name) == rows(published)
        assert len(rows(folder / file.name)) == file.rows


def test_json_lines_are_the_published_bytes_under_the_published_name(clean, tmp_path, snapshot):
    exported = export_version(clean, str(tmp_path / "out"))
    folder = tmp_path / "out/versions" / exported.version
    assert exported.version == current_version(clean).name
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == snapshot(clean)


def test_columns_have_the_types_of_the_schema_even_where_there_are_no_rows(tmp_path):
    for kind, model in MODELS.items():
        (tmp_path / f"{kind}.jsonl").write_bytes(b"")
        made = forms.write_form(tmp_path / f"{kind}.jsonl", kind, tmp_path, Form.PARQUET)
        schema = pq.read_schema(made)
        assert schema.names == list(model.model_fields)
        assert not any(field.nullable for field in schema)
    documents = pq.read_schema(tmp_path / "documents.parquet")
    stats = documents.field("stats").type
    assert str(stats.field("edits").type) == "int64"
    assert str(stats.field("kept_ratio").type) == "double"
    assert str(documents.field("metadata").type.field("byte_order_mark").type) == "bool"


def test_an_object_store_gets_the_files_then_the_manifest_then_the_name(clean, bucket, snapshot):
    store, name = bucket
    exported = export_version(clean, f"s3://{name}/corpus")
    folder = f"{name}/corpus/versions/{exported.version}"
    assert store.cat(f"{name}/corpus/current") == f"{exported.version}\n".encode()
    found = {path.rpartition("/")[2]: store.cat(path) for path in store.find(folder)}
    assert found == snapshot(clean)
    manifest = Manifest.model_validate_json(found["manifest.json"])
    assert {file.name for file in manifest.files} == set(found) - {"manifest.json"}


def test_what_has_arrived_is_not_sent_again(clean, bucket, monkeypatch):
    store, name = bucket
    export_version(clean, f"s3://{name}/corpus")
    sent = []
    monkeypatch.setattr(store, "put_file", lambda *arguments, **_: sent.append(arguments))
    export_version(clean, f"s3://{name}/corpus")
    assert sent == []
    export_version(clean, f"s3://{name}/another")
    assert sent  # so this is the method by which objects are sent


@pytest.mark.parametrize("arrived", range(4))
def test_an_export_that_breaks_off_leaves_no_name_and_is_completed_by_the_next(
    clean, bucket, monkeypatch, arrived
):
    store, name = bucket
    put, calls = store.put_file, []

    def break_off(*arguments, **options):
        if len(calls) == arrived:
            raise OSError("the network is gone")
        calls.append(arguments)
        return put(*arguments, **options)

    with monkeypatch.context() as broken:
        broken.setattr(store, "put_file", break_off)
        with pytest.raises(StorageError, match="check the address, the network"):
            export_version(clean, f"s3://{name}/corpus")
    assert not store.exists(f"{name}/corpus/current")
    exported = export_version(clean, f"s3://{name}/corpus")
    assert store.cat(f"{name}/corpus/current") == f"{exported.version}\n".encode()
    assert len(store.find(f"{name}/corpus/versions")) == len(exported.manifest.files) + 1


def test_somebody_elses_object_is_never_overwritten(clean, bucket):
    store, name = bucket
    version = current_version(clean).name
    theirs = f"{name}/corpus/versions/{version}/documents-00000.jsonl"
    store.pipe_file(theirs, b"theirs")
    with pytest.raises(StorageError, match="something else writes there"):
        export_version(clean, f"s3://{name}/corpus")
    assert store.cat(theirs) == b"theirs"
    assert not store.exists(f"{name}/corpus/current")


@pytest.mark.usefixtures("bucket")
def test_a_bucket_that_is_not_there_is_named(clean):
    with pytest.raises(StorageError, match="s3://no-such-bucket/corpus"):
        export_version(clean, "s3://no-such-bucket/corpus")


def test_damage_is_not_handed_on(clean, tmp_path):
    (current_version(clean) / "documents-00000.jsonl").write_bytes(b"{}\n")
    for form in Form:
        with pytest.raises(StorageError, match="not what was published"):
            export_version(clean, str(tmp_path / "out"), form)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(clean, tmp_path):
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(StorageError, match="out"):
        export_version(clean, str(tmp_path / "out"))


@pytest.mark.parametrize(("form", "extra"), [(Form.ZSTD, "zstd"), (Form.PARQUET, "parquet")])
def test_a_form_that_needs_a_library_says_which(clean, tmp_path, monkeypatch, form, extra):
    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(forms, "import_module", missing)
    with pytest.raises(ConfigurationError, match=rf"install jiaokan\[{extra}\]"):
        export_version(clean, str(tmp_path / "out"), form)


def test_a_protocol_nobody_knows_is_a_wrong_setting():
    with pytest.raises(ConfigurationError, match="nowhere://corpus"):
        targets.target_of("nowhere://corpus")
