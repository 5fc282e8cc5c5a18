"""Merging without a browser: what is listed first, what a choice does to the golden record and to the next plan."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.unit.audit.desks.asked import asked
from tests.unit.audit.desks.disagreeing_client import SETTINGS
from toolkit.audit.desks.merge_clusters import MergeDesk
from toolkit.audit.desks.merge_clusters.merging import Merging
from toolkit.audit.desks.merge_clusters.previews import Previews
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.jobs.planning import plan_job
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.records import engagement_records
from toolkit.errors import InputError, UnknownNameError
from toolkit.plan.merge_choices import merge_choices
from toolkit.store.state import DECISIONS
from toolkit.tables.rulings import MERGES

ONE, TWO = "crm/companies/1", "crm/companies/2"
FOUR, FIVE = "crm/companies/4", "crm/companies/5"


@pytest.fixture
def here(disagreeing: Path, copied: Callable[[Path], Engagement]) -> Engagement:
    """Return a small client whose systems disagree, audited and opened."""
    return copied(disagreeing)


def group_of(desk: MergeDesk, name: str) -> dict[str, Any]:
    [row] = [row for row in asked(desk, "view")["rows"] if row["name"].startswith(name)]
    return dict(row)


def field(detail: dict[str, Any], fact: str) -> dict[str, Any]:
    [found] = [one for one in detail["fields"] if one["fact"] == fact]
    return dict(found)


def operations(engagement: Engagement) -> list[tuple[str, str | None, dict[str, str | None]]]:
    plan = plan_job(engagement, "cleanup", "crm").saved.plan
    return [(one.action, one.target_id, dict(one.after)) for one in plan.operations]


def test_ties_stand_first_and_are_not_merged(here: Engagement) -> None:
    """Nobody guesses which of two stays."""
    first = json.loads(json.dumps(MergeDesk(here, "crm", "Dana").first()))

    assert [(row["name"], row["state"]) for row in first["rows"]] == [("Cedar Dental", "tie"), ("Acme Tools", "ready")]
    assert first["detail"]["reason"] == "By every rule these records tie, and nobody guesses."
    assert not any(member["stays"] for member in first["detail"]["members"])


def test_the_golden_record_says_of_each_field_why(here: Engagement) -> None:
    """By the rule that chose it, in words."""
    desk = MergeDesk(here, "crm", "Dana")
    detail = asked(desk, "detail", group=group_of(desk, "Acme")["group"])

    phone, mail = field(detail, "phone"), field(detail, "email")
    assert [member["key"] for member in detail["members"]] == [TWO, ONE]
    assert detail["stays_by"] == "it was changed last"
    assert phone["columns"][0]["values"] == ["312-555-0199", "312-555-0147"]
    assert (phone["columns"][0]["golden"], phone["why"]) == ("312-555-0199", "it was changed last")
    assert (mail["columns"][0]["golden"], mail["why"]) == ("info@acme.example", "most systems say so")


def test_a_chosen_survivor_is_stored_and_obeyed_by_the_next_plan(here: Engagement) -> None:
    """With who and when, before it is shown."""
    desk = MergeDesk(here, "crm", "Dana")
    cedar = group_of(desk, "Cedar")

    answer = asked(desk, "stays", group=cedar["group"], key=FIVE, believed=0)

    [kept] = here.store.rulings(("stays",)).to_pylist()
    assert (kept["key_l"], kept["decision"], kept["reviewer"]) == (FIVE, "stays", "Dana")
    assert (answer["detail"]["members"][0]["key"], answer["detail"]["stays"]["by"]) == (FIVE, "Dana")
    assert answer["detail"]["row"]["state"] != "tie"
    assert ("archive", "4", {"state": "archived"}) in operations(here)


def test_a_typed_value_stands_above_all_rules(here: Engagement) -> None:
    """It is neither replaced by a rule nor written otherwise."""
    desk = MergeDesk(here, "crm", "Dana")
    acme = group_of(desk, "Acme")

    answer = asked(desk, "value", group=acme["group"], fact="phone", values={"phone": "312 555 0000"}, believed=0)

    phone = field(answer["detail"], "phone")
    assert (phone["state"], phone["by"], phone["columns"][0]["golden"]) == ("chosen", "Dana", "312 555 0000")
    [update] = [after for action, target, after in operations(here) if (action, target) == ("update", "2")]
    assert update["phone"] == "312 555 0000"


def test_an_address_is_taken_whole_from_one_record(here: Engagement) -> None:
    """Half of one address and half of another is the address of nobody."""
    desk = MergeDesk(here, "crm", "Dana")
    acme = group_of(desk, "Acme")

    answer = asked(desk, "value", group=acme["group"], fact="street", from_key=ONE, believed=0)

    address = field(answer["detail"], "street")
    assert [one["golden"] for one in address["columns"]] == ["12 Main St", "Chicago", "60601"]
    assert [one["column"] for one in address["columns"]] == ["street", "city", "postcode"]


def test_a_choice_is_taken_back_and_the_rules_decide_again(here: Engagement) -> None:
    """Undo is a word in the store, too."""
    desk = MergeDesk(here, "crm", "Dana")
    acme = group_of(desk, "Acme")
    version = asked(desk, "value", group=acme["group"], fact="phone", values={"phone": "0"}, believed=0)["detail"]["row"][
        "version"
    ]

    answer = asked(desk, "back", group=acme["group"], fact="phone", believed=version)

    assert field(answer["detail"], "phone")["state"] == "kept"
    assert [row["decision"] for row in here.store.rulings(("value",)).to_pylist()] == ["open"]


def test_nobodys_choice_is_overwritten_unseen(here: Engagement) -> None:
    """The second person is told, then sees the first one's choice and may decide."""
    dana, jo = MergeDesk(here, "crm", "Dana"), MergeDesk(open_engagement(here.folder), "crm", "Jo")
    edition = jo.first()["edition"]
    cedar = group_of(dana, "Cedar")["group"]
    asked(dana, "stays", group=cedar, key=FIVE, believed=0)

    with pytest.raises(InputError, match="Dana decided about these in the meantime"):
        asked(jo, "stays", group=cedar, key=FOUR, believed=0)
    [row] = asked(jo, "since", edition=edition)["rows"]
    answer = asked(jo, "stays", group=cedar, key=FOUR, believed=row["version"])

    assert (answer["detail"]["members"][0]["key"], answer["detail"]["stays"]["by"]) == (FOUR, "Jo")
    words = {row["key_l"]: row["decision"] for row in here.store.rulings(("stays",)).to_pylist()}
    assert words == {FIVE: "open", FOUR: "stays"}


def test_what_each_system_gets_is_what_the_plan_holds(here: Engagement) -> None:
    """Before and after, and how far it can be taken back."""
    desk = MergeDesk(here, "crm", "Dana")
    acme = group_of(desk, "Acme")["group"]

    crm, books = asked(desk, "preview", group=acme)

    planned = {(action, target) for action, target, _ in operations(here) if target in {"1", "2"}}
    assert {(one["action"], one["key"].rpartition("/")[2]) for one in crm["changes"]} == planned
    assert ("archive", "1") in planned
    assert {one["back"] for one in crm["changes"]} <= {"can be taken back exactly", "can be taken back in part"}
    assert (books["label"], books["records"]) == ("QuickBooks", "1 record")


def test_a_record_that_is_another_one_is_taken_out_and_put_back(here: Engagement) -> None:
    """The others go on without it; matching keeps it out from the next audit on."""
    desk = MergeDesk(here, "crm", "Dana")
    group = group_of(desk, "Acme")["group"]

    taken = asked(desk, "exclude", group=group, key=ONE, believed=0)
    assert taken["detail"] is None
    assert [row["name"] for row in asked(desk, "view")["rows"]] == ["Cedar Dental"]
    assert {target for action, target, _ in operations(here) if action == "archive"} == set()
    back = asked(desk, "exclude", group=group, key=ONE, is_in=True, believed=taken["version"])
    assert len(back["detail"]["members"]) == 2


def test_a_choice_is_not_taken_back_after_somebody_chose_otherwise(here: Engagement) -> None:
    """Whoever takes a step back believes what the step left, not what stands there by now."""
    dana, jo = MergeDesk(here, "crm", "Dana"), MergeDesk(open_engagement(here.folder), "crm", "Jo")
    cedar = group_of(dana, "Cedar")["group"]
    left = asked(dana, "stays", group=cedar, key=FIVE, believed=0)["version"]
    seen = asked(jo, "detail", group=cedar)["row"]["version"]
    asked(jo, "stays", group=cedar, key=FOUR, believed=seen)

    with pytest.raises(InputError, match="Jo decided about these in the meantime"):
        asked(dana, "stays", group=cedar, key=None, believed=left)

    assert asked(dana, "detail", group=cedar)["stays"]["by"] == "Jo"


def test_who_takes_out_a_record_that_somebody_took_out_is_told(here: Engagement) -> None:
    """It is news for the others; it stays the first one's word, and only a record of the group can be meant."""
    dana, jo = MergeDesk(here, "crm", "Dana"), MergeDesk(open_engagement(here.folder), "crm", "Jo")
    acme, cedar = (group_of(dana, name)["group"] for name in ("Acme", "Cedar"))
    edition = dana.first()["edition"]
    taken = asked(jo, "exclude", group=acme, key=ONE, believed=0)

    with pytest.raises(InputError, match="Jo decided about these in the meantime"):
        asked(dana, "exclude", group=acme, key=ONE, believed=0)
    with pytest.raises(InputError, match="Jo decided about these in the meantime"):
        asked(dana, "exclude", group=acme, key=ONE, is_in=True, believed=0)
    for key, is_in in ((ONE, False), (FOUR, True), ("crm/companies/3", False)):
        with pytest.raises(InputError, match="none of these duplicates"):
            asked(dana, "exclude", group=cedar, key=key, is_in=is_in, believed=0)

    assert asked(dana, "since", edition=edition)["edition"] > edition
    said = [(row["decision"], row["reviewer"]) for row in here.store.decisions().to_pylist() if row["key_r"] == acme[0]]
    assert said == [("exclude", "Jo")]
    assert asked(jo, "exclude", group=acme, key=ONE, is_in=True, believed=taken["version"])["detail"]


def test_a_record_taken_out_under_a_number_that_comes_late_is_heard(here: Engagement) -> None:
    """And an older word that comes late does not stand above a newer one."""
    desk = MergeDesk(here, "crm", "Dana")
    acme, cedar = (group_of(desk, name)["group"][0] for name in ("Acme", "Cedar"))
    for number, key, cluster, word in ((40, ONE, acme, "open"), (38, FOUR, cedar, "exclude"), (39, ONE, acme, "exclude")):
        row = {"sequence": number, "key_l": key, "key_r": cluster, "decision": word, "reviewer": "Jo", "note": None}
        with here.store.changing() as connection:
            connection.execute(sa.insert(DECISIONS).values(**row, decided_at="2026-11-30T09:00:00+00:00"))
        asked(desk, "since", edition=0)

    assert [row["name"] for row in asked(desk, "view")["rows"]] == ["Acme Tools"]


def test_what_another_system_gets_follows_what_is_chosen_there(here: Engagement) -> None:
    """It is planned anew by the choices of now, whoever took them after it was first looked at."""
    desk = MergeDesk(here, "crm", "Dana")
    cedar = group_of(desk, "Cedar")["group"]
    previews = Previews(Merging(here, desk.run, engagement_records(here), "books"), desk.labels)

    def archived(edition: int) -> list[str]:
        chosen = merge_choices(here.store.rulings(MERGES))
        _, crm = previews.of(cedar[0], ["crm"], choices=chosen, edition=(edition, 0))
        return [change["key"] for change in crm["changes"] if change["action"] == "archive"]

    assert archived(1) == []
    version = asked(desk, "stays", group=cedar, key=FIVE, believed=0)["version"]
    assert archived(2) == [FOUR]
    asked(desk, "stays", group=cedar, key=FOUR, believed=version)
    assert archived(3) == [FIVE]


def test_rules_that_nobody_has_seen_are_not_replaced(here: Engagement) -> None:
    """The page gets the hash of the file together with the rules that were read from it, and both when they change."""
    dana, jo = MergeDesk(here, "crm", "Dana"), MergeDesk(open_engagement(here.folder), "crm", "Jo")
    first = dana.first()
    masters = first["rules"]["masters"]
    asked(jo, "rules", rules={"masters": ["lowest_id", *masters]}, believed=jo.first()["settings"])

    with pytest.raises(InputError, match="changed in the meantime"):
        asked(dana, "rules", rules={"masters": masters[::-1]}, believed=first["settings"])
    for news in (asked(dana, "since", edition=first["edition"]), asked(dana, "view")):
        assert (news["rules"]["masters"][0], news["settings"]) == ("lowest_id", jo.first()["settings"])
    assert [row["state"] for row in asked(dana, "view")["rows"] if row["name"] == "Cedar Dental"] == ["ready"]

    text = (here.folder / "engagement.yaml").read_text("utf-8")
    (here.folder / "engagement.yaml").write_text(f"{text}\nnobody: knows\n", "utf-8")
    assert asked(dana, "view")["rules"]["masters"][0] == "lowest_id"
    with pytest.raises(InputError, match="changed in the meantime"):
        asked(dana, "rules", rules={"masters": masters}, believed=asked(dana, "view")["settings"])


