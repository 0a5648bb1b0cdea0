"""The published JSON Schemas are those of the models, and they hold the records."""

from pathlib import Path

import pytest

from schemas.published import schema_files

FOLDER = Path(__file__).parents[2] / "docs" / "schema"


@pytest.mark.parametrize("name", sorted(schema_files()))
def test_the_published_schema_is_up_to_date(name):
    stands = (FOLDER / name).read_text(encoding="utf-8")
    assert stands == schema_files()[name], "run: jiaokan schema"


def test_nothing_else_is_published_as_a_schema():
    assert {file.name for file in FOLDER.iterdir()} == set(schema_files())
