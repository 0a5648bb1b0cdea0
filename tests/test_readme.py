"""What the README says is so: its page before and after, its examples, its tables."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from flows.decoding.ladder import decode
from flows.pipeline import clean_text
from schemas.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "README.md").read_text("utf-8")
CHINESE_PAGE = (ROOT / "README.zh-CN.md").read_text("utf-8")
SHOWN = re.compile(r"<!-- (before|after) (\S+) -->\n```text\n(.*?)\n```", re.DOTALL)


@pytest.mark.parametrize("page", [PAGE, CHINESE_PAGE], ids=["English", "Chinese"])
def test_the_page_before_and_after_is_a_sample(page):
    shown = {when: (sample, text) for when, sample, text in SHOWN.findall(page)}
    assert set(shown) == {"before", "after"}
    sample, before = shown["before"]
    decoded = decode((ROOT / sample).read_bytes(), Settings().decoding).text
    assert before in decoded
    assert shown["after"] == (sample, shown["after"][1])
    assert f"\n\n{shown['after'][1]}\n\n" in clean_text(decoded).text


def test_the_examples_give_what_they_show():
    assert doctest.testfile(str(ROOT / "README.md"), module_relative=False).failed == 0


def test_the_tables_of_the_record_and_the_settings_are_fresh():
    fresh = subprocess.run(
        [sys.executable, "-m", "tests.make_readme", "--check"], check=False, cwd=ROOT
    )
    assert fresh.returncode == 0, "python -m tests.make_readme writes them anew"


def test_every_flag_in_the_table_is_one_that_the_code_sets():
    section = PAGE.partition("| flag | meaning |\n|---|---|\n")[2].partition("\n\n")[0]
    flags = re.findall(r"`(\w+)`", section)
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "flows").rglob("*.py"))
    assert flags
    assert [flag for flag in flags if f'"{flag}"' not in sources] == []


def test_the_deployment_starts_a_flow_that_exists():
    (deployment,) = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]
    path, _, flow = deployment["entrypoint"].partition(":")
    assert f"\ndef {flow}(" in (ROOT / path).read_text("utf-8")


def test_every_local_link_leads_somewhere():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "raw" / "README.md"]
    broken = [
        (page.name, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []
