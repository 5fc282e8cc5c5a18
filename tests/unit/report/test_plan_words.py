"""What a plan does, in the words that somebody agrees to."""

from dataclasses import replace

from tests.vendor_doubles import archived, created, job, merged, renamed
from toolkit.changes import Evidence
from toolkit.report.plan_examples import example_rows
from toolkit.report.plan_words import back_sentences, change_rows, lost_sentences, plan_sentence


def test_the_parts_of_a_sentence_add_up_to_what_stands_at_its_beginning() -> None:
    """A record whose fields are put back one by one is one change, in as many steps as fields."""
    phone = replace(renamed(1), op_id="phone", before={"phone": None}, after={"phone": "1"})
    plain, twice = job([renamed(1), renamed(2), archived(3)]), job([renamed(1), phone, archived(3)])

    assert plan_sentence(plain, "HubSpot") == "3 changes to HubSpot: 1 companies archived and 2 companies changed."
    assert plan_sentence(twice, "HubSpot") == (
        "2 changes to HubSpot, in 3 steps: 1 companies archived and 1 companies changed."
    )


def test_how_far_a_plan_can_be_taken_back_is_said_in_numbers() -> None:
    """Those that nobody takes back stand beside the others, and what is lost with them is said once."""
    lost = Evidence(("It goes into the older one.", "Lost for good: which of the two an order was of."))
    gone = [replace(merged(number, 1), reversibility="R3", evidence=lost) for number in (2, 3)]
    plan = job([*gone, renamed(4), replace(created(5), reversibility="R1")])

    assert back_sentences(plan) == [
        "1 change can be taken back exactly.",
        "1 change can be taken back by archiving the record that was made.",
        "2 changes cannot be taken back.",
    ]
    assert lost_sentences(plan) == ["Lost for good: which of the two an order was of."]


def test_each_kind_of_change_has_lines_among_the_examples() -> None:
    """However many names are written anew: what is merged is seen first, with the record in which it will be."""
    stays = Evidence(("why",), from_key="crm/companies/90")
    plan = job([*map(renamed, range(1, 41)), *(replace(merged(n, 90), evidence=stays) for n in range(41, 61)), archived(70)])

    rows = example_rows(plan, change_rows(plan, {"crm/companies/90": "Acme"}), 12)

    assert [row[1] for row in rows] == ["archived", *["merged"] * 7, *["changed"] * 4]
    assert rows[1] == ["41", "merged", "into", "", "Acme"]
    assert rows[-1][1:3] == ["changed", "name"]
