import pytest

from flows.corpus.staging import find_staged
from flows.errors import StorageError

KEY = "0" * 64


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff"])
def test_an_account_that_is_missing_or_damaged_is_no_account(tmp_path, content):
    if content is not None:
        (tmp_path / f"batch-{KEY[:32]}").mkdir()
        (tmp_path / f"batch-{KEY[:32]}" / "account.json").write_bytes(content)
    assert find_staged(tmp_path, KEY) is None


def test_an_account_that_cannot_be_read_is_one_clear_error(tmp_path):
    (tmp_path / f"batch-{KEY[:32]}" / "account.json").mkdir(parents=True)
    with pytest.raises(StorageError, match="cannot read"):
        find_staged(tmp_path, KEY)
