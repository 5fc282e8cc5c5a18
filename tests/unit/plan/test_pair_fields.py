"""Fields that two systems keep alike: who changed one since both were alike is carried across, conflicts go to a person."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.sync_records import counterpart, document, finding, mismatch, party, plus_rows, reasons, tables, walk, with_rows
from toolkit.changes import LeftOut
from toolkit.plan import pair_fields as pairs
from toolkit.plan.matched_records import events_of
from toolkit.plan.pair_fields import pair_fields
from toolkit.plan.party_differences import PARTS
from toolkit.plan.statuses import UNSURE_LINK
from toolkit.plan.sync_rules import Conflict, PairRule, SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.plan.target_parties import DUPLICATED, UNSURE
from toolkit.plan.updates import FAULTY, FIELD, Update

CRM, LEDGER = "crm/companies/7", "ledger/customers/12"


def rule(conflict: Conflict = "manual", **values: object) -> SyncRules:
    """Return the rule that keeps telephone numbers of the CRM and the ledger alike."""
    return SyncRules(pairs=(PairRule("crm", "ledger", {"phone": conflict}, **values),))


def known(
    crm: str | None, ledger: str | None, base: tuple[str | None, str | None] | None = ("1", "1"), **facts: object
) -> SyncTables:
    """Return one party in both systems with these telephone numbers now, and at the last sync."""
    row = {"key_l": CRM, "key_r": LEDGER, "column": "phone", "value_l": base[0], "value_r": base[1]} if base else None
    return tables(
        parties=[party(CRM, "Acme", phone=crm), party(LEDGER, "Acme", phone=ledger)],
        crosswalk=[walk(CRM, "g"), walk(LEDGER, "g")],
        mismatches=[mismatch("phone", CRM, LEDGER, crm, ledger, **facts)] if crm != ledger else [],
        base=[row] if row else [],
    )


def planned(found: SyncTables, rules: SyncRules, system: str = "ledger") -> list[Update | LeftOut]:
    """Return what becomes of a system's fields."""
    return list(pair_fields(system, found, rules))


def becomes(found: SyncTables, rules: SyncRules, system: str = "ledger") -> str | None:
    """Return the telephone number that a system's record takes over, or why it waits; null: it stays."""
    results = planned(found, rules, system)
    assert len(results) <= 1
    return next((one.reason if isinstance(one, LeftOut) else str(one.after["phone"]) for one in results), None)


def test_a_change_of_one_side_is_carried_to_the_other_and_back() -> None:
    """Each plan changes one system."""
    left, right = known("2", "1"), known("1", "2")

    assert (becomes(left, rule()), becomes(left, rule(), "crm")) == ("2", None)
    assert (becomes(right, rule()), becomes(right, rule(), "crm")) == (None, "2")
    assert planned(left, rule()) == [
        Update(LEDGER, {"phone": "1"}, {"phone": "2"},
               "crm and ledger keep this field alike; only the other side changed it", CRM, "g", 1.0),
    ]  # fmt: skip


def test_what_is_alike_stays() -> None:
    """Also where both sides changed it to the same."""
    assert becomes(known("1", "1"), rule()) is None is becomes(known("2", "2"), rule())


def test_f44_a_field_that_both_sides_changed_goes_to_a_person() -> None:
    """By default nobody's value is lost; both records are named."""
    both = known("2", "3")

    assert planned(both, rule()) == [LeftOut(FIELD, (LEDGER, CRM), pairs.BOTH_CHANGED)]
    assert planned(both, rule(), "crm") == [LeftOut(FIELD, (CRM, LEDGER), pairs.BOTH_CHANGED)]


@pytest.mark.parametrize(("changed_last", "ledger", "crm"), [("l", "2", None), ("r", None, "3")])
def test_f44_the_newer_record_holds_where_the_rule_says_so(changed_last: str, ledger: str | None, crm: str | None) -> None:
    """The value that loses stands in the plan as what was there before."""
    both = known("2", "3", changed_last=changed_last)

    assert (becomes(both, rule("newest")), becomes(both, rule("newest"), "crm")) == (ledger, crm)


def test_f44_no_record_is_newer_where_the_times_are_unknown() -> None:
    """Then a person decides."""
    assert becomes(known("2", "3"), rule("newest")) == pairs.BOTH_CHANGED


@pytest.mark.parametrize(
    ("truth", "ledger", "crm"),
    [
        ({"phone": "crm"}, "2", None),
        ({"default": "ledger"}, None, "3"),
        ({"phone": "ledger", "default": "crm"}, None, "3"),
        ({"phone": "shop"}, pairs.BOTH_CHANGED, pairs.BOTH_CHANGED),
        ({}, pairs.BOTH_CHANGED, pairs.BOTH_CHANGED),
    ],
)
def test_f44_the_deciding_system_holds_where_the_rule_says_so(
    truth: dict[str, str], ledger: str | None, crm: str | None
) -> None:
    """A third system decides nothing between the two."""
    both = known("2", "3")

    assert becomes(both, rule("source_of_truth", truth=truth)) == ledger
    assert becomes(both, rule("source_of_truth", truth=truth), "crm") == crm


@pytest.mark.parametrize(
    ("word", "ledger", "crm"),
    [("left", "2", None), ("right", None, "3"), ("neither", pairs.BOTH_CHANGED, pairs.BOTH_CHANGED)],
)
def test_f44_a_persons_word_stands_above_the_rule(word: str, ledger: str | None, crm: str | None) -> None:
    """Whichever record is newer."""
    both = known("2", "3", decision=word, changed_last="r" if word == "left" else "l")

    assert (becomes(both, rule("newest")), becomes(both, rule("newest"), "crm")) == (ledger, crm)


def test_without_a_base_nobody_knows_who_changed_what() -> None:
    """The rule for conflicts holds; what one side lacks is filled, since it contradicts nobody."""
    differ, lacks, has = known("2", "3", None), known("2", None, None), known(None, "3", None)

    assert becomes(differ, rule()) == pairs.NO_BASE
    assert becomes(differ, rule("source_of_truth", truth={"phone": "crm"})) == "2"
    assert (becomes(lacks, rule()), becomes(lacks, rule(), "crm")) == ("2", None)
    assert (becomes(has, rule()), becomes(has, rule(), "crm")) == (None, "3")


def test_f43_our_own_write_coming_back_is_nobodys_change() -> None:
    """The base holds what was written, so a difference that was there then is no change of anybody."""
    echo = known("2", "1", ("2", "1"))

    assert becomes(echo, rule()) is None is becomes(echo, rule(), "crm")


def test_the_base_is_read_from_either_side() -> None:
    """Keys stand in order in it, whichever system is changed."""
    row = {"key_l": "crm/companies/7", "key_r": "ledger/customers/12", "column": "phone", "value_l": "5", "value_r": "6"}
    found = with_rows(known("7", "6"), base=[row])

    assert (becomes(found, rule()), becomes(found, rule(), "crm")) == ("7", None)


def test_an_emptied_field_overwrites_only_where_the_rule_says_so() -> None:
    """Nulls are no news."""
    emptied = known(None, "1")

    assert becomes(emptied, rule()) == pairs.EMPTIED
    assert planned(emptied, rule(blank="overwrite"))[0].after == {"phone": None}
    assert becomes(emptied, rule(), "crm") is None


def test_a_value_that_fails_its_own_check_is_not_carried_across() -> None:
    """A broken number is mended where it stands."""
    assert becomes(with_rows(known("2", "1"), findings=[finding(CRM, "phone")]), rule()) == FAULTY
    assert becomes(with_rows(known("2", "1"), findings=[finding(LEDGER, "phone")]), rule()) == "2"


class TestOneWay:
    """The second system follows the first and is never followed."""

    def test_only_the_follower_is_changed(self) -> None:
        """The first one is never written to."""
        one_way = rule("source_of_truth", is_one_way=True)

        assert becomes(known("2", "1"), one_way) == "2"
        assert planned(known("2", "1"), one_way, "crm") == [] == planned(known("1", "2"), one_way, "crm")

    def test_what_was_changed_in_the_follower_is_overwritten_only_by_rule(self) -> None:
        """Else a person says which holds."""
        edited = known("1", "2")

        assert becomes(edited, rule("source_of_truth", is_one_way=True)) == "1"
        assert becomes(edited, rule(is_one_way=True)) == pairs.EDITED
        assert becomes(known("1", "2", changed_last="r"), rule("newest", is_one_way=True)) is None


