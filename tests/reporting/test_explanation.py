"""A removed passage beside its kept copy: what differs is marked, and nothing drives the terminal."""

import io

import pytest
from rich.console import Console

from flows.corpus.explaining import Explanation
from flows.reporting.explanation import explanation_lines
from schemas.rejection import Reason, Rejection
from schemas.removal import ExplainedRemoval

OWN, KEEPER = f"doc_{'1' * 32}", f"doc_{'2' * 32}"
KEPT = "渡船每天早晚各开一班，逢大雾停航。"


def removal(text=KEPT, kept=KEPT, rule="shared_repeats.near", path="b.txt"):
    return ExplainedRemoval(
        document_id=OWN,
        source_path="a.txt",
        layer=8,
        rule=rule,
        start=1204,
        removed_text=text,
        kept_document_id=KEEPER if kept else "",
        kept_paragraph=3 if kept else -1,
        similarity=0.9815 if kept else 0.0,
        kept_source_path=path if kept else "",
        kept_text=kept,
    )


def rejection(reason):
    return Rejection(
        schema_version="v1.0",
        document_id=OWN,
        source_path="a.txt",
        source_path_base64="",
        source_bytes=10,
        step="decoding",
        reason=reason,
        place="byte 12",
        found="0xff",
        advice="convert it",
        retryable=False,
    )


def shown(*removals, rejected=None, limit=0):
    console = Console(file=io.StringIO(), width=200, color_system=None)
    for line in explanation_lines(Explanation(OWN, "a.txt", rejected, removals), limit):
        console.print(line)
    return console.file.getvalue()


def test_rule_place_similarity_and_the_kept_copy_are_named():
    page = shown(removal())
    assert "shared_repeats.near at 1,204, similarity 0.98" in page
    assert "kept in b.txt, paragraph 3" in page
    assert "Removed: 1 passage" in page


def test_equal_copies_are_marked_nowhere():
    page = shown(removal(text=f"\n\n{KEPT}"))
    assert page.count(KEPT) == 2
    assert "[-" not in page
    assert "{+" not in page


def test_what_differs_is_marked_on_its_side():
    page = shown(removal(text=KEPT.replace("早晚", "旱晚")))
    assert "渡船每天[-旱-]晚各" in page
    assert "渡船每天{+早+}晚各" in page


def test_where_a_truncated_copy_goes_on_is_marked_in_the_kept_one():
    page = shown(removal(text=KEPT[:9]))
    assert f"{KEPT[:9]}{{+{KEPT[9:]}+}}" in page
    assert "[-" not in page


def test_furniture_has_no_copy():
    page = shown(removal(text="\n\n— 12 —\n", kept="", rule="furniture.page_number"))
    assert "furniture.page_number at 1,204: — 12 —" in page
    assert "kept in" not in page
    assert "similarity" not in page


def test_white_space_alone_is_still_shown():
    assert "at 1,204: ↵↵" in shown(removal(text="\n\n", kept=""))


@pytest.mark.parametrize("hostile", ["\x1b[31m", "\u202e", "\r"])
def test_nothing_drives_the_terminal(hostile):
    page = shown(removal(text=f"{hostile}[bold]:smile:", kept=f"{hostile}{KEPT}", path=hostile))
    assert hostile not in page
    assert "[bold]:smile:" in page


def test_what_is_over_the_limit_is_counted():
    page = shown(*[removal()] * 5, limit=2)
    assert page.count("similarity") == 2
    assert "3 more not shown" in page
    assert "more not shown" not in shown(*[removal()] * 5, limit=5)


def test_a_document_that_lost_nothing_says_so():
    assert "Nothing was removed." in shown()


def test_a_rejected_file_tells_step_reason_and_advice():
    page = shown(rejected=rejection(Reason.UNDECODABLE))
    assert "Rejected by decoding, undecodable at byte 12: 0xff" in page
    assert "Advice: convert it" in page
    assert "Removed" not in page
    assert "Nothing was removed" not in page


def test_a_copy_tells_where_its_text_stands():
    rest = removal(text="第三期", kept="", rule="shared_repeats.remainder")
    head = removal(text="— 1 —", kept="", rule="furniture.page_number")
    page = shown(head, rest, removal(), rejected=rejection(Reason.REPEATED))
    assert f"17 characters in b.txt ({KEEPER})" in page
    assert "3 characters nowhere else" in page
