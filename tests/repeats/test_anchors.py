import numpy as np

from flows.repeats import anchors
from flows.repeats.anchors import candidate_pairs, find_anchors
from flows.repeats.keys import comparison_keys

LINES = [
    f"{place}的{people}{deed}，{reason}。"
    for place in ("河西粮站", "北岸码头", "老城南门", "山脚磨坊")
    for people in ("看门人", "账房先生", "摆渡人")
    for deed in ("把灯芯剪短了一截", "在墙根下晒了三天鱼网")
    for reason in ("因为夜里的风一直没有停", "等着头班船把信捎过来")
]
ALL = np.ones(len(LINES), np.bool_)


def found():
    return find_anchors(comparison_keys(LINES), ALL, ALL)


def test_slices_of_the_hash_space_change_no_pair(monkeypatch):
    whole = candidate_pairs(found(), ALL)
    monkeypatch.setattr(anchors, "_SLICE", 8)
    assert np.array_equal(candidate_pairs(found(), ALL), whole)
    assert len(whole)


def test_only_chosen_paragraphs_meet():
    chosen = np.arange(len(LINES)) % 3 > 0
    pairs = candidate_pairs(found(), chosen)
    assert len(pairs)
    assert chosen[pairs].all()


def test_paragraphs_of_two_documents_do_not_meet_inside_one():
    documents = np.arange(len(LINES)) // 5
    pairs = candidate_pairs(found(), ALL, documents)
    assert len(pairs)
    assert (documents[pairs[:, 0]] == documents[pairs[:, 1]]).all()