class TestPairs:
    """Which records are a pair."""

    def test_a_party_kept_twice_has_no_pair(self) -> None:
        """Which of the two follows is not guessed."""
        twice = plus_rows(
            known("2", "1"), parties=[party("crm/companies/9", "Acme")], crosswalk=[walk("crm/companies/9", "g")]
        )
        mentioned = plus_rows(
            known("2", "1"), parties=[party("crm/names/ACME", "ACME")], crosswalk=[walk("crm/names/ACME", "g")]
        )
        gone = plus_rows(
            known("2", "1"), parties=[party("crm/companies/9", "Acme", state="archived")],
            crosswalk=[walk("crm/companies/9", "g")],
        )  # fmt: skip

        assert becomes(twice, rule()) == DUPLICATED
        assert becomes(mentioned, rule()) == "2" == becomes(gone, rule())

    @pytest.mark.parametrize(("probability", "result"), [(0.9, "2"), (0.89, UNSURE)])
    def test_an_unsure_pair_is_not_written_by(self, probability: float, result: str) -> None:
        """Nine in ten is enough."""
        rows = [walk(CRM, "g"), walk(LEDGER, "g", decided_by="model", match_probability=probability)]

        assert becomes(with_rows(known("2", "1"), crosswalk=rows), rule()) == result

    @pytest.mark.parametrize("side", [0, 1])
    def test_records_that_are_gone_are_no_pair(self, side: int) -> None:
        """Deleted against edited is another matter."""
        rows = known("2", "1").parties.to_pylist()
        rows[side]["state"] = "deleted"

        assert planned(with_rows(known("2", "1"), parties=rows), rule()) == []
        assert planned(with_rows(known("2", "1"), parties=[rows[side]]), rule()) == []

    def test_differences_with_other_systems_and_of_formatting_are_no_matter(self) -> None:
        """A rule is for two systems."""
        other = with_rows(known("2", "1"), mismatches=[mismatch("phone", LEDGER, "shop/c/1", "1", "2")])

        assert planned(other, rule()) == [] == planned(known("2", "1", kind="formatting"), rule())
        assert planned(known("2", "1"), rule(), "shop") == []

    def test_first_and_last_name_go_with_the_name(self) -> None:
        """Of both records; how sure the less sure of them is, is said."""
        rows = known("1", "1").parties.to_pylist()
        ann = {"given_name": "Ann", "family_name": "Li", "name": "Ann Li"}
        lee = {"given_name": "Ann", "family_name": "Lee", "name": "Ann Lee"}
        base = {"key_l": CRM, "key_r": LEDGER, "column": "name", "value_l": "Ann Li", "value_r": "Ann Li"}
        found = with_rows(
            known("1", "1"),
            parties=[rows[0] | lee, rows[1] | ann],
            mismatches=[mismatch("name", CRM, LEDGER, "Ann Lee", "Ann Li")],
            crosswalk=[walk(CRM, "g"), walk(LEDGER, "g", decided_by="model", match_probability=0.95)],
            base=[base],
        )

        [update] = planned(found, SyncRules(pairs=(PairRule("crm", "ledger", {"name": "manual"}),)))

        assert isinstance(update, Update)
        assert (update.after, update.probability) == ({"name": "Ann Lee", "family_name": "Lee"}, 0.95)

    def test_an_address_moves_as_a_whole(self) -> None:
        """By the strictest of the rules for its parts; half of one is not taken."""
        rows = [mismatch("street", CRM, LEDGER, "A 1", "B 2"), mismatch("city", CRM, LEDGER, "Bonn", "Ulm")]
        base = [
            {"key_l": CRM, "key_r": LEDGER, "column": column, "value_l": value, "value_r": value}
            for column, value in (("street", "B 2"), ("city", "Ulm"))
        ]
        moved = with_rows(known("1", "1"), mismatches=rows, base=base)
        half = with_rows(moved, mismatches=[rows[0], mismatch("city", CRM, LEDGER, None, "Ulm")])
        columns = SyncRules(pairs=(PairRule("crm", "ledger", {"street": "newest", "city": "manual"}),))
        unsettled = with_rows(moved, base=base[:1])
        told = with_rows(unsettled, mismatches=[row | {"changed_last": "l"} for row in rows])
        split = with_rows(told, mismatches=[rows[0] | {"decision": "left"}, rows[1] | {"decision": "right"}])

        [update] = planned(moved, columns)
        assert (update.before, update.after) == ({"city": "Ulm", "street": "B 2"}, {"city": "Bonn", "street": "A 1"})
        assert reasons(planned(half, columns)) == [PARTS]
        assert reasons(planned(unsettled, columns)) == [pairs.NO_BASE] == reasons(planned(told, columns))
        newest = SyncRules(pairs=(PairRule("crm", "ledger", {"street": "newest", "city": "newest"}),))
        assert planned(told, newest)[0].after == {"city": "Bonn", "street": "A 1"}
        assert reasons(planned(split, newest)) == [pairs.NO_BASE]


