"""``engagement.yaml`` as the toolkit writes it: commented, every stream tied to its files, to be confirmed by a person.

What is written is read back before it is kept; a file that is there keeps every line.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit.audit.pull.client_home import Home
from toolkit.audit.pull.file_names import name_pattern
from toolkit.audit.pull.proposal import Proposal, ProposedStream
from toolkit.audit.pull.sources import Source, system_name
from toolkit.audit.pull.stream_text import stream_lines, yaml_text
from toolkit.audit.pull.streams import fits_names, fits_sheet, table_place
from toolkit.landscape.handoffs import StreamInfo, proposed_handoffs
from toolkit.settings import QuestionSettings, Settings, edit_settings, put, write_settings

_PLACES = ("party", "deal", "project", "ticket", "order", "invoice", "bill", "payment", "bank_line", "expense")
_OF_A_PERSON = frozenset({"given_name", "family_name"})


def write_first_settings(path: Path, client: str, known: Sequence[Source], found: Proposal, home: Home) -> None:
    """Write a new ``engagement.yaml`` from what was recognised, understood and asked.

    Parameters
    ----------
    path
        The ``engagement.yaml`` to write; the folder must exist.
    client
        The client's name as reports show it.
    known
        Tables that a connector claimed: their systems are written without streams.
    found
        Streams with their columns, and what is to be asked.
    home
        Country and currency; where nothing tells, US and USD are written. A person is to confirm them in any case.
    """
    unconfirmed = ["currency", "country", "time_zone", *(name for one in found.streams for name in one.unconfirmed)]
    lines = [
        "# Written from what was recognised in the files. Look through it, correct it, and run the audit again.",
        "# docs/engagement.md explains every key. No secret belongs here.",
        f"client: {yaml_text(client)}",
        _home_line("currency", home.currency, "USD", home.currency_reason),
        _home_line("country", home.country, "US", home.country_reason),
        "time_zone: UTC         # of times that carry no zone: confirm",
        "# What nobody has confirmed yet; the report says so. Take a name off this list once you have checked it.",
        f"unconfirmed: {yaml_text(unconfirmed)}",
        "",
        *_question_lines(found.questions),
        "systems:",
        *_system_lines(known, found.streams),
    ]
    if lines[-1] == "systems:":
        lines[-1] = "systems: {}"
    lines += [
        "",
        "# Which system decides which field; where none is named, what most systems say is assumed.",
        "#   party: {default: crm, street: ledger}",
        "sources_of_truth: {}",
        "",
        *_handoff_lines(known, found.streams),
        "",
        "# Money. day_rate has no default: without it no price of a connection is shown.",
        "rates: {}",
        "#   loaded_rate_per_hour: {value: 31, evidence: document}",
        "#   day_rate: 650",
        "",
    ]
    write_settings(path, "\n".join(lines))


def grow_settings(path: Path, settings: Settings, found: Proposal) -> bool:
    """Add what is new to an ``engagement.yaml`` that is there; return whether anything was.

    Parameters
    ----------
    path
        The ``engagement.yaml``; lines that are there stay.
    settings
        What is in it.
    found
        Streams and questions of this pull. Questions about files that were answered, or whose files are read now, go away.
    """
    fresh = [one for one in found.streams if not one.is_known]
    grown = [one for one in found.streams if one.is_known]
    questions = {name: one for name, one in found.questions.items() if _is_new(name, one, settings)}
    stale = [
        name for name, one in settings.questions.items() if one.files and not one.answer and name not in found.questions
    ]
    # An answer that did not suffice stays where it is: the table is still not read, and would be asked about again.
    done = [
        name
        for name, one in settings.questions.items()
        if one.files and one.answer and name not in found.questions and not _is_refused(one, found)
    ]
    if not (fresh or grown or questions or stale or done):
        return False

    def edit(tree: Any) -> None:
        systems = _filled(tree, "systems")
        for one in fresh:
            if one.system not in systems:
                put(systems, one.system, {"connector": "table", "category": one.category})
            put(_filled(systems[one.system], "streams"), one.name, _plain(one.mapping))
            if one.unconfirmed:
                noted = tree.get("unconfirmed") or []
                tree["unconfirmed"] = [*noted, *(name for name in one.unconfirmed if name not in noted)]
        for one in grown:
            systems[one.system]["streams"][one.name].update(_plain(one.mapping))
        for name in (*stale, *done):
            del tree["questions"][name]
        if questions:
            _filled(tree, "questions").update({name: question_mapping(one) for name, one in questions.items()})
        if "questions" in tree and not tree["questions"]:
            del tree["questions"]

    return edit_settings(path, edit)


def question_mapping(one: QuestionSettings) -> dict[str, Any]:
    """Return a question as the settings write it."""
    given = one.model_dump(mode="json", exclude_defaults=True)
    return {
        "ask": one.ask,
        **{key: value for key, value in given.items() if key not in {"ask", "answer"}},
        "answer": one.answer,
    }


def is_company_list(entity: str, columns: Sequence[str]) -> bool:
    """Return whether a list of our own reading may be a list of customers: not one of persons.

    Examples
    --------
    >>> is_company_list("party", ["name", "city"]), is_company_list("party", ["given_name", "family_name"])
    (True, False)
    """
    return entity == "party" and not _OF_A_PERSON & set(columns)


def _is_refused(one: QuestionSettings, found: Proposal) -> bool:
    return any(fits_names(each.source.raw, one.files) and fits_sheet(each.source.raw, one.sheets) for each in found.refused)


def _is_new(name: str, one: QuestionSettings, settings: Settings) -> bool:
    before = settings.questions.get(name)
    return before is None or (before.answer == "" and before != one)


def _home_line(key: str, value: str, usual: str, reason: str) -> str:
    said = " ".join(reason.split())[:100]
    if value:
        return f"{key}: {value}".ljust(23) + f"# assumed: {said}"
    return f"# {key}: {usual}".ljust(23) + f"# {said}: {usual} until you write another"


def _question_lines(questions: Mapping[str, QuestionSettings]) -> list[str]:
    if not questions:
        return []
    lines = [
        "# What only a person can say, most important first. Write one of the choices behind 'answer:', and audit again.",
        "questions:",
    ]
    for name, one in questions.items():
        mapping = question_mapping(one)
        lines += [f"  {name}:", f"    ask: {yaml_text(one.ask)}"]
        if one.samples:
            lines.append(f"    samples: {yaml_text(list(one.samples))}")
        lines.append("    choices:" if one.choices else "    choices: {}")
        lines += [f"      {yaml_text(choice)}: {yaml_text(words)}" for choice, words in one.choices.items()]
        rest = {key: value for key, value in mapping.items() if key not in {"ask", "samples", "choices", "answer"}}
        lines += [f"    {key}: {yaml_text(value)}" for key, value in rest.items()]
        shown = " | ".join(one.choices)
        lines.append('    answer: ""' + (f"   # {shown}" if len(shown) <= 90 else ""))
    return [*lines, ""]


def _system_lines(known: Sequence[Source], streams: Sequence[ProposedStream]) -> list[str]:
    vendors: dict[str, tuple[str, str]] = {}
    for one in known:
        if one.recognition is not None:
            vendors.setdefault(one.system, (one.connector, one.category))
    own: dict[str, list[ProposedStream]] = {}
    for each in streams:
        own.setdefault(each.system, []).append(each)
    lines = []
    for name in sorted({*vendors, *own}):
        connector, category = vendors.get(name, ("table", ""))
        patterns = _vendor_patterns(name, known)
        if name not in own:
            tied = f", file: {yaml_text(patterns)}" if patterns else ""
            lines.append(f'  {name}: {{connector: {connector}, category: {category}, owner: ""{tied}}}')
            continue
        category = category or _category(own[name])
        lines += [
            f"  {name}:",
            f"    connector: {connector}",
            f"    category: {category}      # confirm: crm, ledger, bank, …",
        ]
        lines += [f"    file: {yaml_text(patterns)}"] if patterns else []
        lines.append("    streams:")
        for each in own[name]:
            lines += stream_lines(each.name, each.mapping, each.reasons, each.left_out)
    return lines


def _category(streams: Sequence[ProposedStream]) -> str:
    said = [one.category for one in streams if one.category != "other"]
    return said[0] if said else "other"


def _vendor_patterns(system: str, known: Sequence[Source]) -> list[str]:
    """Return the file patterns of a vendor's system whose files do not all lie in the folder of its name."""
    own = [one for one in known if one.system == system and one.recognition is not None]
    places = [table_place(one.raw) for one in own]
    if all(place.folder and system_name(place.folder) == system for place in places) and _is_alone(system, known):
        return []
    return list(dict.fromkeys(name_pattern(place.file) for place in places))


