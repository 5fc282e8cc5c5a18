"""What a plan does, in the words that somebody agrees to."""

from dataclasses import replace

from tests.vendor_doubles import archived, job, renamed
from toolkit.report.plan_words import plan_sentence


def test_the_parts_of_a_sentence_add_up_to_what_stands_at_its_beginning() -> None:
    """A record whose fields are put back one by one is one change, in as many steps as fields."""
    phone = replace(renamed(1), op_id="phone", before={"phone": None}, after={"phone": "1"})
    plain, twice = job([renamed(1), renamed(2), archived(3)]), job([renamed(1), phone, archived(3)])

    assert plan_sentence(plain, "HubSpot") == "3 changes to HubSpot: 1 companies archived and 2 companies changed."
    assert plan_sentence(twice, "HubSpot") == (
        "2 changes to HubSpot, in 3 steps: 1 companies archived and 1 companies changed."
    )
