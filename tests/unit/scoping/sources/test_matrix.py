"""Who is master of which group of fields."""

import pytest

from toolkit.errors import InputError
from toolkit.scoping.sources.consistency import Compared, consistency
from toolkit.scoping.sources.matrix import Cell, Kept, Said, master_cells

CATEGORIES = {"hub": "crm", "books": "ledger", "board": "projects", "desk": "support", "bi": "reporting"}


def cells(kept: list[tuple[str, str, str]], said: Said | None = None) -> dict[tuple[str, str, str], Cell]:
    rows = [Kept(entity, column, system, 10) for entity, column, system in kept]
    found = master_cells(rows, CATEGORIES, said or Said({}, {}))
    return {(one.entity, one.field_group, one.system): one for one in found}


def test_the_usual_masters_are_proposed() -> None:
    """The CRM for contact data, the ledger for money and payment, the project tracker for the status of projects."""
    found = cells(
        [
            ("party", "email", "hub"),
            ("party", "email", "books"),
            ("invoice", "amount_minor", "books"),
            ("invoice", "amount_minor", "hub"),
            ("invoice", "paid_minor", "books"),
            ("invoice", "paid_minor", "hub"),
            ("project", "status", "board"),
            ("project", "status", "hub"),
        ]
    )

    proposed = {(entity, group): system for (entity, group, system), one in found.items() if one.is_proposed}
    assert proposed == {
        ("party", "contact"): "hub", ("invoice", "amounts"): "books", ("invoice", "payment"): "books",
        ("project", "status"): "board",
    }  # fmt: skip
    assert {one.role for one in found.values()} == {"open"}


def test_a_group_that_nobody_decides_is_open_and_one_with_a_master_is_not() -> None:
    """What the client said goes before every proposal; the other system is a copy."""
    found = cells([("party", "email", "hub"), ("party", "email", "books")], Said({"party": {"default": "books"}}, {}))

    assert {system: one.role for (_, _, system), one in found.items()} == {"hub": "copy", "books": "master"}
    assert not any(one.is_open or one.is_proposed for one in found.values())


def test_each_row_has_exactly_one_master() -> None:
    """Fields of one group that two systems decide are two rows."""
    kept = [("party", column, system) for column in ("email", "phone") for system in ("hub", "books")]

    found = cells(kept, Said({"party": {"default": "hub", "phone": "books"}}, {}))

    masters = {group: system for (_, group, system), one in found.items() if one.role == "master"}
    assert masters == {"contact (email)": "hub", "contact (phone)": "books"}
    assert len(found) == 4


def test_the_only_system_that_keeps_something_is_its_master() -> None:
    """Nobody has to be asked."""
    assert cells([("ticket", "status", "desk")])["ticket", "status", "desk"].role == "master"


def test_a_derived_view_is_a_reader_and_nothing_is_written_to_it() -> None:
    """Reporting that shows the same fields leaves the master as it is, and is never one."""
    kept = [("party", "email", "hub"), ("party", "email", "bi")]

    found = cells(kept, Said({}, {}, readers=("bi",)))

    assert {system: one.role for (_, _, system), one in found.items()} == {"hub": "master", "bi": "reader"}
    with pytest.raises(InputError, match="A derived view decides nothing"):
        cells(kept, Said({"party": {"default": "bi"}}, {}, readers=("bi",)))


def test_every_copy_says_what_becomes_of_a_change_made_there() -> None:
    """Where it was agreed on; where not, it is not made up."""
    kept = [("party", "email", "hub"), ("party", "email", "books"), ("party", "tax_id", "hub"), ("party", "tax_id", "books")]
    said = Said({"party": {"default": "hub"}}, {"party": {"email": "reject"}})

    found = cells(kept, said)

    assert found["party", "contact", "books"].policy == "reject"
    assert found["party", "tax", "books"].policy is None


def test_consistency_is_the_share_that_is_as_the_master_has_it() -> None:
    """176 of 200 are 88.0 %; what the master does not have does not count."""
    found = consistency([Compared("email", "crm", "ledger", 120, 100, 20), Compared("name", "crm", "shop", 100, 76)])

    assert found[-1].share.share == pytest.approx(0.88)
    assert [one.share.n for one in found[:2]] == [100, 100]


def test_nothing_compared_has_no_consistency() -> None:
    """Unknown, not 0 and not 100 %."""
    assert consistency([])[-1].share.share is None