class TestDocuments:
    """Documents that a handoff joins."""

    RULES = SyncRules(
        pairs=(PairRule("crm", "tracker", {"name": "newest", "due_on": "manual"}, handoff_id="deal_to_project"),)
    )

    def jobs(
        self, name: str, *, base: str | None = "Old", hours: tuple[int | None, int | None] = (None, None)
    ) -> SyncTables:
        """Return a deal with a new name beside its project."""
        times = [None if one is None else datetime(2026, 10, 1, one, tzinfo=UTC) for one in hours]
        row = {"key_l": "crm/deals/1", "key_r": "tracker/jobs/1", "column": "name", "value_l": base, "value_r": base}
        return tables(
            documents=[
                document("crm/deals/1", "deal", name="New", updated_at=times[0]),
                document("tracker/jobs/1", "project", name=name, updated_at=times[1]),
            ],
            counterparts=[counterpart("deal_to_project", "crm/deals/1", "found", key_r="tracker/jobs/1")],
            base=[row] if base else [],
        )

    def test_a_change_is_carried_across(self) -> None:
        """One side changed the name; the other had none to change."""
        assert planned(self.jobs("Old"), self.RULES, "tracker") == [
            Update("tracker/jobs/1", {"name": "Old"}, {"name": "New"},
                   "crm and tracker keep this field alike; only the other side changed it", "crm/deals/1", None, 1.0),
        ]  # fmt: skip
        assert planned(self.jobs("Old"), self.RULES, "crm") == [] == planned(self.jobs("New"), self.RULES, "tracker")

    def test_pairs_are_in_the_order_of_their_first_documents(self) -> None:
        """However sure each of them is."""
        found = with_rows(
            self.jobs("Old"),
            counterparts=[
                counterpart("deal_to_project", f"crm/deals/{number}", "found", key_r=f"tracker/jobs/{number}") | {
                    "probability": 1.0 - number / 10
                }
                for number in (2, 1, 3)
            ],
        )  # fmt: skip

        assert [*events_of(found, "deal_to_project")] == ["crm/deals/1", "crm/deals/2", "crm/deals/3"]

    @pytest.mark.parametrize(
        ("hours", "tracker", "crm"),
        [
            ((9, 8), "New", None),
            ((8, 9), None, "Own"),
            ((8, 8), None, None),
            ((8, None), None, None),
            ((None, 8), None, None),
        ],
    )
    def test_the_newer_document_holds(
        self, hours: tuple[int | None, int | None], tracker: str | None, crm: str | None
    ) -> None:
        """One that is unknown, or as old, is not newer."""
        found = self.jobs("Own", hours=hours)
        results = [planned(found, self.RULES, system) for system in ("tracker", "crm")]

        assert [[one.after["name"] for one in each if isinstance(one, Update)] for each in results] == [
            [one] if one else [] for one in (tracker, crm)
        ]
        assert [reasons(each) for each in results] == [[], []] if tracker or crm else [[pairs.BOTH_CHANGED]] * 2

    def test_only_documents_that_stand_alone_for_each_other_are_kept_alike(self) -> None:
        """One of several, one for several, of other systems, gone, or unsure."""
        found = self.jobs("Old")
        row = found.counterparts.to_pylist()[0]
        rows = found.documents.to_pylist()
        several = with_rows(found, counterparts=[{**row, "more_keys_r": ["tracker/jobs/2"]}])
        shared = plus_rows(found, counterparts=[{**row, "key_l": "crm/deals/2"}])
        gone = with_rows(found, documents=[rows[0], {**rows[1], "state": "deleted"}])
        unsure = with_rows(found, counterparts=[{**row, "probability": 0.89}])
        sure = with_rows(found, counterparts=[{**row, "probability": 0.9}])
        elsewhere = SyncRules(pairs=(replace(self.RULES.pairs[0], system_l="shop"),))

        for one in (several, shared, gone, with_rows(found, documents=rows[:1]), with_rows(found, documents=rows[1:])):
            assert planned(one, self.RULES, "tracker") == []
        assert reasons(planned(unsure, self.RULES, "tracker")) == [UNSURE_LINK]
        assert [one.after for one in planned(sure, self.RULES, "tracker") if isinstance(one, Update)] == [{"name": "New"}]
        assert planned(found, elsewhere, "tracker") == []
