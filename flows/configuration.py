"""Settings from a file, the environment and the command line, checked by name before by value.

Four ways lead to the one model ``schemas.settings.Settings``: a TOML file, environment variables
(``JIAOKAN_SCRIPT__TARGET=keep``), assignments on the command line (``--set script.target=keep``)
and the parameter of a flow, which Prefect checks by itself. An assignment beats the environment,
the environment beats the file, the file beats the defaults.

A misspelt name is the commonest mistake and the quietest one: the run goes through with a default.
So every name from every source must exist, and an error offers the nearest one that does.
pydantic-settings was weighed and left out: it ignores unknown environment variables, and importing
it costs twice as much time as the rest of the settings.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError

from flows.errors import ConfigurationError
from schemas.settings import Settings

ENVIRONMENT_PREFIX = "JIAOKAN_"


@dataclass(frozen=True, slots=True)
class _Given:
    """A setting as somebody gave it.

    Attributes:
        name: Dotted, such as ``script.target``.
        value: As TOML has it, or a text that the model is to read.
        origin: Where it was given, in words the giver will recognise.
    """

    name: str
    value: object
    origin: str


def load_settings(file: Path | None = None, assignments: Sequence[str] = ()) -> Settings:
    """Return the settings that the file, the environment and the assignments make together.

    Args:
        file: A TOML file with one table a group of settings; None for no file.
        assignments: ``NAME=VALUE`` texts with dotted names; a later one beats an earlier one.

    Returns:
        The complete settings, defaults where nothing was given.

    Raises:
        ConfigurationError: If a name does not exist, a value may not be had, or the file cannot
            be read. The message tells where it was given and what would be right.

    >>> load_settings(assignments=["line_breaks.enabled=false"]).line_breaks.enabled
    False
    """
    given = [
        *(_from_file(file) if file else ()),
        *_from_environment(os.environ),
        *(_from_assignment(assignment) for assignment in assignments),
    ]
    _require_known_names(given)
    return _validated({entry.name: entry for entry in given})


def settings_as_toml(settings: Settings) -> str:
    """Return ``settings`` as a TOML file that explains itself.

    Every setting is there under its description; one that is not at its default names the default.

    >>> settings_as_toml(Settings()).splitlines()[:2]
    ['# Which files are read, and how large they may be.', '[input]']
    """
    return "\n".join(_toml_tables(settings, Settings(), "")).lstrip("\n") + "\n"


def _from_file(file: Path) -> Iterator[_Given]:
    import tomllib

    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ConfigurationError(f"{file}: not a TOML file in UTF-8: {error}") from error
    return (_Given(name, value, str(file)) for name, value in _flat(tables, ""))


def _flat(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(cast("dict[str, object]", value), f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _from_environment(environment: Mapping[str, str]) -> Iterator[_Given]:
    for variable in sorted(environment):
        if variable.startswith(ENVIRONMENT_PREFIX):
            name = variable.removeprefix(ENVIRONMENT_PREFIX).lower().replace("__", ".")
            yield _Given(name, _value(environment[variable], variable), variable)


def _from_assignment(assignment: str) -> _Given:
    name, equals, text = assignment.partition("=")
    if not equals:
        raise ConfigurationError(
            f"--set {assignment}: no value; write NAME=VALUE, such as --set script.enabled=false"
        )
    name = name.strip()
    return _Given(name, _value(text.strip(), f"--set {name}"), "--set")


def _value(text: str, origin: str) -> object:
    """Return what ``text`` says: a list is written as in TOML, the model reads all else."""
    if not text.startswith("["):
        return text
    import tomllib

    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{origin}: not a list as TOML writes it: {error}") from error


def _require_known_names(given: Iterable[_Given]) -> None:
    known = list(_names(Settings, ""))
    for entry in given:
        if entry.name not in known:
            from difflib import get_close_matches

            nearest = get_close_matches(entry.name, known, n=1, cutoff=0.5)
            hint = f"did you mean {nearest[0]}?" if nearest else "jiaokan settings lists them all"
            raise ConfigurationError(f"{entry.origin}: no setting is called {entry.name}; {hint}")


def _names(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _names(field.annotation, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def _validated(given: Mapping[str, _Given]) -> Settings:
    nested: dict[str, Any] = {}
    for entry in given.values():
        *groups, name = entry.name.split(".")
        table = nested
        for group in groups:
            table = table.setdefault(group, {})
        table[name] = entry.value
    try:
        return Settings.model_validate(nested)
    except ValidationError as errors:
        raise ConfigurationError(_explanation(errors, given)) from errors


def _explanation(errors: ValidationError, given: Mapping[str, _Given]) -> str:
    lines: list[str] = []
    for error in errors.errors(include_url=False):
        place = ".".join(str(part) for part in error["loc"])
        # Inside a list the place goes on after the setting's name.
        entry = next(
            (known for known in given.values() if f"{place}.".startswith(known.name)), None
        )
        origin = f"{entry.origin}: " if entry else ""
        lines.append(f"{origin}{place}: {error['msg']}, found {error['input']!r}")
    return "\n".join(lines)


def _toml_tables(group: BaseModel, default: BaseModel, name: str) -> Iterator[str]:
    if name:
        purpose = (type(group).__doc__ or name).partition("\n\n")[0]
        yield f"\n# {' '.join(purpose.split())}\n[{name}]"
    for key, field in type(group).model_fields.items():
        value, usual = getattr(group, key), getattr(default, key)
        if isinstance(value, BaseModel):
            yield from _toml_tables(value, usual, f"{name}.{key}" if name else key)
            continue
        notes = [" ".join((field.description or key).split())]
        if get_origin(field.annotation) is Literal:
            notes.append(f"One of {', '.join(map(_toml, get_args(field.annotation)))}.")
        if value != usual:
            notes.append(f"Default: {_toml(usual)}.")
        yield f"# {' '.join(notes)}\n{key} = {_toml(value)}"


def _toml(value: object) -> str:
    """Return ``value`` as TOML writes it: JSON does the same for all that a setting can hold."""
    plain = sorted(cast("frozenset[str]", value)) if isinstance(value, frozenset) else value
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")