def test_rules_are_counted_before_they_are_written_and_taken_back(here: Engagement) -> None:
    """Comments of the file stay."""
    desk = MergeDesk(here, "crm", "Dana")
    first = desk.first()
    counted = asked(desk, "try_rules", rules={"fields": {"email": "keep_master"}})
    assert (counted["changed"], counted["by_field"]) == (1, [["e-mail", 1]])
    assert asked(desk, "try_rules", rules={"masters": ["lowest_id"]})["newly_merged"] == 1
    assert (here.folder / "engagement.yaml").read_text("utf-8") == SETTINGS

    told = asked(desk, "rules", rules={"fields": {"email": "keep_master"}}, believed=first["settings"])
    text = (here.folder / "engagement.yaml").read_text("utf-8")
    assert "# agreed with Nora" in text
    assert here.settings.cleanup["crm"].fields == {"email": "keep_master"}
    detail = asked(desk, "detail", group=group_of(desk, "Acme")["group"])
    assert field(detail, "email")["columns"][0]["golden"] == "sales@acme.example"

    asked(desk, "rules_back", step=told["step"])
    assert (here.folder / "engagement.yaml").read_text("utf-8") == SETTINGS


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("detail", {"group": ["g-none", "companies"]}),
        ("detail", {"group": "all"}),
        ("stays", {"group": "GROUP", "key": "crm/companies/6"}),
        ("value", {"group": "GROUP", "fact": "raw", "values": {"raw": "1"}}),
        ("value", {"group": "GROUP", "fact": "phone", "values": {"name": "1"}}),
        ("value", {"group": "GROUP", "fact": "phone", "values": {"phone": "a\x00b"}}),
        ("value", {"group": "GROUP", "fact": "phone", "values": {"phone": "x" * 501}}),
        ("value", {"group": "GROUP", "fact": "roles", "values": {"roles": "boss"}}),
        ("value", {"group": "GROUP", "fact": "phone", "from_key": "books/customers/901"}),
        ("exclude", {"group": "GROUP", "key": "books/customers/901"}),
        ("exclude", {"group": ["g-none", "x"], "key": ONE}),
        ("try_rules", {"rules": {"fields": {"phone": "guess"}}}),
        ("try_rules", {"rules": {"masters": ["nobody"]}}),
        ("try_rules", {"rules": {"min_probability": 7}}),
        ("rules", {"rules": {"stale": {"companies": 1}}, "believed": ""}),
        ("rules_back", {"step": 4}),
        ("rows", {"view": 99}),
    ],
)
def test_what_a_page_makes_up_is_refused(here: Engagement, question: str, given: dict[str, Any]) -> None:
    """In a sentence, and nothing is stored."""
    desk = MergeDesk(here, "crm", "Dana")
    group = group_of(desk, "Acme")["group"]

    with pytest.raises(InputError):
        asked(desk, question, **{name: group if one == "GROUP" else one for name, one in given.items()})
    assert here.store.rulings(("stays", "value")).num_rows == 0


def test_a_value_is_asked_again_after_a_record_changed(here: Engagement) -> None:
    """The next export says something else than what was seen."""
    desk = MergeDesk(here, "crm", "Dana")
    acme = group_of(desk, "Acme")["group"]
    asked(desk, "value", group=acme, fact="phone", values={"phone": "0"}, believed=0)
    exports = here.folder / "exports" / "crm.csv"
    exports.write_text(exports.read_text("utf-8").replace("312-555-0147", "312-555-9999"), "utf-8")
    pull_snapshots(here)
    with pytest.raises(InputError, match="read anew since"):
        asked(desk, "back", group=acme, fact="phone", believed=0)
    again = MergeDesk(here, "crm", "Dana")
    row = group_of(again, "Acme")

    assert row["state"] == "again"
    assert "say something else since" in field(asked(again, "detail", group=row["group"]), "phone")["why"]


def test_the_picture_reads_without_a_kernel(here: Engagement) -> None:
    """What is merged, what waits for a decision."""
    html = MergeDesk(here, "crm", "Dana").still()

    assert "2 groups of records that are one party: 1 merged by the next cleanup plan, 1 without a record that stays" in html
    assert "Harbor &lt;b&gt;&amp; Pine&lt;/b&gt;" in html


def test_a_system_that_is_not_there_is_refused(here: Engagement) -> None:
    """With the nearest name."""
    with pytest.raises(UnknownNameError, match="crm"):
        MergeDesk(here, "crn", "Dana")
