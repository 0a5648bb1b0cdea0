import numpy as np

from flows.repeats import candidates
from flows.repeats.anchors import find_anchors
from flows.repeats.candidates import candidate_pairs
from flows.repeats.keys import comparison_keys

LINES = [
    f"{place}的{people}{deed}，{reason}。"
    for place in ("河西粮站", "北岸码头", "老城南门", "山脚磨坊")
    for people in ("看门人", "账房先生", "摆渡人")
    for deed in ("把灯芯剪短了一截", "在墙根下晒了三天鱼网")
    for reason in ("因为夜里的风一直没有停", "等着头班船把信捎过来")
]
ALL = np.ones(len(LINES), np.bool_)
LENGTHS = comparison_keys(LINES).lengths


def found():
    return find_anchors(comparison_keys(LINES), ALL, ALL)


def test_slices_of_the_hash_space_change_no_pair(monkeypatch):
    whole = candidate_pairs(found(), ALL, LENGTHS)
    monkeypatch.setattr(candidates, "_SLICE", 8)
    assert np.array_equal(candidate_pairs(found(), ALL, LENGTHS), whole)
    assert len(whole)


def test_only_chosen_paragraphs_meet():
    chosen = np.arange(len(LINES)) % 3 > 0
    pairs = candidate_pairs(found(), chosen, LENGTHS)
    assert len(pairs)
    assert chosen[pairs].all()


def test_paragraphs_of_two_documents_do_not_meet_inside_one():
    documents = np.arange(len(LINES)) // 5
    pairs = candidate_pairs(found(), ALL, LENGTHS, documents)
    assert len(pairs)
    assert (documents[pairs[:, 0]] == documents[pairs[:, 1]]).all()


def test_thousands_of_cut_copies_of_one_notice_all_meet_the_full_one_in_their_midst():
    notice = "".join(chr(0x4E00 + 7 * place) for place in range(300))
    cut = [notice[: 120 + place % 150] for place in range(3000)]
    keys = comparison_keys([*cut[:1500], notice, *cut[1500:]])
    everyone = np.ones(len(cut) + 1, np.bool_)
    pairs = candidate_pairs(find_anchors(keys, everyone, everyone), everyone, keys.lengths)
    met = np.unique(pairs[(pairs == 1500).any(axis=1)])
    assert len(met) == len(cut) + 1
    assert len(pairs) < 200 * len(cut)


def test_copies_meet_where_each_of_their_phrases_stands_in_a_hundred_paragraphs():
    phrases = ["".join(chr(0x4E00 + 40 * one + each) for each in range(18)) for one in range(60)]
    pick = np.random.default_rng(3)
    texts = ["".join(phrases[one] for one in pick.permutation(60)[:6]) for _ in range(1000)]
    copies = [text[:80] + "岚" + text[81:] for text in texts[:200]]
    keys = comparison_keys([*texts, *copies])
    everyone = np.ones(len(keys.lengths), np.bool_)
    pairs = candidate_pairs(find_anchors(keys, everyone, everyone), everyone, keys.lengths)
    met = {(one, other) for one, other in pairs.tolist()}
    missed = [copy for copy in range(200) if (copy, 1000 + copy) not in met]
    assert len(missed) <= 2
    assert len(pairs) < 40 * len(everyone)
