"""What many documents share is counted, the same whatever the batches are."""

import pytest

from flows.corpus.boilerplate import MOST, OPENING_CHARS
from flows.corpus.names import document_id
from schemas.settings import InputSettings, Settings, SharedRepeatSettings
from tests.corpus.conftest import NOTICE

PLACES = "东桥南渡西塘北闸上河下街前村后堰"
OPENING_HOURS = (
    "阅览室每逢周三、周六晚上开放，借书不收押金，登记姓名和住址就可以，每人每次最多借三本。"
    "逾期不还的，下一次只能借一本，书里夹的东西请自己先取走。"
)
MOVED = (
    "阅览室从下月起搬到粮站楼上，旧书由各家自愿带过去，带不动的写个条子，派人上门去取，"
    "搬家那几天停止借阅，还书的日子往后顺延，不算逾期。"
)


@pytest.fixture
def letters(tmp_path, write):
    """Write eight letters: the first five with the notice, the last two with the opening hours."""
    for number in range(8):
        own = f"{PLACES[2 * number : 2 * number + 2]}的来信收到了，这里一切都好。"
        notice = f"{NOTICE}\n\n" if number < 5 else f"{OPENING_HOURS}\n\n" * (number > 5)
        write(tmp_path / "raw", f"{number}.txt", f"第{number + 1}封信\n\n{notice}{own}")
    return tmp_path / "raw"


def shared_by(run, raw, clean, **settings):
    publication = run(raw, clean, Settings(**settings))
    return publication.shared_paragraphs


def test_the_paragraph_that_most_documents_hold_comes_first(letters, tmp_path, run):
    first, second = shared_by(run, letters, tmp_path / "clean")
    assert (first.documents, first.opening) == (5, NOTICE)
    assert (second.documents, second.opening) == (2, OPENING_HOURS)
    assert (second.kept_document_id, second.kept_source_path) == (document_id(b"6.txt"), "6.txt")


def test_its_number_is_that_of_the_published_text(letters, tmp_path, write, run):
    write(letters, "5.txt", f"第六封信\n\n{MOVED}\n\n雨下了三天，路还是湿的。")
    write(letters, "6.txt", f"{MOVED}\n\n第七封信\n\n{OPENING_HOURS}\n\n风停了，船可以走了。")
    shared = shared_by(run, letters, tmp_path / "clean")
    assert [(one.kept_source_path, one.kept_paragraph) for one in shared[1:]] == [
        ("5.txt", 1),
        ("6.txt", 1),
    ]


@pytest.mark.parametrize("batch_bytes", [4096, 1 << 20])
def test_batches_change_nothing(letters, tmp_path, run, batch_bytes):
    for number in range(8):
        path = letters / f"{number}.txt"
        path.write_text(f"{path.read_text('utf-8')}\n\n{PLACES[number] * 900}", "utf-8")
    settings = InputSettings(batch_bytes=batch_bytes)
    shared = shared_by(run, letters, tmp_path / "clean", input=settings)
    assert [one.documents for one in shared] == [5, 2]


def test_a_copy_of_others_counts_as_one_that_holds_it(letters, tmp_path, write, run):
    write(letters, "9.txt", NOTICE)
    assert shared_by(run, letters, tmp_path / "clean")[0].documents == 6


def test_a_long_paragraph_is_cut_and_the_list_is_short(tmp_path, write, run):
    paragraphs = [f"{chr(0x4E00 + 97 * number)}{NOTICE}{PLACES}" * 2 for number in range(MOST + 3)]
    for name in "ab":
        body = "\n\n".join(paragraphs)
        write(tmp_path / "raw", name, f"{body}\n\n{name * 300}")
    shared = shared_by(run, tmp_path / "raw", tmp_path / "clean")
    assert len(shared) <= MOST
    assert {len(one.opening) for one in shared} == {OPENING_CHARS}


@pytest.mark.parametrize(
    "settings",
    [
        {"shared_repeats": SharedRepeatSettings(enabled=False)},
        {"shared_repeats": SharedRepeatSettings(protect=("阅览室",))},
    ],
)
def test_what_is_not_compared_is_not_counted(letters, tmp_path, run, settings):
    assert shared_by(run, letters, tmp_path / "clean", **settings) == ()


def test_documents_that_share_nothing_have_nothing_listed(tmp_path, write, run):
    write(tmp_path / "raw", "1.txt", NOTICE)
    write(tmp_path / "raw", "2.txt", OPENING_HOURS)
    assert shared_by(run, tmp_path / "raw", tmp_path / "clean") == ()
