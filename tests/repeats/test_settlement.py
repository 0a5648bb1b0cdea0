from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.repeats.prints import PrintTable, paragraph_prints
from flows.repeats.refusals import Refusals
from flows.repeats.settlement import EXACT, NEAR, TRUNCATED, settle
from schemas.settings import SharedRepeatSettings

SETTINGS = SharedRepeatSettings()
FERRY = "三号渡船今晨在浅滩搁浅，船上乘客已由小艇分批接回北岸，无人受伤，航线暂停至潮水回涨。"
MISREAD = FERRY.replace("搁浅", "搁洩")
CUT = FERRY[:27]
OTHER = FERRY.replace("三号", "五号")
QUOTED = "修堤的人走了，堤还在；种树的人走了，树还在，后来的人从堤上过，在树下歇脚，都要念一声好。"
QUOTING = "碑的背面另有一行小字，是石匠自己添的。" + QUOTED + "落款只有一个刘字。"
SHORT = "本议案尚需提交年度股东大会审议批准后施行。"
VOTE = "| 东坝水厂 | 日供水量 | 三万吨 | 正常 | 无异常记录 | 已巡检 | 值班员签字齐全 | 无须复查 |"
DOCUMENTS = st.lists(
    st.lists(
        st.sampled_from([FERRY, MISREAD, CUT, OTHER, QUOTED, QUOTING, SHORT, VOTE, "雨停了。"]),
        max_size=4,
    ).map("\n\n".join),
    max_size=7,
)


def rows(made):
    return [
        (document, paragraph, kept_document, kept, made.rule_names[rule])
        for document, paragraph, kept_document, kept, rule in zip(
            made.documents.tolist(),
            made.paragraphs.tolist(),
            made.kept_documents.tolist(),
            made.kept_paragraphs.tolist(),
            made.rules.tolist(),
            strict=True,
        )
    ]


def settled(*texts, settings=SETTINGS):
    return rows(settle([paragraph_prints(texts, settings)], settings))


def test_the_first_of_equal_copies_stays():
    assert settled(SHORT, FERRY, f"{QUOTED}\n\n{FERRY}", FERRY) == [
        (2, 1, 1, 0, EXACT),
        (3, 0, 1, 0, EXACT),
    ]


def test_the_fullest_copy_stays_where_one_is_cut():
    assert settled(CUT, FERRY) == [(0, 0, 1, 0, TRUNCATED)]


def test_an_exact_copy_of_a_cut_one_names_the_full_one():
    assert settled(CUT, CUT, FERRY) == [(0, 0, 2, 0, TRUNCATED), (1, 0, 2, 0, TRUNCATED)]


def test_the_first_of_near_copies_stays():
    assert settled(MISREAD, FERRY) == [(1, 0, 0, 0, NEAR)]


@pytest.mark.parametrize(
    "texts",
    [(FERRY, OTHER), (QUOTED, QUOTING), (SHORT, SHORT), (VOTE, VOTE), ("", "")],
    ids=["another number", "a quotation", "a short formula", "a table row", "nothing"],
)
def test_what_two_documents_may_share_stays(texts):
    assert settled(*texts) == []


def test_copies_inside_one_document_are_not_decided_here():
    assert settled(f"{FERRY}\n\n{FERRY}", QUOTED) == []


def test_exact_copies_alone_can_be_asked_for():
    exact = SharedRepeatSettings(near=False, truncated=False)
    assert settled(FERRY, MISREAD, CUT, FERRY, settings=exact) == [(3, 0, 0, 0, EXACT)]


def test_no_documents_give_no_decisions():
    assert rows(settle([], SETTINGS)) == []


@given(texts=DOCUMENTS, cuts=st.sets(st.integers(0, 7)))
def test_how_documents_are_cut_into_tables_changes_nothing(texts, cuts):
    edges = sorted({0, len(texts), *(cut for cut in cuts if cut < len(texts))})
    tables = [paragraph_prints(texts[start:end], SETTINGS) for start, end in pairwise(edges)]
    assert rows(settle(tables, SETTINGS)) == settled(*texts)


@given(texts=DOCUMENTS)
def test_a_kept_paragraph_is_never_removed(texts):
    made = settled(*texts)
    removed = {row[:2] for row in made}
    assert len(removed) == len(made)
    assert made == sorted(made)
    assert not removed & {row[2:4] for row in made}


@given(texts=DOCUMENTS)
def test_a_table_is_the_same_after_its_columns_were_stored(texts):
    table = paragraph_prints(texts, SETTINGS)
    again = PrintTable.of(table.columns())
    assert all(
        np.array_equal(column, again.columns()[name]) and column.dtype != np.object_
        for name, column in table.columns().items()
    )


def test_tables_may_be_loaded_as_they_are_reached():
    class Loaded:
        def __iter__(self):
            return (paragraph_prints([text], SETTINGS) for text in (CUT, MISREAD, FERRY))

    assert rows(settle(Loaded(), SETTINGS)) == settled(CUT, MISREAD, FERRY)


@given(texts=DOCUMENTS, order=st.randoms(), parts=st.sampled_from([2, 6]))
def test_a_corpus_that_grew_shrank_and_moved_is_settled_as_from_scratch(texts, order, parts):
    known = None
    for part in range(parts):
        some = order.sample(texts, len(texts) * (part + 1) // parts)
        refusals = Refusals(known)
        made = rows(settle([paragraph_prints(some, SETTINGS)], SETTINGS, refusals))
        known = refusals.of_this_run()
        assert made == settled(*some)


def test_what_was_refused_is_not_compared_again(monkeypatch):
    table = paragraph_prints([QUOTED, QUOTING, FERRY, OTHER], SETTINGS)
    refusals = Refusals()
    settle([table], SETTINGS, refusals)
    assert len(refusals.of_this_run())
    monkeypatch.setattr("flows.repeats.settlement.verify", None)
    again = Refusals(refusals.of_this_run())
    only_refused = paragraph_prints([OTHER, FERRY], SETTINGS)
    assert rows(settle([only_refused], SETTINGS, again)) == []
