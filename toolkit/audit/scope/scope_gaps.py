"""What of a scope is not clear yet, and whether it keeps anybody from signing: rows of SCOPE_GAP."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toolkit.audit.scope.scope_words import CHANGE_RULE
from toolkit.scoping.scope.lint import weak_places
from toolkit.settings import Settings

Row = Mapping[str, Any]
Gap = dict[str, Any]
_TARGET_WORDS = {"lag": "how soon", "volume": "how many items", "errors": "how many may be wrong"}
_PLACES_OF_TARGETS = {"lag": "handoffs.{}.approach.needed_within"}


def scope_gaps(
    settings: Settings, rows: Sequence[Row], accepted: Sequence[Row], success: Sequence[Row], cells: Sequence[Row]
) -> list[Gap]:
    """Return what keeps a scope from being clear, what blocks first.

    Parameters
    ----------
    settings
        What was agreed on.
    rows, accepted, success, cells
        Of SCOPE, ACCEPTANCE, SUCCESS and MASTER_CELL.
    """
    found = [
        *_success_gaps(success),
        *_master_gaps(cells),
        *_flow_gaps(settings, rows),
        *_waiting_gaps(settings, rows),
        *_acceptance_gaps(accepted),
        *_boundary_gaps(settings, rows),
        *_policy_gaps(cells),
        *_weak(settings, rows, accepted),
    ]
    return sorted(found, key=lambda one: not one["is_blocking"])


def _gap(kind: str, where: str, word: str, why: str, *, is_blocking: bool) -> Gap:
    return {"kind": kind, "where": where, "word": word, "why": why, "is_blocking": is_blocking}


def _success_gaps(success: Sequence[Row]) -> Iterator[Gap]:
    if not success:
        why = "No criterion of success is named: metric, baseline, target and date."
        yield _gap("success", "scope.success", "success", why, is_blocking=True)
    for row in success:
        if row["lacking"]:
            why = f"It cannot be judged: it names no {', no '.join(row['lacking'])}."
            yield _gap("success", f"scope.success.{row['name']}", row["name"], why, is_blocking=True)


def _master_gaps(cells: Sequence[Row]) -> Iterator[Gap]:
    groups: dict[tuple[str, str], list[Row]] = {}
    for cell in cells:
        if cell["is_open"]:
            groups.setdefault((cell["entity"], cell["field_group"]), []).append(cell)
    for (entity, name), own in groups.items():
        proposed = [one["system"] for one in own if one["is_proposed"]]
        systems = " and ".join(one["system"] for one in own)
        why = f"{systems} keep it, and nobody said who decides" + (f"; proposed: {proposed[0]}." if proposed else ".")
        yield _gap("master", f"sources_of_truth.{entity}", f"{entity} {name}", why, is_blocking=True)


def _flow_gaps(settings: Settings, rows: Sequence[Row]) -> Iterator[Gap]:
    for row in rows:
        name = row["handoff_id"]
        if row["place"] == "open":
            yield _gap("unknown", name, row["label"], f"Its place cannot be told yet: {row['reason']}", is_blocking=False)
        if row["place"] == "in":
            for field in row["open_fields"]:
                why = "It must be filled there, and nothing fills it: name its source or a default."
                yield _gap("field", f"field_maps.{name}", field, why, is_blocking=True)
            if not row["owner"]:
                yield _gap(
                    "owner", f"roadmap.projects.{name}.owner", row["label"], "Nobody is responsible.", is_blocking=False
                )
        said = settings.scope.flows.get(name)
        if said is not None and said.place in {"out", "phase_2"} and not said.why:
            yield _gap("reason", f"scope.flows.{name}.why", row["label"], "Nobody wrote down why.", is_blocking=False)


def _waiting_gaps(settings: Settings, rows: Sequence[Row]) -> Iterator[Gap]:
    told = {row["handoff_id"] for row in rows}
    for name, said in settings.scope.flows.items():
        if name not in told:
            why = "It is named, and nothing has been read of its systems: it is in no table and in no sum."
            yield _gap("unknown", f"scope.flows.{name}", name, why, is_blocking=said.place == "in")


def _acceptance_gaps(accepted: Sequence[Row]) -> Iterator[Gap]:
    for row in accepted:
        if row["target"] is None:
            where = _PLACES_OF_TARGETS.get(row["criterion"], "scope.flows.{}.acceptance").format(row["handoff_id"])
            word = _TARGET_WORDS.get(row["criterion"]) or str(row["criterion"])
            yield _gap("acceptance", where, word, row["sentence"], is_blocking=True)


def _boundary_gaps(settings: Settings, rows: Sequence[Row]) -> Iterator[Gap]:
    if not settings.scope.out and not any(row["place"] == "out" for row in rows):
        why = "Nothing is said to be out: what is not excluded is expected."
        yield _gap("unknown", "scope.out", "out", why, is_blocking=True)


def _policy_gaps(cells: Sequence[Row]) -> Iterator[Gap]:
    missing = {(one["entity"], one["system"]) for one in cells if one["role"] == "copy" and one["policy"] is None}
    for entity, system in sorted(missing):
        why = f"What becomes of a change that is made in {system} is not said: reject, propagate or manual."
        yield _gap("policy", f"scope.changes_elsewhere.{entity}", f"{entity} in {system}", why, is_blocking=False)


def _weak(settings: Settings, rows: Sequence[Row], accepted: Sequence[Row]) -> Iterator[Gap]:
    """Yield what the lint finds in all that the scope says."""
    names = [*settings.systems, *(one.label for one in settings.systems.values() if one.label)]
    for where, text in scope_texts(settings, rows, accepted):
        for one in weak_places(text, systems=names):
            yield _gap(one.kind, where, one.word, one.why, is_blocking=False)


def scope_texts(settings: Settings, rows: Sequence[Row], accepted: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Yield every sentence that a scope promises something in, with its place.

    Parameters
    ----------
    settings
        What was agreed on.
    rows, accepted
        Of SCOPE and ACCEPTANCE.
    """
    said = settings.scope
    for name in ("out", "phase_2", "assumptions", "duties"):
        for place, text in enumerate(getattr(said, name)):
            yield f"scope.{name}[{place}]", text
    yield "scope.change_rule", said.change_rule or CHANGE_RULE
    for name, success in said.success.items():
        yield f"scope.success.{name}", f"{success.words} {success.metric}".strip()
    for row in rows:
        for name in ("assumptions", "duties"):
            for place, text in enumerate(row[name]):
                yield f"scope.flows.{row['handoff_id']}.{name}[{place}]", text
    for row in accepted:
        if row["target"] is None:
            # It is on the list of what is open already.
            continue
        yield f"scope.flows.{row['handoff_id']}.acceptance", row["sentence"]
