"""A page is on the disk whole, with the place behind it, or not there at all."""

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.rest.pages import PageLog


def log_of_three(folder: Path) -> bytes:
    with PageLog(folder) as log:
        log.begin({"signature": "s"})
        for number in range(3):
            log.add(0, b'{"page": %d, "text": "a\\nb"}' % number, {"number": number + 1}, {"total": ""})
    return log.path.read_bytes()


def test_pages_come_back_as_they_were_kept(tmp_path: Path) -> None:
    """Byte for byte, with what comes behind each."""
    log_of_three(tmp_path)

    with PageLog(tmp_path) as log:
        found = [(page.body, page.following) for page in log.pages()]

    assert found == [(b'{"page": %d, "text": "a\\nb"}' % number, {"number": number + 1}) for number in range(3)]
    assert log.begun == {"signature": "s"}
    assert log.page_count == 3


def test_a_log_cut_at_any_byte_holds_only_whole_pages_and_goes_on(tmp_path: Path) -> None:
    """Wherever a kill hit, what is left is a beginning of what was kept, and the next page fits behind it."""
    whole = log_of_three(tmp_path / "whole")
    bodies = [b'{"page": %d, "text": "a\\nb"}' % number for number in range(3)]
    for end in range(len(whole)):
        folder = tmp_path / str(end)
        folder.mkdir()
        (folder / "pages.partial").write_bytes(whole[:end])
        with PageLog(folder) as log:
            count = log.page_count
            if log.begun is not None:
                log.add(0, b"{}", None, {})
                assert [page.body for page in log.pages()] == [*bodies[:count], b"{}"]


def test_a_page_with_a_wrong_byte_is_not_taken_for_whole(tmp_path: Path) -> None:
    """Its checksum tells; it is fetched again."""
    whole = bytearray(log_of_three(tmp_path))
    place = whole.index(b'{"page": 2') + 3
    whole[place] ^= 1
    (tmp_path / "pages.partial").write_bytes(whole)

    with PageLog(tmp_path) as log:
        assert log.page_count == 2


def test_a_new_pull_forgets_the_pages_of_another(tmp_path: Path) -> None:
    """What was begun otherwise is not gone on with."""
    log_of_three(tmp_path)
    with PageLog(tmp_path) as log:
        log.begin({"signature": "t"})

    with PageLog(tmp_path) as log:
        assert (log.page_count, log.begun) == (0, {"signature": "t"})


def test_pages_are_for_the_owner_only(tmp_path: Path) -> None:
    """They are a client's confidential data."""
    log_of_three(tmp_path / "new")

    assert (tmp_path / "new" / "pages.partial").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "crm").write_text("x")

    with pytest.raises(InputError, match="crm"):
        PageLog(tmp_path / "crm")


def test_a_page_is_the_systems_before_the_next_is_asked_for(tmp_path: Path) -> None:
    """Whoever ends this process loses none: another one reads each page as soon as it was kept, while the log is open."""
    with PageLog(tmp_path) as log:
        log.begin({"signature": "s"})
        for number in range(50):
            log.add(0, b"{}", {"number": number + 1}, {})
            with PageLog(tmp_path) as other:
                assert other.page_count == number + 1
                assert other.last is not None
                assert other.last.following == {"number": number + 1}
