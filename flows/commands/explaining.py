"""The command that says why text is not in what was published."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number
from rich.console import Console

from flows.commands.options import Switch
from flows.commands.terminal import USAGE, complain


def why(
    name: Annotated[str, Parameter(name="ID_OR_PATH")],
    clean: Path = Path("clean"),
    /,
    *,
    limit: Annotated[int, Parameter(validator=Number(gte=0))] = 20,
    json: Switch = False,
) -> int:
    """Show what was removed from a document, or why it was rejected.

    Every removed passage stands beside the copy that was kept for it, with its rule, its similarity,
    and the document and paragraph (counted from 0) where that copy is published; page furniture
    has none. For a document that was rejected as a copy of others it says where its text stands,
    for any other rejected file the step, the reason, what was found, and what to do. Changes that
    remove nothing are shown by `jiaokan preview`.

    Only the published version is read, never the sources. No such document is exit code 2.

    For example:

        jiaokan why letters/1.txt
        jiaokan why doc_c9eb0a0cf283b063218f5cee1586e61a clean --limit 0
        jiaokan why letters/1.txt --json | jq -r '[.rule, .kept_source_path] | @tsv'

    Args:
        name: The document's id, or its source_path.
        clean: Folder of the published versions.
        limit: Passages shown; 0 shows all.
        json: One JSON object a line, all of them: the rejection if there is one, as in
            rejected.jsonl; then every removed passage, as in removed-*.jsonl, with its kept copy.
    """
    from flows.corpus.explaining import explain

    explanation = explain(clean, name)
    if explanation is None:
        return complain(f"{clean} has no document {name}", USAGE)
    if json:
        from flows.corpus.serial import to_line

        for record in (explanation.rejection, *explanation.removals):
            if record:
                sys.stdout.write(to_line(record).decode())
        return 0
    from flows.reporting.explanation import explanation_lines

    console = Console(highlight=False, emoji=False)
    for line in explanation_lines(explanation, limit):
        console.print(line, soft_wrap=not console.is_terminal)
    return 0
