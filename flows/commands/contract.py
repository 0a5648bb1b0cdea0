"""Commands that print what the program can be told and what it promises to write."""

import sys
from pathlib import Path

from flows.commands.options import DEFAULTS, SettingsGiven, Switch
from flows.commands.terminal import complain
from flows.configuration import settings_as_toml


def settings(*, given: SettingsGiven = DEFAULTS) -> None:
    """Print every setting with its description, value and default, as a TOML file.

    For example:

        jiaokan settings > settings.toml
        jiaokan settings --settings settings.toml --set script.enabled=false

    Args:
        given: See ``SettingsGiven``.
    """
    sys.stdout.write(settings_as_toml(given.load()))


def schema(directory: Path = Path("docs/schema"), /, *, check: Switch = False) -> int:
    """Write the JSON Schema of every published record into DIRECTORY.

    For example:

        jiaokan schema
        jiaokan schema --check

    Args:
        directory: Folder of the schemas; made if it is not there.
        check: Write nothing; name the files that are not what they should be, with exit code 1.
    """
    from schemas.published import schema_files

    stale = {name: text for name, text in schema_files().items() if _text(directory / name) != text}
    for name, text in stale.items():
        if check:
            complain(f"{directory / name} is stale; jiaokan schema writes it anew")
        else:
            directory.mkdir(parents=True, exist_ok=True)
            (directory / name).write_text(text, encoding="utf-8", newline="\n")
    return int(check and bool(stale))


def _text(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None
