"""What the toolkit proposes for a folder that nobody has described yet: systems, field maps, handoffs.

Proposals are written into ``engagement.yaml`` with their reasons, to be confirmed there by a person.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.sources import Source, system_name
from toolkit.connector import header_key
from toolkit.files.home import Home, suggested_home
from toolkit.files.suggest import SuggestedStream, Suggestion, same_streams, suggested_fields
from toolkit.landscape.handoffs import StreamInfo, proposed_handoffs
from toolkit.settings import FILE_NAME, add_systems, write_settings
from toolkit.tables import QUARANTINE

_MIN_FIELDS = 2
_PLACES = ("party", "deal", "project", "ticket", "order", "invoice", "bill", "payment", "bank_line", "expense")


@dataclass(frozen=True, slots=True)
class ProposedStream:
    """A stream suggested for tables that nobody claims, and why each column was chosen."""

    system: str
    suggested: SuggestedStream
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Sources with a suggested stream, why others have none, and sentences for a person."""

    sources: tuple[Source, ...] = ()
    streams: tuple[ProposedStream, ...] = ()
    why_not: Mapping[tuple[str, str], str] = field(default_factory=dict)
    quarantine: pa.Table = field(default_factory=QUARANTINE.empty)
    notes: tuple[str, ...] = ()
    home: Home | None = None


def proposed_sources(engagement: Engagement, known: Sequence[Source], unclaimed: Sequence[Source]) -> Proposal:
    """Return a suggested stream for every table that nobody claims, or the reason why there is none.

    Parameters
    ----------
    engagement
        The engagement; without settings, country and currency are suggested too.
    known
        Tables that were recognised.
    unclaimed
        Tables without a stream.
    """
    home = None if engagement.has_settings_file else suggested_home([one.raw for one in (*known, *unclaimed)])
    why_not: dict[tuple[str, str], str] = {}
    groups: dict[str, list[tuple[Source, Suggestion]]] = {}
    asides = []
    for one in unclaimed:
        given = engagement.settings.systems.get(one.system)
        suggestion = suggested_fields(one.raw)
        reason = _refusal(one, suggestion, given.connector if given else "table")
        if reason:
            why_not[one.raw.file, one.raw.part] = reason
            asides.append(_whole_table_aside(one, reason))
        else:
            groups.setdefault(one.system, []).append((one, suggestion))
    sources: list[Source] = []
    streams: list[ProposedStream] = []
    for claimed, group in groups.items():
        for suggested in same_streams([suggestion for _, suggestion in group], [one.raw.file for one, _ in group]):
            members = [group[place] for place in suggested.members]
            system, suggested_as = _named(engagement, claimed, suggested, [*known, *sources])
            reasons = {one.column: one.reason for _, suggestion in members for one in suggestion.fields}
            streams.append(ProposedStream(system, suggested_as, reasons))
            stream = suggested_as.stream()
            sources += [replace(one, system=system, stream=stream, category="other") for one, _ in members]
    notes = [
        f"{one.system}/{one.suggested.name}: read with a suggested field map as {one.suggested.entity}; "
        f"confirm it in {FILE_NAME}."
        for one in streams
    ]
    if home is not None:
        notes.append(
            f"Country {home.country} and currency {home.currency} are assumed: {home.reason}. Confirm them in {FILE_NAME}."
        )
    return Proposal(
        tuple(sources), tuple(streams), why_not, pa.concat_tables([QUARANTINE.empty(), *asides]), tuple(notes), home
    )


def write_proposal(engagement: Engagement, known: Sequence[Source], proposal: Proposal) -> bool:
    """Write what is proposed into ``engagement.yaml``; return whether that file was written.

    A file that is there keeps every line; suggested field maps are added to it.
    """
    path = engagement.folder / FILE_NAME
    if engagement.has_settings_file:
        additions = {one.system: _stream_mapping(one) for one in proposal.streams}
        merged: dict[str, dict[str, object]] = {}
        for one in proposal.streams:
            merged.setdefault(one.system, {})[one.suggested.name] = additions[one.system]
        if merged:
            add_systems(path, merged)
        return bool(merged)
    write_settings(path, _settings_text(engagement, known, proposal))
    return True


def _refusal(one: Source, suggestion: Suggestion, connector: str) -> str:
    found = one.recognition
    if not one.raw.rows.num_rows:
        return "It holds a header, but no rows."
    if found is not None and found.is_tie and found.connector is not None and found.stream is not None:
        return (
            f"It fits {found.connector.name}/{found.stream.name} and {found.runner_up} equally well. Put it into "
            "exports/<system>/ and name that system's connector in engagement.yaml."
        )
    if connector != "table":
        best = (
            f"{found.connector.name}/{found.stream.name} at {found.score:.0%}"
            if found and found.connector and found.stream
            else "none"
        )
        return (
            f"It is no export of {connector} that is known (nearest: {best}). Move it to a system of its own, or "
            "describe it there."
        )
    if len(suggestion.fields) < _MIN_FIELDS:
        return (
            f"No vendor's format, and only {len(suggestion.fields)} of its columns can be told. Describe it under systems "
            f"in {FILE_NAME}."
        )
    return ""


def _whole_table_aside(one: Source, reason: str) -> pa.Table:
    raw = one.raw
    rows = [
        {
            "file": raw.file,
            "part": raw.part,
            "line": line,
            "reason": "unrecognised_table",
            "detail": reason,
            "system": one.system or None,
        }
        for line in raw.rows["line"].to_pylist()
    ]
    return pa.concat_tables([raw.quarantine, QUARANTINE.from_rows(rows)])


