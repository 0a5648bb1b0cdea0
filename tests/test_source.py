"""What no linter looks for in the project's files."""

import ast
import re
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    path
    for folder in ("flows", "schemas", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
)
PAGES = sorted(
    path
    for pattern in ("*.md", "*.toml", "*.txt", "*.yaml", ".ci/*", ".github/**/*.*", "docs/**/*.md")
    for path in ROOT.glob(pattern)
)
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Zl", "Zp", "Zs"}
"""Unicode categories of what cannot be seen, or is seen only by the room it takes."""
LOOK_ALIKES = re.compile("[\\u2e80-\\u2fd5\\uf900-\\ufaff]")
"""Radicals and compatibility ideographs."""
PRIVATE_PLACES = re.compile(
    r"(?<![\w.])/(?:home|root|Users|work|mnt)/\w"
    r"|https?://[^ \"')]+/simple\b|/packages/[0-9a-f]{2}/|(?:index-url|trusted-host)\b"
)
"""Folders of one machine, and hosts of package registries."""


def named(paths):
    return pytest.mark.parametrize("path", paths, ids=lambda path: str(path.relative_to(ROOT)))


@named(SOURCES)
def test_every_character_of_a_source_can_be_seen_and_told_apart(path):
    unseen = {
        f"line {number}: U+{ord(char):04X}"
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1)
        for char in line
        if char != " " and (unicodedata.category(char) in UNSEEN or LOOK_ALIKES.match(char))
    }
    assert unseen == set()


@named([path for path in SOURCES + PAGES if path.name != "test_source.py"])
def test_no_file_names_a_machine_or_a_package_registry(path):
    assert PRIVATE_PLACES.findall(path.read_text("utf-8")) == []


@named([path for path in SOURCES if "tests" not in path.parts[len(ROOT.parts) :]])
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@named(SOURCES)
def test_every_page_that_a_source_refers_to_exists(path):
    pages = re.findall(r"\bdocs/[\w/-]+\.md\b", path.read_text("utf-8"))
    assert [page for page in pages if not (ROOT / page).exists()] == []


@named([path for path in SOURCES if path.is_relative_to(ROOT / "flows")])
def test_nothing_that_is_read_can_become_code(path):
    tree = ast.parse(path.read_text("utf-8"))
    names = {
        name.id if isinstance(name, ast.Name) else name.attr
        for name in ast.walk(tree)
        if isinstance(name, ast.Name | ast.Attribute)
    }
    imported = {
        alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert not names & {"eval", "exec", "__import__", "unsafe_load"}
    assert not imported & {"pickle", "marshal", "shelve", "dill", "cloudpickle"}
    assert "allow_pickle=True" not in path.read_text("utf-8")
