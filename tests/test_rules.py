"""Every rule by which the steps change text is in the README, and has a case that shows it."""

import json
import re
import sys
from pathlib import Path

import pytest

from flows.pipeline import STEPS
from schemas.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
CASES = [
    case
    for path in sorted((ROOT / "tests" / "cases").glob("*.json"))
    for case in json.loads(path.read_text("utf-8"))
]
TABLE_ROW = re.compile(r"^\| `(\w+)` \|.*\| ([^|]*) \|$", re.MULTILINE)

every_step = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)


def rules_of(step):
    """Return the rules that a step's module names, without the name of the step."""
    module = sys.modules[step.propose.__module__]
    texts = (value for value in vars(module).values() if isinstance(value, str))
    found = (re.fullmatch(rf"{step.name}\.(\w+)", text) for text in texts)
    return {match.group(1) for match in found if match}


def test_the_readme_has_a_row_for_every_step_in_order_with_its_rules():
    page = (ROOT / "README.md").read_text("utf-8")
    section = page.partition("## What is repaired")[2].partition("\n## ")[0]
    rows = [(name, set(re.findall(r"`(\w+)`", last))) for name, last in TABLE_ROW.findall(section)]
    assert rows[: len(STEPS)] == [(step.name, rules_of(step)) for step in STEPS]


def settings_for(step, case):
    """Return the default settings of the step, with what the case asks for if it is the step's."""
    default = step.settings_of(Settings())
    asked = {
        name: value for name, value in case.get("settings", {}).items() if hasattr(default, name)
    }
    return default.model_copy(update=asked)


@every_step
def test_every_rule_has_a_case(step):
    shown = {
        edit.rule
        for case in CASES
        for edits in step.propose([case["before"]], settings_for(step, case))
        for edit in edits
    }
    assert {f"{step.name}.{rule}" for rule in rules_of(step)} - shown == set()
