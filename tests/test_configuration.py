"""Settings from file, environment and command line: who wins, and what is said of a mistake."""

import os
import tomllib

import pytest

from flows.configuration import load_settings, settings_as_toml
from flows.errors import ConfigurationError
from schemas.settings import Settings


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch):
    """Keep the settings of whoever runs the tests out of them."""
    for name in list(os.environ):
        if name.startswith("JIAOKAN_"):
            monkeypatch.delenv(name)


@pytest.fixture
def settings_file(tmp_path):
    def write(text):
        file = tmp_path / "settings.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_nothing_given_means_the_defaults():
    assert load_settings() == Settings()


def test_a_file_beats_the_defaults(settings_file):
    file = settings_file('[input]\nsource = "gazette"\n[script]\nenabled = false\n')
    settings = load_settings(file)
    assert settings.input.source == "gazette"
    assert not settings.script.enabled


def test_the_environment_beats_the_file(settings_file, monkeypatch):
    monkeypatch.setenv("JIAOKAN_INPUT__SOURCE", "novels")
    assert load_settings(settings_file('[input]\nsource = "gazette"\n')).input.source == "novels"


def test_an_assignment_beats_the_environment(monkeypatch):
    monkeypatch.setenv("JIAOKAN_INPUT__SOURCE", "novels")
    assert load_settings(None, ["input.source=letters"]).input.source == "letters"


def test_the_later_of_two_assignments_wins():
    settings = load_settings(None, ["input.source=a", "input.source=b"])
    assert settings.input.source == "b"


def test_sources_fill_in_for_each_other(settings_file, monkeypatch):
    monkeypatch.setenv("JIAOKAN_INPUT__BATCH_BYTES", "4096")
    file = settings_file('[input]\nsource = "gazette"\n')
    settings = load_settings(file, ["output.keep_versions=5"])
    assert (settings.input.source, settings.input.batch_bytes) == ("gazette", 4096)
    assert settings.output.keep_versions == 5


def test_a_text_that_looks_like_a_number_stays_a_text():
    assert load_settings(None, ["input.source=1984"]).input.source == "1984"


def test_a_value_may_hold_an_equals_sign():
    assert load_settings(None, ["input.source=a=b"]).input.source == "a=b"


def test_a_list_is_written_as_in_toml():
    settings = load_settings(None, ['input.patterns=["*.txt", "*.md"]'])
    assert settings.input.patterns == ("*.txt", "*.md")


def test_a_misspelt_name_in_the_file_is_named_with_the_nearest_one(settings_file):
    file = settings_file("[scripts]\nenabled = false\n")
    with pytest.raises(
        ConfigurationError,
        match=r"settings\.toml: no .* scripts\.enabled; did you mean script\.enabled",
    ):
        load_settings(file)


def test_a_misspelt_variable_is_named_with_the_nearest_name(monkeypatch):
    monkeypatch.setenv("JIAOKAN_INPUT__MAX_FILE_BYTE", "1")
    with pytest.raises(
        ConfigurationError,
        match=r"JIAOKAN_INPUT__MAX_FILE_BYTE: .* did you mean input\.max_file_bytes",
    ):
        load_settings()


def test_a_misspelt_assignment_is_named_with_the_nearest_name():
    with pytest.raises(ConfigurationError, match=r"--set: .* did you mean input\.source"):
        load_settings(None, ["input.sauce=x"])


def test_a_name_like_no_other_points_to_the_list():
    with pytest.raises(ConfigurationError, match="jiaokan settings lists them all"):
        load_settings(None, ["qqqqqqq=1"])


@pytest.mark.parametrize(
    ("assignment", "message"),
    [
        ("script.enabled", "no value; write NAME=VALUE"),
        ("script.enabled=perhaps", "--set: script.enabled: .* found 'perhaps'"),
        ("output.keep_versions=0", "--set: output.keep_versions: .*greater than or equal to 1"),
        ("input=x", "no setting is called input"),
        ("input.patterns=[1, ", "not a list as TOML writes it"),
    ],
)
def test_a_wrong_value_is_explained(assignment, message):
    with pytest.raises(ConfigurationError, match=message):
        load_settings(None, [assignment])


def test_all_wrong_values_are_explained_at_once():
    with pytest.raises(ConfigurationError) as caught:
        load_settings(None, ["output.keep_versions=0", "input.batch_bytes=none"])
    assert len(str(caught.value).splitlines()) == 2


def test_a_wrong_member_of_a_list_leads_to_its_setting(settings_file):
    file = settings_file("[input]\npatterns = [1]\n")
    with pytest.raises(ConfigurationError, match=r"settings\.toml: input\.patterns\.0"):
        load_settings(file)


@pytest.mark.parametrize("text", ["[input", "source = \udcff"])
def test_a_file_that_is_no_toml_is_an_error_of_configuration(tmp_path, text):
    file = tmp_path / "settings.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigurationError, match="not a TOML file in UTF-8"):
        load_settings(file)


def test_a_missing_file_is_an_error_of_configuration(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_settings(tmp_path / "nowhere.toml")
    assert ConfigurationError.exit_code == 78


@pytest.mark.parametrize(
    "assignments",
    [[], ["script.enabled=no", 'input.source=晨报 "二"\t\\', "output.keep_versions=7"]],
)
def test_settings_written_as_a_file_load_as_the_same_settings(settings_file, assignments):
    settings = load_settings(None, assignments)
    assert load_settings(settings_file(settings_as_toml(settings))) == settings


def test_the_written_file_has_every_setting_under_its_description():
    written = settings_as_toml(Settings())
    assert tomllib.loads(written) == Settings().model_dump(mode="json", exclude_none=True)
    for group in type(Settings()).model_fields.values():
        for field in group.annotation.model_fields.values():
            assert " ".join(field.description.split()) in written


def test_a_changed_setting_is_written_with_its_default():
    written = settings_as_toml(load_settings(None, ["script.enabled=false"]))
    assert "Default: true.\nenabled = false" in written


def test_a_setting_with_few_values_is_written_with_all_of_them():
    assert 'One of "simplified"' in settings_as_toml(Settings())
