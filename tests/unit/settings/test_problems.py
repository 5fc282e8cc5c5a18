"""What is wrong with a file of settings is said in words of ours: whoever writes it knows no Python."""

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.settings import load_settings


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("cleanup: {crm: {merge: companies}}", "'cleanup.crm.merge': must be a list, such as [one, two]."),
        ("cleanup: {crm: {merge: [1]}}", "'cleanup.crm.merge.0': must be a text; put a number or a date into quotes."),
        ("cleanup: {crm: {min_probability: high}}", "'cleanup.crm.min_probability': must be a number."),
        ("cleanup: {crm: {stale: {companies: many}}}", "'cleanup.crm.stale.companies': must be a whole number."),
        ("cleanup: {crm: {fields: 3}}", "'cleanup.crm.fields': must be keys with a value each, such as {key: value}."),
        ("cleanup: {crm: 4}", "'cleanup.crm': must be keys with a value each, such as {key: value}."),
        ("cleanup: {crm: {blank: 3}}", "'cleanup.crm.blank': must be 'keep' or 'overwrite'."),
        ("sync: {closed_until: yesterday}", "'sync.closed_until': must be a day, such as 2026-06-30."),
        ("sync: {missing: {invoices: {create: perhaps}}}", "'sync.missing.invoices.create': must be true or false."),
        (
            "sync: {parties: [{from: crm, to: ledger}]}",
            "'sync.parties.0.to': must name a list of a system, such as ledger.customers.",
        ),
        ("sync: {two_way: [{systems: [crm, ledger], columns: {}}]}", "'sync.two_way.0.columns': must hold 1 or more."),
        (
            "sync: {two_way: [{systems: [crm, ledger, shop], columns: {phone: newest}}]}",
            "'sync.two_way.0.systems': must hold at most 2.",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_in_plain_words(tmp_path: Path, text: str, says: str) -> None:
    """File and line, the key, and what it must be."""
    file = tmp_path / "engagement.yaml"
    file.write_text(f"client: Harbor\n{text}\n", "utf-8")

    with pytest.raises(InputError) as caught:
        load_settings(file)

    assert str(caught.value) == f"engagement.yaml, line 2: {says}"


def test_a_problem_in_a_list_has_the_line_of_its_entry(tmp_path: Path) -> None:
    """Not the line on which the list begins."""
    file = tmp_path / "engagement.yaml"
    file.write_text(
        "client: Harbor\nsync:\n  status:\n    - {handoff: a, change: crm, values: {Paid: Won}}\n"
        "    - {handoff: b, change: crm}\n",
        "utf-8",
    )

    with pytest.raises(InputError, match=r"line 5: 'sync\.status\.1\.values' is missing"):
        load_settings(file)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "cutover:\n  freeze: 2026-13-04",
            "line 3: 'cutover.freeze': '2026-13-04' cannot be read (month must be in 1..12). Write a day such as",
        ),
        ("sync:\n  parties:\n    - {from: 2026-02-30}", "line 4: 'sync.parties.0.from': '2026-02-30' cannot be read"),
        ("2026-02-30: x", "line 2: '2026-02-30' cannot be read"),
        ("client: !!int Harbor", "line 2: 'client': 'Harbor' cannot be read"),
    ],
)
def test_a_day_that_no_calendar_has_is_said_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    """YAML itself takes it for a day, and knows neither the line nor the key on which it gives up."""
    file = tmp_path / "engagement.yaml"
    file.write_text(f"currency: USD\n{text}\n", "utf-8")

    with pytest.raises(InputError) as caught:
        load_settings(file)

    assert str(caught.value).startswith(f"engagement.yaml, {says}")
