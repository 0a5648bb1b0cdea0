"""The command as a person and a shell meet it: help, exit codes, what is printed where."""

import json
import os
import signal
import subprocess
import sys
import tomllib
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows.cli import BUG, app, main
from flows.corpus.fingerprint import code_version
from flows.errors import LockedError, StorageError
from schemas.manifest import Form
from schemas.published import schema_files
from schemas.settings import Settings
from tests.runs import run, write

COMMANDS = (
    "run", "preview", "why", "restore", "verify", "export", "serve", "settings", "schema",
)  # fmt: skip
LEVEL = "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"


@pytest.fixture(autouse=True)
def own_process(monkeypatch, tmp_path):
    """Undo what the command does to a process of its own: signals, environment, folder."""
    handler = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr("gc.freeze", lambda: None)
    monkeypatch.setenv(LEVEL, "")
    monkeypatch.delenv(LEVEL)
    for name in [name for name in os.environ if name.startswith("JIAOKAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    yield
    signal.signal(signal.SIGTERM, handler)


@pytest.fixture
def flow(monkeypatch, make_report):
    """Stand in for what the commands call and is tested elsewhere; keep what it was told."""
    calls = SimpleNamespace(seen=[], outcome=make_report())

    def called(name):
        def stand_in(*arguments, **named):
            calls.seen.append((name, *arguments, *named.values()))
            if isinstance(calls.outcome, BaseException):
                raise calls.outcome
            return calls.outcome() if callable(calls.outcome) else calls.outcome

        return stand_in

    for module, name in (
        ("flows.clean_corpus", "clean_corpus"),
        ("flows.inspect_corpus", "inspect_corpus"),
        ("flows.serve_corpus", "serve_corpus"),
        ("flows.corpus.verifying", "verify_version"),
        ("flows.corpus.restoring", "restore_version"),
        ("flows.corpus.exporting", "export_version"),
    ):
        monkeypatch.setitem(sys.modules, module, SimpleNamespace(**{name: called(name)}))
    monkeypatch.setattr("flows.corpus.output.hold", lambda *_: nullcontext())
    return calls


def terminate():
    os.kill(os.getpid(), signal.SIGTERM)
    signal.pause()


def test_the_help_lists_every_command(capsys):
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(command in shown for command in COMMANDS)
    assert "Exit codes" in shown


def test_the_version_is_that_of_published_manifests(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == code_version()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_shows_how_to_type_it(command, capsys):
    assert main([command, "--help"]) == 0
    assert f"jiaokan {command}" in capsys.readouterr().out.split("For example", 1)[1]


@pytest.mark.parametrize(
    ("outcome", "exit_code"),
    [
        (StorageError("raw cannot be listed"), 74),
        (LockedError("another run holds clean"), 75),
        (KeyboardInterrupt(), 130),
    ],
)
def test_a_known_failure_is_one_line_and_its_own_exit_code(flow, capsys, outcome, exit_code):
    flow.outcome = outcome
    assert main(["run"]) == exit_code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert printed.err.startswith("jiaokan: ")


def test_a_failure_does_not_drive_the_terminal(flow, capsys):
    flow.outcome = StorageError("\x1b[2J\u202e.txt cannot be read")
    main(["run"])
    assert r"\x1b[2J\u202e.txt" in capsys.readouterr().err


def test_a_terminated_run_exits_as_the_shell_expects(flow):
    flow.outcome = terminate
    with pytest.raises(SystemExit, match="143"):
        main(["run"])


def test_a_bug_keeps_its_traceback_and_asks_for_a_report(flow):
    flow.outcome = ZeroDivisionError("division by zero")
    with pytest.raises(ZeroDivisionError) as caught:
        main(["run"])
    assert caught.value.__notes__ == [BUG]


@pytest.mark.parametrize(
    "arguments",
    [
        ["rn"],
        ["run", "--wokers", "3"],
        ["run", "--workers", "-1"],
        ["run", "raw", "clean", "more"],
        ["preview"],
        ["restore"],
        ["serve"],
        ["why"],
        ["why", "letter.txt", "--limit", "-1"],
    ],
)
def test_wrong_usage_is_explained(flow, capsys, arguments):
    assert main(arguments) == 2
    assert "Error" in capsys.readouterr().err
    assert not flow.seen


@pytest.mark.parametrize("command", [["run"], ["serve", "--cron", "0 3 * * *"], ["settings"]])
def test_a_wrong_setting_stops_a_command_before_it_starts(flow, capsys, command):
    assert main([*command, "--set", "scripts.enabled=no"]) == 78
    assert "did you mean script.enabled?" in capsys.readouterr().err
    assert not flow.seen


def test_a_run_is_told_its_folders_settings_and_workers(flow):
    arguments = ["in", "out", "--workers", "2", "--full", "--set", "script.enabled=no"]
    assert main(["run", *arguments, "--runner", "ray", "--set", "input.source=letters"]) == 0
    ((name, raw, clean, settings, *others),) = flow.seen
    assert (name, raw, clean, others) == ("clean_corpus", Path("in"), Path("out"), [2, True, "ray"])
    assert not settings.script.enabled
    assert settings.input.source == "letters"


def test_the_folders_have_defaults(flow):
    main(["run"])
    assert flow.seen == [
        ("clean_corpus", Path("raw"), Path("clean"), Settings(), 0, False, "local")
    ]


def test_settings_come_from_a_file(flow, tmp_path):
    (tmp_path / "own.toml").write_text("[script]\nenabled = false\n", encoding="utf-8")
    main(["run", "--settings", "own.toml"])
    assert not flow.seen[0][3].script.enabled


def test_a_dry_run_inspects_and_cleans_nothing(flow, make_report, capsys):
    flow.outcome = make_report(version="")
    assert main(["run", "in", "--dry-run"]) == 0
    assert flow.seen == [("inspect_corpus", Path("in"), Settings(), 0)]
    assert "report.html" not in capsys.readouterr().out


def test_a_run_with_rejected_files_says_so_and_exits_with_3(flow, make_report, capsys):
    flow.outcome = make_report(rejected=1)
    assert main(["run"]) == 3
    printed = capsys.readouterr().out
    assert "Rejected files" in printed
    assert "clean/report.html" in printed


@pytest.mark.parametrize(("rejected", "exit_code"), [(0, 0), (1, 3)])
def test_copies_alone_want_nobodys_look(flow, make_report, rejected, exit_code):
    flow.outcome = make_report(rejected=rejected, copies=2)
    assert main(["run", "--quiet"]) == exit_code


def test_a_quiet_run_prints_nothing(flow, make_report, capsys):
    flow.outcome = make_report(rejected=1)
    assert main(["run", "--quiet"]) == 3
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("options", "level"), [([], "CRITICAL"), (["--log"], "INFO")])
@pytest.mark.usefixtures("flow")
def test_the_log_is_on_the_terminal_only_when_asked_for(options, level):
    main(["run", *options])
    assert os.environ[LEVEL] == level


@pytest.mark.usefixtures("flow")
def test_a_log_level_that_a_person_chose_is_kept(monkeypatch):
    monkeypatch.setenv(LEVEL, "DEBUG")
    main(["run"])
    assert os.environ[LEVEL] == "DEBUG"


def test_a_whole_version_is_verified(flow, capsys):
    flow.outcome = verification()
    assert main(["verify", "out"]) == 0
    assert flow.seen == [("verify_version", Path("out"))]
    assert capsys.readouterr().out == "Version v1 is whole: 7 documents, 2 rejected\n"


def test_a_damaged_version_is_listed_fault_by_fault(flow, capsys):
    flow.outcome = verification(
        SimpleNamespace(file="edits.jsonl", row=3, problem="no \x1b[31m JSON"),
        SimpleNamespace(file="manifest.json", row=0, problem="sums do not add up"),
    )
    assert main(["verify"]) == 74
    assert capsys.readouterr().out.splitlines() == [
        r"edits.jsonl row 3: no \x1b[31m JSON",
        "manifest.json: sums do not add up",
        "Version v1 has 2 faults: 7 documents, 2 rejected",
    ]


def verification(*findings):
    manifest = SimpleNamespace(documents=7, rejected=2)
    return SimpleNamespace(
        version="v1", manifest=manifest, findings=findings, is_whole=not findings
    )


def test_serving_hands_on_the_schedule(flow):
    assert main(["serve", "in", "out", "--cron", "0 3 * * *", "--workers", "2"]) == 0
    assert flow.seen == [("serve_corpus", Path("in"), Path("out"), Settings(), 2, "0 3 * * *")]


def test_restoring_says_what_is_exact(flow, capsys):
    flow.outcome = [SimpleNamespace(is_exact=True), SimpleNamespace(is_exact=False)]
    assert main(["restore", "out", "--to", "back"]) == 0
    assert flow.seen == [("restore_version", Path("out"), Path("back"), None)]
    assert "2 sources restored: 1 byte for byte, 1 as decoded text" in capsys.readouterr().out


def test_restoring_a_document_that_is_not_there_is_wrong_usage(flow, capsys):
    flow.outcome = []
    assert main(["restore", "--to", "back", "--only", "no.txt"]) == 2
    assert flow.seen == [("restore_version", Path("clean"), Path("back"), "no.txt")]
    assert "no document no.txt" in capsys.readouterr().err


def test_exporting_says_what_is_where(flow, capsys):
    flow.outcome = SimpleNamespace(version="abc", manifest=SimpleNamespace(files=(1, 2)))
    assert main(["export", "out", "--to", "s3://bucket/a", "--form", "parquet"]) == 0
    assert flow.seen[0][:4] == ("export_version", Path("out"), "s3://bucket/a", Form.PARQUET)
    assert "Version abc: 3 files in s3://bucket/a" in capsys.readouterr().out


def test_a_form_that_does_not_exist_is_wrong_usage(flow):
    assert main(["export", "--to", "out", "--form", "xml"]) == 2
    assert flow.seen == []


@pytest.fixture
def published(tmp_path):
    """Publish two issues of a paper that share a notice, and a file without text, in `clean`."""
    notice = "渡口的木船换了新缆绳，过河的人请在午前到岸边的草棚里等候，不要站在跳板上，也不要催船工开船。"
    write(tmp_path / "raw", "1.txt", f"第一期\n\n{notice}\n\n河水退了，岸上晒满了网。")
    write(tmp_path / "raw", "2.txt", f"第二期\n\n{notice}\n\n今年的芦花开得早，白了半条河。")
    write(tmp_path / "raw", "empty.txt", b"")
    run(tmp_path / "raw", tmp_path / "clean")
    return notice


@pytest.mark.usefixtures("published")
def test_asking_why_shows_the_copy_that_was_kept(capsys):
    assert main(["why", "2.txt"]) == 0
    shown = capsys.readouterr().out
    assert "shared_repeats.exact at 3, similarity 1.000" in shown
    assert "kept in 1.txt, paragraph 1" in shown


def test_asking_why_gives_one_object_a_line(published, capsys):
    assert main(["why", "2.txt", "clean", "--json", "--limit", "1"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["kept_text"] == published


@pytest.mark.usefixtures("published")
def test_asking_why_a_file_was_rejected_gives_its_rejection(capsys):
    assert main(["why", "empty.txt", "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["reason"] == "empty"
    assert main(["why", "empty.txt"]) == 0
    assert "Rejected by decoding, empty" in capsys.readouterr().out


@pytest.mark.usefixtures("published")
def test_asking_why_of_a_document_that_lost_nothing_is_no_error(capsys):
    assert main(["why", "1.txt"]) == 0
    assert "Nothing was removed." in capsys.readouterr().out
    assert main(["why", "1.txt", "--json"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("name", ["3.txt", "raw/1.txt", "doc_\x1b[2J"])
def test_asking_why_of_no_document_is_wrong_usage(name, capsys):
    assert main(["why", name]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "clean has no document" in printed.err
    assert "\x1b" not in printed.err


def test_asking_why_where_nothing_is_published_is_an_error_of_input(capsys):
    assert main(["why", "1.txt", "nowhere"]) == 74
    assert "no published version" in capsys.readouterr().err


@pytest.fixture
def letter(tmp_path):
    """Return a document in UTF-8 that gives the steps something to do."""
    file = tmp_path / "letter.txt"
    text = "\ufeff雨停了，院子里的石板还湿着，祖母把晒了一半的陈皮又端到廊\n下，等太阳出来。\n\n一切都好。\n"
    file.write_bytes(text.encode())
    return file


def test_a_preview_shows_how_a_document_was_read(letter, capsys):
    assert main(["preview", str(letter)]) == 0
    shown = capsys.readouterr().out
    assert "read as utf-8" in shown
    assert "characters in" in shown


def test_a_preview_can_give_the_text_alone(letter, capsys):
    assert main(["preview", str(letter), "--text"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("雨停了")
    assert "read as" not in shown


def test_a_preview_shows_a_file_name_as_it_is(letter, capsys):
    file = letter.rename(letter.with_name("[b]:smile:.txt"))
    assert main(["preview", str(file)]) == 0
    assert "[b]:smile:.txt" in capsys.readouterr().out.replace("\n", "")


def test_a_preview_of_what_a_run_would_reject_says_why(tmp_path, capsys):
    file = tmp_path / "picture.txt"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    assert main(["preview", str(file)]) == 3
    assert capsys.readouterr().err.startswith("jiaokan: ")


def test_a_preview_of_a_missing_file_is_an_error_of_input(capsys):
    assert main(["preview", "nowhere.txt"]) == 74
    assert "nowhere.txt: cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["preview", "letter.txt"], ["--help"], ["run", "--help"]])
def test_neither_a_preview_nor_the_help_imports_prefect(letter, arguments):
    code = (
        "import sys; from flows.cli import main; assert main(sys.argv[1:]) == 0;"
        "assert 'prefect' not in sys.modules"
    )
    root = Path(__file__).parents[1]
    subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=True,
        cwd=letter.parent,
        env=os.environ | {"PYTHONPATH": str(root)},
        stdout=subprocess.DEVNULL,
    )


def test_the_settings_are_printed_as_a_file(capsys):
    assert main(["settings", "--set", "output.keep_versions=5"]) == 0
    printed = capsys.readouterr().out
    assert tomllib.loads(printed)["output"]["keep_versions"] == 5
    assert "Default: 2." in printed


def test_schemas_are_written_and_then_found_up_to_date(tmp_path):
    assert main(["schema", "schemas"]) == 0
    assert {file.name for file in (tmp_path / "schemas").iterdir()} == set(schema_files())
    assert main(["schema", "schemas", "--check"]) == 0


def test_a_stale_schema_is_named_and_left_alone(tmp_path, capsys):
    main(["schema", "."])
    (tmp_path / "manifest.schema.json").write_text("{}")
    assert main(["schema", ".", "--check"]) == 1
    assert "manifest.schema.json is stale" in capsys.readouterr().err
    assert (tmp_path / "manifest.schema.json").read_text() == "{}"


def test_every_command_is_documented():
    assert set(COMMANDS) == {name for name in app if not name.startswith("-")}


def test_a_missing_raw_folder_is_told_before_prefect_starts(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "flows.clean_corpus", None)
    assert main(["run", "nowhere", "out"]) == 74
    assert "nowhere" in capsys.readouterr().err
    assert not Path("out").exists()
