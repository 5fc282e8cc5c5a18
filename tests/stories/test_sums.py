"""Sums in tables equal the text and each other, in the sample client and in invented ones."""

from pathlib import Path

import pytest

from benchmarks.clients.sums import audited_twice, sum_differences
from toolkit.audit.audited_folder import Audit


def test_the_sums_of_the_sample_client_agree(harbor_pine: Audit) -> None:
    """Rows, records, duplicates, findings, items and money: what stands in two places is one number."""
    assert sum_differences(harbor_pine.engagement) == []


@pytest.mark.parametrize("number", [0, 3])
def test_the_sums_of_invented_clients_agree(number: int, tmp_path: Path) -> None:
    """Also where a file was sent twice, and where one was not sent again."""
    assert audited_twice(7, number, tmp_path / "client") == []
