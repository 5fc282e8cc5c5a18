"""Who decides a field, by more than one person and more than one opening of the screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.audit.desks.asked import asked
from tests.unit.audit.desks.disagreeing_client import SETTINGS
from toolkit.audit.desks.review_mismatches import MismatchDesk
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.errors import InputError

ACME_PHONE = ["phone", "books/customers/901", "crm/companies/2"]


@pytest.fixture
def here(disagreeing: Path, copied: Callable[[Path], Engagement]) -> Engagement:
    """Return a small client whose systems disagree, audited and opened."""
    return copied(disagreeing)


def elsewhere(here: Engagement) -> MismatchDesk:
    """Return the screen of somebody else, in another kernel."""
    return MismatchDesk(open_engagement(here.folder), "Jo")


def proposed(desk: MismatchDesk, field: str) -> list[tuple[str | None, str | None]]:
    rows = asked(desk, "view", field=field, status="all", with_formatting=True)["rows"]
    return [(row["proposed"], row["why"]) for row in rows]


def write(desk: MismatchDesk, field: str, system: str, believed: str) -> dict[str, Any]:
    answer: dict[str, Any] = asked(desk, "policy", column=field, system=system, believed=believed)
    return answer


def test_the_next_opening_proposes_by_who_decides_now(here: Engagement) -> None:
    """What was written into engagement.yaml holds when the cell is run again, also where nothing was audited since."""
    desk = MismatchDesk(here, "Dana")
    before = here.store.run().run_id
    write(desk, "phone", "books", desk.first()["settings"])

    again = MismatchDesk(here, "Dana")

    assert ("312-555-0177", "source of truth: books") in proposed(again, "phone")
    assert proposed(again, "phone") == proposed(desk, "phone")
    assert again.first()["deciders"]["phone"] == "books"
    assert here.store.run().run_id != before


def test_records_that_were_read_anew_are_compared_when_the_screen_opens(here: Engagement) -> None:
    """All that it lists is there, without an audit in between."""
    books = here.folder / "exports" / "books.csv"
    books.write_text(books.read_text("utf-8").replace("630-555-0129", "630-555-0199"), "utf-8")
    pull_snapshots(here)

    first = MismatchDesk(here, "Dana").first()

    assert first["total"] == 8
    assert "630-555-0199" in {row["value_l"] for row in first["rows"]}


def test_what_counts_for_no_difference_makes_no_other_audit(here: Engagement) -> None:
    """Neither a decision nor a rate: the screen opens on the audit that is there."""
    asked(MismatchDesk(here, "Dana"), "decide", finding=ACME_PHONE, decision="left", believed=0)
    before = here.store.run().run_id
    path = here.folder / "engagement.yaml"
    path.write_text(SETTINGS + "rates: {day_rate: 650}\n", "utf-8")

    assert MismatchDesk(here, "Dana").run.run_id == before
    assert here.settings.rates.day_rate is not None


def test_who_decides_is_read_anew_when_another_wrote_it(here: Engagement) -> None:
    """Two kernels: the second shows and proposes by what the first wrote, and writes nothing of it away."""
    path = here.folder / "engagement.yaml"
    path.write_text(SETTINGS.replace("sources_of_truth: {}", "sources_of_truth: {party: crm}"), "utf-8")
    dana, jo = MismatchDesk(here, "Dana"), elsewhere(here)
    opened = dana.first()["settings"]
    write(jo, "phone", "books", jo.first()["settings"])

    with pytest.raises(InputError, match="changed in the meantime"):
        write(dana, "email", "books", opened)
    told = asked(dana, "since", last=0)
    view = asked(dana, "view")
    assert told["settings"] == view["settings"] != opened
    assert view["deciders"]["phone"] == "books"
    assert proposed(dana, "phone") == proposed(jo, "phone")

    write(dana, "email", "books", view["settings"])
    assert here.written_settings().settings.sources_of_truth == {
        "party": {"default": "crm", "phone": "books", "email": "books"}
    }


def test_nothing_is_taken_from_a_list_that_others_deciders_proposed(here: Engagement) -> None:
    """What was counted for this list was proposed by another system."""
    dana, jo = MismatchDesk(here, "Dana"), elsewhere(here)
    view = dana.first()["view"]
    write(jo, "phone", "books", jo.first()["settings"])
    asked(dana, "since", last=0)

    with pytest.raises(InputError, match="Who decides a field was changed since this list was made"):
        asked(dana, "many", view=view, is_sure=True)
    assert here.store.rulings().num_rows == 0
    assert asked(dana, "many", view=asked(dana, "view")["view"], is_sure=True)["count"] > 0


def test_of_two_policies_each_is_taken_back_by_its_own_step(here: Engagement) -> None:
    """The newest first; then the file is as it was, and so is what is proposed."""
    desk = MismatchDesk(here, "Dana")
    before = proposed(desk, "phone")
    first = write(desk, "phone", "books", desk.first()["settings"])
    second = write(desk, "email", "crm", first["settings"])

    asked(desk, "policy_back", step=second["step"])
    asked(desk, "policy_back", step=first["step"])

    assert (here.folder / "engagement.yaml").read_text("utf-8") == SETTINGS
    assert proposed(desk, "phone") == before
    with pytest.raises(InputError, match="no such change"):
        asked(desk, "policy_back", step=first["step"])


def test_a_file_that_cannot_be_read_keeps_nobody_from_deciding_on_records(here: Engagement) -> None:
    """Somebody is in the middle of an edit: words are heard and stored, and who wants to write a policy reads the fault."""
    desk = MismatchDesk(here, "Dana")
    view = asked(desk, "view")
    (here.folder / "engagement.yaml").write_text("client: [\n", "utf-8")

    assert asked(desk, "since", last=0)["settings"] == view["settings"]
    assert asked(desk, "decide", finding=ACME_PHONE, decision="left", believed=0)["row"]["decision"] == "left"
    with pytest.raises(InputError, match=r"engagement\.yaml"):
        write(desk, "phone", "books", view["settings"])
    assert (here.folder / "engagement.yaml").read_text("utf-8") == "client: [\n"
