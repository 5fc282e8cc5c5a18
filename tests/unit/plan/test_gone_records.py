"""What is gone in one system is archived in the other only by rule, on that system's word, and never in bulk."""

from datetime import UTC, datetime

import pytest

from tests.sync_records import document, one_change, party, plus_rows, reasons, snapshot, tables, walk, with_rows
from toolkit.changes import LeftOut, Operation
from toolkit.changes.operation import field_hash
from toolkit.plan import gone_records as gone
from toolkit.plan.gone_records import gone_records
from toolkit.plan.planned import Planned
from toolkit.plan.sync_rules import PairRule, SyncRules
from toolkit.plan.sync_tables import SyncTables

ARCHIVE = SyncRules(pairs=(PairRule("crm", "ledger", {"phone": "manual"}, deletes="archive"),))
KEEP = SyncRules(pairs=(PairRule("crm", "ledger", {"phone": "manual"}),))


def known(gone_count: int = 1, pair_count: int = 30, state: str | None = "deleted", **ledger: object) -> SyncTables:
    """Return parties that both systems were kept alike in, of which some are gone in the CRM."""
    parties, walks, base = [], [], []
    for number in range(pair_count):
        crm, own = f"crm/companies/{number:03}", f"ledger/customers/{number:03}"
        is_gone = number < gone_count
        if not is_gone or state is not None:
            parties.append(party(crm, f"P{number}", phone="1", state=state if is_gone else "active"))
        parties.append(party(own, f"P{number}", phone="1") | (ledger if is_gone else {}))
        walks += [walk(crm, f"g{number}"), walk(own, f"g{number}")]
        base.append({"key_l": crm, "key_r": own, "column": "phone", "value_l": "1", "value_r": "1"})
    return tables(parties=parties, crosswalk=walks, base=base)


def planned(found: SyncTables, rules: SyncRules = ARCHIVE, system: str = "ledger") -> Planned:
    """Return what becomes of a system's records."""
    results = list(gone_records(system, found, rules))
    left_out = tuple(one for one in results if isinstance(one, LeftOut))
    return Planned(tuple(one for one in results if isinstance(one, Operation)), left_out)


@pytest.mark.parametrize("state", ["deleted", "archived"])
def test_what_its_system_says_was_deleted_is_archived_where_the_rule_says_so(state: str) -> None:
    """Not deleted: an archived record comes back."""
    made = one_change(planned(known(state=state)))

    assert (made.action, made.stream, made.target_id, made.reversibility) == ("archive", "customers", "000", "R0")
    assert (made.before, made.after) == ({"state": "active"}, {"state": "archived"})
    assert (made.precondition, made.evidence.from_key) == (field_hash({"state": "active"}), "crm/companies/000")


def test_a_record_that_says_when_it_changed_is_archived_on_that_condition() -> None:
    """A change between plan and archive is noticed."""
    made = one_change(planned(known(updated_at=datetime(2026, 10, 1, tzinfo=UTC))))

    assert made.precondition is not None
    assert (made.precondition.kind, made.precondition.value) == ("updated_at", "2026-10-01T00:00:00Z")


def test_by_default_it_is_kept_and_said() -> None:
    """With both records."""
    assert planned(known(), KEEP).left_out == (LeftOut(gone.GONE, ("ledger/customers/000", "crm/companies/000"), gone.KEPT),)


def test_deleted_against_edited_goes_to_a_person() -> None:
    """Whatever the rule says."""
    assert reasons(planned(known(phone="2"))) == [gone.EDITED_SINCE] == reasons(planned(known(phone=None)))


@pytest.mark.parametrize("state", ["absent", None])
def test_f31_what_a_list_no_longer_holds_was_not_deleted(state: str | None) -> None:
    """An empty or shorter list takes nothing away."""
    for count in (1, 30):
        found = planned(known(count, state=state))

        assert found.operations == ()
        assert reasons(found) == [gone.ABSENT] * count


def test_f32_many_that_are_gone_at_once_are_withheld() -> None:
    """More than ten, and more than a tenth of the pairs."""
    assert len(planned(known(10, 30)).operations) == 10
    assert reasons(planned(known(11, 30))) == [gone.SHRUNKEN] * 11
    assert len(planned(known(11, 110)).operations) == 11
    assert planned(known(11, 109)).operations == ()


def test_f32_a_list_that_could_not_be_read_in_full_takes_nothing_away() -> None:
    """Whatever it says."""
    cut = with_rows(known(), snapshots=[snapshot("crm", "companies", is_complete=False)])

    assert reasons(planned(cut)) == [gone.SHRUNKEN]


def test_a_merged_record_is_not_gone() -> None:
    """Its survivor stands for it."""
    rows = known().parties.to_pylist()

    assert reasons(planned(with_rows(known(), parties=[rows[0] | {"merged_into": "crm/companies/1"}, *rows[1:]]))) == [
        gone.MERGED
    ]


def test_what_others_refer_to_stays() -> None:
    """An invoice, or a contact; those that are deleted, or of other systems, refer to nothing here."""
    invoice = document("ledger/invoices/1", "invoice", party_key="ledger/customers/000")
    contact = party("ledger/contacts/1", "Ann", parent_key="ledger/customers/000")

    assert reasons(planned(plus_rows(known(), documents=[invoice]))) == [gone.REFERRED]
    assert reasons(planned(plus_rows(known(), parties=[contact]))) == [gone.REFERRED]
    assert len(planned(plus_rows(known(), documents=[invoice | {"state": "deleted"}])).operations) == 1
    assert len(planned(plus_rows(known(), documents=[invoice | {"system": "crm"}])).operations) == 1


def test_one_way_archives_only_in_the_system_that_follows() -> None:
    """And documents have rules of their own."""
    one_way = SyncRules(pairs=(PairRule("ledger", "crm", {"phone": "manual"}, is_one_way=True, deletes="archive"),))
    documents = SyncRules(pairs=(PairRule("crm", "ledger", {"due_on": "manual"}, handoff_id="x", deletes="archive"),))

    assert planned(known(), one_way) == Planned() == planned(known(), documents)
    assert planned(known(), ARCHIVE, "crm") == Planned() == planned(known(), ARCHIVE, "shop")


def test_what_was_never_kept_alike_is_no_matter() -> None:
    """Nothing is archived without a base, nor what is no party."""
    assert planned(with_rows(known(), base=[])) == Planned()
    due = {"key_l": "crm/deals/1", "key_r": "ledger/invoices/1", "column": "due_on", "value_l": None, "value_r": None}
    assert planned(with_rows(known(), base=[due])) == Planned()
