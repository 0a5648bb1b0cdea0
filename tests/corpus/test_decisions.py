import numpy as np
import pytest

from flows.corpus.decisions import Decisions

NONE = ([], [], [], [])


def decisions(*rows):
    documents, paragraphs, keepers, kept = zip(*rows, strict=True) if rows else NONE
    numbers = [np.array(column, np.int64) for column in (documents, paragraphs, keepers, kept)]
    return Decisions(*numbers, np.ones(len(rows)), np.zeros(len(rows), np.int64), ("r.exact",))


def test_a_kept_copy_is_named_by_its_place_after_its_own_document_shrank():
    made = decisions((0, 1, 9, 0), (3, 0, 0, 4), (3, 2, 0, 0))
    assert [(one.keeper, one.keeper_paragraph) for one in made.of(3)] == [(0, 3), (0, 0)]
    assert made.published(3, 3) == (3, 1)


def test_a_copy_that_went_to_a_third_document_is_followed():
    made = decisions((0, 1, 9, 5), (3, 0, 0, 1))
    assert made.of(3)[0].keeper == 9
    assert made.published(3, 0) == (9, 5)


def test_nothing_is_decided_of_a_document_that_keeps_all():
    assert decisions().of(0) == []
    assert decisions().published(4, 2) == (4, 2)


def test_a_document_keeps_a_copy_only_where_that_copy_stays():
    made = decisions((0, 1, 9, 5), (3, 0, 0, 1), (3, 1, 4, 0))
    assert made.keeping() == {9, 4}
    assert decisions().keeping() == frozenset()


def test_copies_that_name_each_other_are_a_bug():
    with pytest.raises(ValueError, match="name each other"):
        decisions((0, 0, 1, 0), (1, 0, 0, 0)).published(0, 0)


def test_a_paragraph_is_shared_by_its_keeper_and_every_document_that_lost_it():
    made = decisions((3, 0, 0, 1), (4, 2, 0, 1), (5, 1, 2, 0))
    assert made.most_shared(9) == [(0, 1, 3), (2, 0, 2)]
    assert made.most_shared(1) == [(0, 1, 3)]
    assert decisions().most_shared(9) == []


def test_a_document_that_lost_a_paragraph_twice_holds_it_once():
    made = decisions((3, 0, 0, 1), (3, 1, 2, 0), (3, 5, 0, 1))
    assert made.most_shared(9) == [(0, 1, 2), (2, 0, 2)]


def test_of_equally_shared_paragraphs_the_first_comes_first():
    made = decisions((7, 0, 5, 0), (7, 1, 2, 8), (7, 2, 2, 3))
    assert made.most_shared(2) == [(2, 3, 2), (2, 8, 2)]
