r"""Write the tables of README.md that follow from the models: the record and the settings.

``python -m tests.make_readme`` puts them between their marks, such as ``<!-- record -->``; with
``--check`` it changes nothing and fails if one is stale.
"""

import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from schemas.document import Document
from schemas.settings import Settings

README = Path(__file__).resolve().parent.parent / "README.md"


def record_table() -> str:
    """Return the fields of the clean record as a Markdown table."""
    rows = [f"| `{name}` | {kind(field)} | {meaning(field)} |" for name, field in leaves(Document)]
    return "\n".join(["| field | type | meaning |", "|---|---|---|", *rows])


def settings_table() -> str:
    """Return all settings with their defaults as a Markdown table."""
    rows = [
        f"| `{name}` | `{shown(field.default)}` | {meaning(field)} |"
        for name, field in leaves(Settings)
    ]
    return "\n".join(["| setting | default | meaning |", "|---|---|---|", *rows])


def leaves(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Yield every field that holds a value, under its dotted name."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from leaves(field.annotation, f"{prefix}{name}.")
        else:
            yield prefix + name, field


def kind(field: FieldInfo) -> str:
    """Return the type of a field in words of JSON."""
    names = {str: "text", int: "integer", float: "number", bool: "boolean"}
    annotation: Any = field.annotation
    return names.get(annotation) or " or ".join(f"`{name}`" for name in get_args(annotation))


def shown(default: object) -> str:
    """Return a default as a settings file writes it."""
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, tuple | frozenset):
        return "[" + ", ".join(sorted(f'"{item}"' for item in default)) + "]"
    if isinstance(default, Enum):
        default = default.value
    return f'"{default}"' if isinstance(default, str) else str(default)


def meaning(field: FieldInfo) -> str:
    """Return the description of a field on one line of a table."""
    return " ".join((field.description or "").split()).replace("|", "\\|")


def with_tables(page: str) -> str:
    """Return the page with fresh tables between their marks."""
    for name, table in (("record", record_table()), ("settings", settings_table())):
        before, mark, rest = page.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->\n")
        if not (mark and end):
            raise ValueError(f"{README} has no place for the table {name}")
        page = f"{before}{mark}{table}\n{end}{after}"
    return page


def main() -> int:
    """Write README.md anew, or check it; return the exit code."""
    page = README.read_text("utf-8")
    fresh = with_tables(page)
    if "--check" in sys.argv:
        return int(page != fresh)
    README.write_text(fresh, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
