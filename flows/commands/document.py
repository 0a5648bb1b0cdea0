"""The command for one document. It starts fast: nothing of Prefect, nothing of storage."""

import sys
from pathlib import Path

from rich.console import Console

from flows.commands.options import DEFAULTS, SettingsGiven, Switch
from flows.errors import StorageError
from flows.text.display import visible


def preview(
    file: Path,
    /,
    *,
    given: SettingsGiven = DEFAULTS,
    limit: int = 20,
    doubtful: Switch = False,
    text: Switch = False,
) -> None:
    """Show what would be done to FILE: how it was read, and every edit with its reason.

    Nothing is written. Repeats of other documents are not looked for, since there are none.

    For example:

        jiaokan preview raw/essay.txt
        jiaokan preview raw/essay.txt --limit 0
        jiaokan preview raw/essay.txt --doubtful
        jiaokan preview raw/essay.txt --text > essay.txt

    Args:
        file: One document.
        given: See ``SettingsGiven``.
        limit: Edits shown of each step; 0 shows all.
        doubtful: Show of the edits only joins of lines that may well be wrong.
        text: Print the clean text and nothing else.
    """
    from flows.reporting.preview import preview_lines, preview_text

    settings = given.load()
    source = _read(file)
    if text:
        sys.stdout.write(preview_text(source, settings))
        return
    console = Console(highlight=False, emoji=False)
    console.print(visible(str(file)), style="bold", markup=False)
    for line in preview_lines(source, settings, limit, doubtful=doubtful):
        console.print(line, soft_wrap=not console.is_terminal)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise StorageError(f"{file}: cannot be read: {error.strerror}") from error
