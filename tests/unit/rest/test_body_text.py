"""Letters of a name arrive as they were written, whatever the answer was written in."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.asked_systems import asked_system, pulled, reading
from tests.fault_server import Given
from toolkit.connector import OnePage
from toolkit.rest.pulling import PulledStream

LISTS = [reading(paging=OnePage(), total="")]
TEXT = json.dumps({"results": [{"id": 1, "name": "Müller"}]}, ensure_ascii=False)


def taken(folder: Path, body: bytes, kind: str) -> tuple[PulledStream, list[Any]]:
    with asked_system(lambda _: Given(body, kind=kind), LISTS) as (_, client):
        found, records = pulled(client, folder, LISTS)
    return found, [one["name"] for one in records]


@pytest.mark.parametrize(
    ("charset", "written_in"),
    [
        ("; charset=iso-8859-1", "iso-8859-1"),
        ('; profile=x; charset="Windows-1252"', "cp1252"),
        ("; charset=utf-16", "utf-16"),
        ("; charset=klingon", "utf-8"),
        ("; charset=zlib", "utf-8"),
        ("", "utf-8-sig"),
        ("; charset=utf-8", "utf-8-sig"),
    ],
)
def test_a_name_is_read_in_the_charset_that_the_answer_declares(charset: str, written_in: str, tmp_path: Path) -> None:
    """A charset that nobody knows counts as none; a mark before the text is no fault."""
    found, names = taken(tmp_path, TEXT.encode(written_in), f"application/json{charset}")

    assert names == ["Müller"]
    assert (found.is_complete, found.notes) == (True, ())


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=ascii"])
def test_bytes_that_are_no_text_make_a_list_incomplete(charset: str, tmp_path: Path) -> None:
    """Which letter stood there, nobody knows: the record is kept, and its list is not called complete."""
    found, names = taken(tmp_path, TEXT.encode("iso-8859-1"), f"application/json{charset}")

    assert len(names) == 1
    assert found.reasons == ("crm/people: page 1 held bytes that are no text; they were replaced.",)


@pytest.mark.parametrize("kind", ["application/xml", "application/json", "text/xml; charset=utf-8"])
def test_xml_in_the_place_of_json_is_called_xml(kind: str, tmp_path: Path) -> None:
    """It did not break off, and asking again would not help."""
    found, _ = taken(tmp_path, b'<?xml version="1.0"?>\n<people><person id="1"/></people>', kind)

    assert "answered with XML instead of JSON" in found.reasons[0]
    assert not found.is_resumable


@pytest.mark.parametrize("status", [200, 204])
def test_an_empty_answer_is_called_empty(status: int, tmp_path: Path) -> None:
    """There is no list to look for, so nobody is told to mend 'records'."""
    with asked_system(lambda _: Given(b"", status), LISTS) as (_, client):
        found, _ = pulled(client, tmp_path, LISTS)

    assert f"answered with nothing at all (code {status})" in found.reasons[0]
    assert "Mend 'records'" not in found.reasons[0]
