"""Change requests on a small client: what they may say, and what comes of them."""

import re
from pathlib import Path

import pytest

import toolkit
from tests.unit.audit.scope.conftest import Client
from toolkit.errors import InputError, UnknownNameError
from toolkit.settings.scope_change import ScopeChange, change_overrides, load_scope_change

BOTH_IN = "scope: {flows: {deal_to_invoice: {place: in}, stripe_to_ledger: {place: in}}}"


def moved(found: object) -> dict[str, float | None]:
    return {one.name: one.difference for one in found.effects}  # type: ignore[attr-defined]  # a ChangeAnswer


def test_the_wish_on_the_page_is_one(tmp_path: Path) -> None:
    """Whoever copies it gets no error, and every key of a wish stands in it."""
    page = (Path(__file__).parents[4] / "docs" / "scope.md").read_text("utf-8")
    [example] = re.findall(r"```text\n(.+?)```", page, flags=re.DOTALL)
    wish = tmp_path / "wish.yaml"
    wish.write_text(example, "utf-8")

    found = load_scope_change(wish)

    assert found.model_fields_set == {*ScopeChange.model_fields}
    assert change_overrides(found, {"deal_to_invoice": 6.0})[-1] == "rates.day_rate=700"


def test_a_change_that_names_nothing_is_refused(client: Client) -> None:
    """There is nothing to compute."""
    with pytest.raises(InputError, match="names nothing"):
        toolkit.try_change(client(BOTH_IN))


def test_the_same_volume_again_changes_nothing(client: Client, tmp_path: Path) -> None:
    """A change to what is there already has no effect on anything."""
    wish = tmp_path / "wish.yaml"
    wish.write_text("set: {rates.day_rate: 600}\n", "utf-8")

    found = toolkit.try_change(client(BOTH_IN), change=wish)

    assert {name: value for name, value in moved(found).items() if name != "live_on"} == dict.fromkeys(
        ("cost", "running_per_month", "saving_per_month", "npv", "person_days", "weeks"), 0.0
    )


def test_more_volume_saves_more_and_a_larger_build_costs_more(client: Client, tmp_path: Path) -> None:
    """Each part of a wish moves what it should."""
    wish = tmp_path / "wish.yaml"
    engagement = client(BOTH_IN)
    wish.write_text("volume: {stripe_to_ledger: 400}\n", "utf-8")
    volume = moved(toolkit.try_change(engagement, change=wish))
    wish.write_text("approach: {stripe_to_ledger: complex}\n", "utf-8")
    build = moved(toolkit.try_change(engagement, change=wish))
    wish.write_text("fields: {stripe_to_ledger: 8}\ndays_per_field: 0.5\n", "utf-8")
    fields = toolkit.try_change(engagement, change=wish)

    assert volume["saving_per_month"] is not None
    assert volume["saving_per_month"] > 0
    assert build["cost"] is not None
    assert build["cost"] > 5000
    assert moved(fields)["person_days"] == pytest.approx(4)
    assert not any("assumption" in one for one in fields.notes)


def test_a_flow_goes_out_and_one_that_is_in_comes_in_twice(client: Client) -> None:
    """The first changes the sums, the second is said and changes nothing."""
    engagement = client(BOTH_IN)

    dropped = toolkit.try_change(engagement, drop=["stripe_to_ledger"])
    twice = toolkit.try_change(engagement, add=["stripe_to_ledger"])

    assert dropped.dropped == ("stripe_to_ledger",)
    assert moved(dropped)["cost"] is not None
    assert "stripe_to_ledger is in the scope already." in twice.notes
    assert moved(twice)["cost"] == 0


def test_what_is_not_known_is_named_and_not_counted_as_nothing(client: Client, tmp_path: Path) -> None:
    """A new flow of which nobody said how long an item takes has no cost: before is known, after is not."""
    wish = tmp_path / "wish.yaml"
    wish.write_text("handoffs: {refunds: {from: payments.payments, to: ledger.payments}}\n", "utf-8")

    found = toolkit.try_change(client(BOTH_IN), change=wish)

    assert moved(found)["npv"] is None
    assert any("refunds" in one for one in found.gaps or ())
    assert not found.is_complete


def test_a_change_beyond_the_budget_says_by_how_much(client: Client) -> None:
    """Nobody agrees to what there is no money for without being told."""
    flows = "{deal_to_invoice: {place: out, why: later}, stripe_to_ledger: {place: out, why: later}}"
    more = f"roadmap: {{budget: 100}}\nscope: {{flows: {flows}}}"

    found = toolkit.try_change(client(more), add=["deal_to_invoice"])

    assert any("more than the budget of USD 100" in one for one in found.notes)


@pytest.mark.parametrize(
    "text",
    [
        "volume: {deal_to_invoice: -3}",
        "fields: {deal_to_invoice: 0}",
        "approach: {deal_to_invoice: huge}",
        "days_per_field: .nan",
        "wish: please",
        "- add",
        "add: [a, b",
    ],
)
def test_a_file_that_is_no_change_request_is_refused_with_its_place(client: Client, tmp_path: Path, text: str) -> None:
    """A sentence with the file, never a traceback."""
    wish = tmp_path / "wish.yaml"
    wish.write_text(text, "utf-8")

    with pytest.raises(InputError, match=r"wish\.yaml"):
        toolkit.try_change(client(BOTH_IN), change=wish)


def test_names_that_there_are_not_are_refused(client: Client, tmp_path: Path) -> None:
    """Flows, in the words of the change."""
    engagement, wish = client(BOTH_IN), tmp_path / "wish.yaml"
    wish.write_text("fields: {deal_to_invoce: 2}\n", "utf-8")

    with pytest.raises(UnknownNameError, match="deal_to_invoice"):
        toolkit.try_change(engagement, change=wish)
    with pytest.raises(UnknownNameError, match="deal_to_invoice"):
        toolkit.try_change(engagement, drop=["deal_to_invoce"])
    with pytest.raises(InputError, match="Cannot read"):
        toolkit.try_change(engagement, change=tmp_path / "gone.yaml")
