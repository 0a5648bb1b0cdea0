"""The JSON Schemas that readers of a published version may count on, made from the models."""

import json

from pydantic import BaseModel

from schemas.change import Change
from schemas.document import Document
from schemas.edit import EditRow
from schemas.manifest import Manifest
from schemas.rejection import Rejection
from schemas.removal import ExplainedRemoval, Removal
from schemas.report import RunReport
from schemas.settings import Settings

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# What comes out is described as it is written, the settings as they are read.
WRITTEN: dict[str, type[BaseModel]] = {
    "document": Document,
    "edit": EditRow,
    "removal": Removal,
    "rejection": Rejection,
    "manifest": Manifest,
    "change": Change,
    "run_report": RunReport,
    "explained_removal": ExplainedRemoval,
}


def schema_files() -> dict[str, str]:
    """Return the text of every JSON Schema under its file name.

    >>> sorted(schema_files())[:2]
    ['change.schema.json', 'document.schema.json']
    """
    schemas = {
        name: model.model_json_schema(mode="serialization") for name, model in WRITTEN.items()
    }
    schemas["settings"] = Settings.model_json_schema()
    return {
        f"{name}.schema.json": json.dumps(
            {"$schema": DIALECT} | schema, ensure_ascii=False, indent=2
        )
        + "\n"
        for name, schema in schemas.items()
    }