def _is_alone(system: str, known: Sequence[Source]) -> bool:
    """Return whether all tables in the folder of a system's name belong to it."""
    folders = [one.system for one in known if system_name(table_place(one.raw).folder or "-") == system]
    return all(name == system for name in folders)


def _handoff_lines(known: Sequence[Source], streams: Sequence[ProposedStream]) -> list[str]:
    infos = {
        (one.system, one.stream.name): StreamInfo(one.system, one.stream.name, one.stream.entity, one.category)
        for one in known
        if one.stream is not None
    }
    categories = {one.system: one.category for one in known if one.recognition is not None}
    for system in {one.system for one in streams}:
        categories.setdefault(system, _category([one for one in streams if one.system == system]))
    for each in streams:
        entity, columns = each.mapping["entity"], list(each.mapping["fields"])
        infos[each.system, each.name] = StreamInfo(
            each.system, each.name, entity, categories[each.system], is_company_list=is_company_list(entity, columns)
        )
    ordered = sorted(infos.values(), key=lambda one: (one.system, one.stream))
    handoffs = proposed_handoffs([one for one in ordered if one.entity in _PLACES])
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
            f"    label: {yaml_text(one.label)}",
            f"    from: {one.system_l}.{one.stream_l}",
            f"    to: {one.system_r}.{one.stream_r}",
            '    by: ""',
            *([f"    trigger: {one.trigger}"] if one.trigger else []),
            f"    grace_days: {one.grace_days}",
            "    is_proposed: true",
            "    # minutes_per_item: {value: [10, 15, 25], evidence: interview, who: …, on: 2026-01-31}",
            "    # rework_minutes: {value: [10, 20, 40], evidence: interview, who: …, on: 2026-01-31}",
        ]
    return lines


def _filled(tree: Any, key: str) -> Any:
    """Return the mapping at a key, also where the file has the key and nothing behind it."""
    if not tree.get(key):
        put(tree, key, {}, at=1)
    return tree[key]


def _plain(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {key: dict(value) if isinstance(value, Mapping) else value for key, value in mapping.items()}
