"""The screening checklist, answered by what was said, by the handoffs that are listed, and by what was measured."""

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import Register, RegisterAnswer, register_answer, run_rows, settings_now
from toolkit.landscape.screening import ITEMS, screening
from toolkit.settings import Settings
from toolkit.tables.registers import SCREENING
from toolkit.values.counted import counted, listed

_SHOWN = {"question": "sign", "answer": "answer", "because": "because"}
_CARRIERS = {
    "copy": "copied_between_screens", "file": "files_exported_and_imported", "reentry": "entered_in_several_places",
    "report_update": "updated_from_reports",
}  # fmt: skip
_WEEKS_A_MONTH = 52 / 12


def read(engagement: Engagement) -> RegisterAnswer:
    """Return the eight signs with their answers; the score counts yes."""
    settings = settings_now(engagement)
    given = settings.screening
    hours, because = given.hours_of_entry_per_week, "as said"
    if hours is None:
        hours, because = _measured_hours(engagement, settings)
    found = screening(
        {name: getattr(given, name) for name in ITEMS if name != "hours_of_entry_per_week"},
        {**_listed(settings), **_measured(engagement)},
        hours_per_week=hours,
        hours_because=because,
        threshold_hours=given.threshold_hours_per_week,
    )
    unknown = len(found.unknown)
    return register_answer(
        f"{found.score} of 8 signs" + (f", {counted(unknown, 'sign')} not known." if unknown else "."),
        SCREENING,
        (
            {"item": one.item, "question": one.question, "answer": one.answer, "because": one.because or None}
            for one in found.signs
        ),
        _SHOWN,
        gaps=[f"Nobody has said: {', '.join(f'screening.{one}' for one in found.unknown)}."] if unknown else (),
    )


def _listed(settings: Settings) -> dict[str, str]:
    """Return the signs that handoffs are, by how they are carried and where they go."""
    found: dict[str, list[str]] = {}
    for name, one in settings.handoffs.items():
        if one.carrier in _CARRIERS and not one.is_proposed:
            found.setdefault(_CARRIERS[one.carrier], []).append(name)
    return {item: f"carried so: {listed(names)}" for item, names in found.items()}


def _measured(engagement: Engagement) -> dict[str, str]:
    """Return the signs that an audit measured."""
    found = {}
    handoffs = {row["handoff_id"]: row for row in run_rows(engagement, "handoff") or ()}
    measures = run_rows(engagement, "handoff_measure") or []
    wrong = [row["handoff_id"] for row in measures if row["measure"] == "error_share" and (row["value"] or 0) > 0]
    late = [
        row["handoff_id"]
        for row in measures
        if row["measure"] == "delay_days" and (row["value"] or 0) >= 1
        and handoffs.get(row["handoff_id"], {}).get("entity_r") == "invoice"
    ]  # fmt: skip
    checked = [name for name, row in handoffs.items() if row["entity_r"] == "bank_line" and not row["is_proposed"]]
    if wrong:
        found["mistakes_from_two_places"] = f"measured: the two sides disagree in {listed(wrong)}"
    if late:
        found["invoices_delayed"] = f"measured: a day and more in {listed(late)}"
    if checked:
        found["reconciled_between_systems"] = f"carried so: {listed(checked)}"
    return found


def _measured_hours(engagement: Engagement, settings: Settings) -> tuple[float | None, str]:
    """Return the hours a week of the handoffs of which both volume and minutes are known; null where there is none."""
    measures = run_rows(engagement, "handoff_measure") or []
    volumes = {row["handoff_id"]: row["value"] for row in measures if row["measure"] == "volume_per_month"}
    minutes = {}
    for name, one in settings.handoffs.items():
        said = one.volume_per_month.estimate("items").likely if one.volume_per_month is not None else None
        volume = volumes.get(name) if volumes.get(name) is not None else said
        if volume is not None and one.minutes_per_item is not None:
            minutes[name] = volume * one.minutes_per_item.estimate("minutes").likely
    if not minutes:
        return None, ""
    left = len(settings.handoffs) - len(minutes)
    rest = f", and more in {counted(left, 'other')}" if left else ""
    return sum(minutes.values()) / 60 / _WEEKS_A_MONTH, f"items times minutes of {counted(len(minutes), 'handoff')}{rest}"


REGISTER = Register("eight signs that integration is worth a look, and the score", read)
