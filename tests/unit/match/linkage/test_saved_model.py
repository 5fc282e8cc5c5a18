"""A model saved and read back: it is used only as long as its grades mean the same."""

import json
from typing import Any

import pyarrow as pa
import pytest

from toolkit.errors import InputError
from toolkit.match.linkage.drift import seen_in
from toolkit.match.linkage.saved_model import SavedModel, read_model, saved_model_json
from toolkit.match.parties import PARTY_KINDS, matched_parties

RECORDS = pa.table(
    {
        "record_key": [f"crm/c/{number}" for number in range(6)],
        "system": ["crm"] * 6,
        "name": ["Acme Ltd", "ACME Limited", "Brown Bros", "Corvin Foods", "Danley Optics", "Hollis Marine"],
        "phone": ["312 644 2671", "312-644-2671", "312 555 1111", None, "312 555 3333", "312 555 4444"],
    }
)


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    """Return a fitted model as it stands in its file."""
    found = matched_parties(RECORDS)
    seen = seen_in(RECORDS, PARTY_KINDS, found.clusters, found.pairs, found.pair_levels)
    content: dict[str, Any] = json.loads(json.dumps(saved_model_json(SavedModel(found.model, seen))))
    return content


def test_a_model_that_is_read_back_decides_the_same(written: dict[str, Any]) -> None:
    """To the last digit, without fitting anything."""
    first, second = matched_parties(RECORDS), matched_parties(RECORDS, model=read_model(written).model)

    assert second.pairs.equals(first.pairs)
    assert second.clusters.equals(first.clusters)


def test_a_model_says_what_it_was_fitted_on(written: dict[str, Any]) -> None:
    """Six records, two of them one; five telephone numbers."""
    seen = read_model(written).seen

    assert (seen.records, seen.repeated, seen.filled) == (6, 2, {"name": 6, "phone": 5})
    assert seen.levels["phone"] == {"same number": 1, "no value on one side": 0}


def test_a_model_of_other_grades_is_refused(written: dict[str, Any]) -> None:
    """Weights of grades that mean something else now would be wrong; the message offers a refit."""
    changed = {**written, "comparisons": {**written["comparisons"], "phone": "0123456789ab"}}

    with pytest.raises(InputError, match=r"'phone' is graded in another way now.*--refit"):
        read_model(changed)


def test_a_model_of_a_comparison_that_is_gone_is_refused(written: dict[str, Any]) -> None:
    """Nobody can grade that any more."""
    with pytest.raises(InputError, match=r"there is no comparison 'shoe size' any more.*--refit"):
        read_model({**written, "comparisons": {"shoe size": "0123456789ab"}})


@pytest.mark.parametrize("content", [{}, {"model": {}}, {"comparisons": {}, "model": {}}, {"comparisons": 3, "model": 4}])
def test_what_is_no_model_is_refused(content: dict[str, Any]) -> None:
    """A damaged file is named, not used."""
    with pytest.raises(InputError, match=r"[Ff]it"):
        read_model(content)


def test_a_file_that_does_not_say_what_it_was_fitted_on_is_refused(written: dict[str, Any]) -> None:
    """Without it nobody could tell whether it still fits."""
    with pytest.raises(InputError, match="does not say what it was fitted on"):
        read_model({**written, "seen": {"records": "many"}})