def _named(
    engagement: Engagement, claimed: str, suggested: SuggestedStream, known: Sequence[Source]
) -> tuple[str, SuggestedStream]:
    """Return the system's and the stream's name: a claimed system's own, else after the files, else after the folder."""
    kind = f"{suggested.entity}s" if not suggested.entity.endswith("y") else f"{suggested.entity[:-1]}ies"
    taken = {one.system for one in known} | set(engagement.settings.systems)
    is_named_by_files = suggested.name not in {kind, "people", "parties"}
    name = claimed or (suggested.name if is_named_by_files else system_name(engagement.folder.name))
    number = 2
    wanted = name
    while not claimed and name in taken:
        name, number = f"{wanted}_{number}", number + 1
    return name, replace(suggested, name=kind)


def _stream_mapping(one: ProposedStream) -> dict[str, object]:
    fields = {column: headers[0] if len(headers) == 1 else list(headers) for column, headers in one.suggested.fields.items()}
    return {"entity": one.suggested.entity, "key": list(one.suggested.key), "fields": fields}


def _settings_text(engagement: Engagement, known: Sequence[Source], proposal: Proposal) -> str:
    home = proposal.home or Home("US", "USD", "nothing in the files says so", is_guess=True)
    lines = [
        "# Written from what was recognised in the files. Look through it, correct it, and run the audit again.",
        "# docs/engagement.md explains every key. No secret belongs here.",
        f"client: {_text(engagement.settings.client)}",
        f"currency: {home.currency}          # assumed: {home.reason}",
        f"country: {home.country}            # assumed: {home.reason}",
        "time_zone: UTC         # of times that carry no zone: confirm",
        "# What nobody has confirmed yet; the report says so. Take a name off this list once you have checked it.",
        f"unconfirmed: {_text(_unconfirmed(proposal))}",
        "",
        "systems:",
    ]
    systems: dict[str, tuple[str, str]] = {}
    for one in known:
        if one.system not in {proposed.system for proposed in proposal.streams}:
            systems.setdefault(one.system, (one.connector, one.category))
    for name, (connector, category) in sorted(systems.items()):
        lines.append(f'  {name}: {{connector: {connector}, category: {category}, owner: ""}}')
    by_system: dict[str, list[ProposedStream]] = {}
    for proposed in proposal.streams:
        by_system.setdefault(proposed.system, []).append(proposed)
    for name, streams in by_system.items():
        lines += [
            f"  {name}:",
            "    connector: table",
            "    category: other      # confirm: ledger, sheet, …",
            "    streams:",
        ]
        for proposed in streams:
            lines += _stream_lines(proposed)
    if len(lines) and lines[-1] == "systems:":
        lines[-1] = "systems: {}"
    lines += [
        "",
        "# Who decides which field: by default the CRM decides contacts, the ledger money.",
        "sources_of_truth: {}",
        "",
    ]
    lines += _handoff_lines(known, proposal)
    lines += [
        "",
        "# Money. day_rate has no default: without it no price of a connection is shown.",
        "rates: {}",
        "#   loaded_rate_per_hour: {value: 31, evidence: document}",
        "#   day_rate: 650",
        "",
    ]
    return "\n".join(lines)


def _unconfirmed(proposal: Proposal) -> list[str]:
    return ["currency", "country", "time_zone", *(f"{one.system}.{one.suggested.name}" for one in proposal.streams)]


def _stream_lines(one: ProposedStream) -> list[str]:
    suggested = one.suggested
    lines = [
        f"      {suggested.name}:             # a suggestion from headers and values: confirm each line",
        f"        entity: {suggested.entity}",
        f"        key: {_text(list(suggested.key))}",
        "        fields:",
    ]
    for column, headers in suggested.fields.items():
        value = headers[0] if len(headers) == 1 else list(headers)
        lines.append(f"          {column}: {_text(value)}   # {_comment(one.reasons.get(column, ''))}")
    return lines


def _handoff_lines(known: Sequence[Source], proposal: Proposal) -> list[str]:
    infos = {
        (one.system, one.stream.name): StreamInfo(one.system, one.stream.name, one.stream.entity, one.category)
        for one in (*known, *proposal.sources)
        if one.stream is not None and one.stream.entity in _PLACES
    }
    handoffs = proposed_handoffs(sorted(infos.values(), key=lambda one: (one.system, one.stream)))
    if not handoffs:
        return ["# Who carries which data by hand; no usual one was recognised.", "handoffs: {}"]
    lines = [
        "# Who carries which data by hand. These are usual for such systems; nobody has confirmed them. Volumes, delays and",
        "# errors are measured; ask the people who do the work for the minutes, and take out what does not exist.",
        "handoffs:",
    ]
    for one in handoffs:
        lines += [
            f"  {one.handoff_id}:",
            f"    label: {_text(one.label)}",
            f"    from: {one.system_l}.{one.stream_l}",
            f"    to: {one.system_r}.{one.stream_r}",
            '    by: ""',
            f"    trigger: {one.trigger or 'manual'}",
            f"    grace_days: {one.grace_days}",
            "    is_proposed: true",
            "    # minutes_per_item: {value: [10, 15, 25], evidence: interview, who: …, on: 2026-01-31}",
            "    # rework_minutes: {value: [10, 20, 40], evidence: interview, who: …, on: 2026-01-31}",
        ]
    return lines


def _text(value: object) -> str:
    """Return a value as YAML: JSON is a part of YAML, whatever the text holds."""
    return json.dumps(value, ensure_ascii=False)


def _comment(text: str) -> str:
    return header_key(text).replace("\n", " ")[:100]
