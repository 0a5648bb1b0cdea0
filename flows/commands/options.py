"""Options that several commands share."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from flows.configuration import load_settings
from schemas.settings import Settings


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class SettingsGiven:
    """Where the settings come from.

    Attributes:
        settings: TOML file of settings; `jiaokan settings > settings.toml` writes one to edit.
        assignments: One setting, such as `script.enabled=false`; may be repeated. Beats the
            environment (`JIAOKAN_SCRIPT__ENABLED=false`), which beats the file.
    """

    settings: Annotated[
        Path | None, Parameter(name="--settings", metavar="FILE", show_default=False)
    ] = None
    assignments: Annotated[
        tuple[str, ...], Parameter(name="--set", metavar="NAME=VALUE", show_default=False)
    ] = ()

    def load(self) -> Settings:
        """Return the settings that all sources make together."""
        return load_settings(self.settings, self.assignments)


DEFAULTS = SettingsGiven()
Workers = Annotated[int, Parameter(validator=Number(gte=0))]
Runner = Annotated[str, Parameter(metavar="NAME_OR_ADDRESS")]
Switch = Annotated[bool, Parameter(show_default=False)]
