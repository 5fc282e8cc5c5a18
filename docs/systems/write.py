"""Write the pages of docs/systems and the table of systems in the README from the connectors.

Run from the project's root after a change to ``toolkit/connectors``: ``python docs/systems/write.py``. What a connector does
is told by itself; what a person must know beside that stands in its ``about``.
"""  # noqa: INP001 - a folder of pages, not a package

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from toolkit.connector import PROOF_LABELS, Connector, ImportForm, SignIn, Stream, Writing
from toolkit.connector.overview import limit_words, overview, proofs, written_actions
from toolkit.connector.scorecard import scorecard
from toolkit.connectors import connectors
from toolkit.report.plan_words import ACTION_WORDS, CLASS_WORDS
from toolkit.rest.ways import way_named

FOLDER = Path(__file__).resolve().parent
README = FOLDER.parents[1] / "README.md"
BEGIN, END = "<!-- systems: python docs/systems/write.py -->", "<!-- end of systems -->"
_ELSEWHERE: Mapping[str, str] = {
    "rest": "Any system with an interface that answers with JSON: [described in engagement.yaml](../asking-a-system.md).",
    "sql": "Any database: [described in engagement.yaml](../asking-a-database.md); [changed](../changing-a-database.md).",
    "table": "Any list in a file: [read by what its headers and values say](../reading-tables.md).",
}

_OWN_SECTION = frozenset({"salesforce", "shopify"})
"""Systems of which docs/changing-data.md says more under a heading of their own."""
_MASTERS: Mapping[str, Sequence[str]] = {"shopify": ("has_email", "most_documents", "most_complete", "oldest")}
_MASTERS_WHY: Mapping[str, str] = {
    "shopify": (
        "The shop keeps the customer with the address of mail, so `has_email` stands first: where it would keep another one "
        "than was planned, nothing is sent."
    ),
}
_ONLY_NEW = " (of an added one)"


def pages() -> dict[str, str]:
    """Return the text of every page by its file's name."""
    found = connectors()
    return {"README.md": _index(found)} | {f"{one.name}.md": "\n".join(_page(one)).rstrip() + "\n" for one in found}


def readme(text: str) -> str:
    """Return the README with the table of systems as it is now."""
    before, rest = text.split(BEGIN)
    table = "\n".join(_table(connectors(), "docs/systems/"))
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{rest.split(END)[1]}"


def _index(found: Sequence[Connector]) -> str:
    lines = [
        "# Systems",
        "",
        "What is read of which system, and what that was proved on. `integration-audit systems` prints the same, with the",
        "score of how well each can be connected; `--json` for machines.",
        "",
        *_table(found, ""),
        "",
        "Proved on: a vendor's contract is a file of the vendor's that says what may be sent and what comes back; one",
        "written by hand says what the vendor's documentation says. What was not proved on a system of the vendor's own may",
        "differ there: say so to the client.",
    ]
    return "\n".join(lines) + "\n"


def _table(found: Sequence[Connector], folder: str) -> Iterator[str]:
    yield "| system | from files | by its interface | proved on |"
    yield "|---|---|---|---|"
    for one in found:
        facts = overview(one)
        asked = ", ".join(s.name for s in one.streams if s.readings) or ("as described" if one.is_described else "")
        files = ", ".join(s.name for s in one.streams if s.formats) or ("any list" if facts["export"] else "")
        proved = "; ".join(dict.fromkeys(PROOF_LABELS[proof.kind] for proof in proofs(one)))
        yield f"| [{one.label}]({folder}{one.name}.md) (`{one.name}`) | {files} | {asked} | {proved} |"


def _page(one: Connector) -> Iterator[str]:
    yield from [f"# {one.label}", "", f"In `engagement.yaml`: `connector: {one.name}`.", ""]
    if one.name in _ELSEWHERE:
        yield from [_ELSEWHERE[one.name], ""]
    if one.streams:
        yield from ["## What is read", "", "| stream | is | from files | asked | columns |", "|---|---|---|---|---|"]
        yield from (_stream(s) for s in one.streams)
        yield ""
    if one.about.files:
        yield from [f"**Files**: {one.about.files}", ""]
    if one.api is not None:
        yield from _asked(one)
    yield from _written(one)
    yield from _merging(one)
    yield from _told_of_writing(one)
    yield from _taken(one)
    if one.about.quirks:
        yield from ["## Good to know", "", *(f"- {quirk}" for quirk in one.about.quirks), ""]
    yield from _scored(one)
    if one.about.proved_on:
        yield from ["## Proved on", "", *(f"- {PROOF_LABELS[proof.kind]}: {proof.what}" for proof in proofs(one)), ""]


def _stream(stream: Stream) -> str:
    readings = [one for one in stream.readings if not one.is_parents]
    asked = "" if not readings else "also for changes only" if any(one.tells_changes() for one in readings) else "whole"
    columns = ", ".join(f"`{name}`" for name in stream.fields)
    lines = ", with its lines" if stream.lines is not None or stream.path_lines is not None else ""
    entity = f"[{stream.entity}](../entities/{stream.entity}.md){lines}"
    return f"| `{stream.name}` | {entity} | {'yes' if stream.formats else ''} | {asked} | {columns} |"


def _written(one: Connector) -> Iterator[str]:
    written = [(s, s.writing) for s in one.streams if s.writing is not None]
    if not written:
        return
    yield from [
        "## What can be written over the interface",
        "",
        "An approved plan is sent: [changing a client's data](../changing-data.md#applying-it-over-an-interface). It takes",
        "a sign-in of its own, `integration-audit connect SYSTEM --write`, with the scopes to read and these.",
        "",
        "| stream | a record may be | columns | taken back | scopes |",
        "|---|---|---|---|---|",
        *(_writing(s, how) for s, how in written),
        "",
    ]


def _merging(one: Connector) -> Iterator[str]:
    """Yield how duplicates are merged by the system itself, and what is lost with it."""
    merged = [(s, s.writing.merge) for s in one.streams if s.entity == "party" and s.writing is not None and s.writing.merge]
    if not merged:
        return
    loss = merged[0][1].reversibility
    system = one.category
    where = "salesforce-and-shopify" if one.name in _OWN_SECTION else "the-rules-of-a-cleanup"
    scopes = list(dict.fromkeys(scope for _, how in merged for scope in how.scopes))
    masters = f", masters: [{', '.join(_MASTERS[one.name])}]" if one.name in _MASTERS else ""
    yield from [
        "## Duplicates merged by the system itself",
        "",
        "A cleanup archives duplicates, and all of that can be taken back. Where the settings say so, they are merged by",
        f"{one.label} itself ({_listed(s.name for s, _ in merged)}):",
        "",
        "```yaml",
        "cleanup:",
        f"  {system}: {{merge_by: vendor{masters}}}",
        "```",
        "",
        f"Such a merge {CLASS_WORDS[loss]}: whoever agrees to the plan adds `--accept {loss}`. Lost for good:",
        "",
        *(f"- {words}" for words in dict.fromkeys(words for _, how in merged for words in how.lost)),
        "",
        *([_MASTERS_WHY[one.name], ""] if one.name in _MASTERS else []),
        *([f"It needs the right {_listed(f'`{scope}`' for scope in scopes)} besides.", ""] if scopes else []),
        f"More: [{where.replace('-', ' ')}](../changing-data.md#{where}).",
        "",
    ]


def _told_of_writing(one: Connector) -> Iterator[str]:
    """Yield what the settings may say of how a system's records are made and changed."""
    written = [(s, s.writing) for s in one.streams if s.writing is not None]
    keyed = [s.name for s, how in written if how.upsert is not None]
    together = [s.name for s, how in written if how.batch is not None and how.version is not None]
    if not keyed and not together:
        return
    fields = ", ".join(f"{name}: Audit_Key__c" for name in keyed)
    yield from ["## What the settings may say of changes", "", "```yaml", "systems:", f"  {one.category}:"]
    yield f"    connector: {one.name}"
    yield from [f"    external_ids: {{{fields}}}"] if keyed else []
    yield from ["    updates_together: true"] if together else []
    yield from ["```", ""]
    if keyed:
        yield from [
            f"`external_ids` names, for each list ({_listed(keyed)}), the client's own field in which a record that a job",
            "makes gets its key: text, unique, marked as an external ID, to be seen and written by the user who signs in. A",
            "record whose answer was lost is found by it. Without such a field a person looks it up.",
            "",
        ]
    if together:
        yield from [
            f"`updates_together` sends many updates in one request ({_listed(together)}). Each record is compared just",
            "before, but an edit in the seconds between is not seen; left out, each goes alone and is refused where",
            "somebody was faster.",
            "",
        ]
    yield from [f"More: [{one.label}](../changing-data.md#salesforce-and-shopify).", ""]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _writing(stream: Stream, how: Writing) -> str:
    actions = ", ".join(ACTION_WORDS[name] for name in written_actions(stream))
    columns = ", ".join(f"`{one.column}`{_ONLY_NEW if one.actions == ('create',) else ''}" for one in how.fields)
    lines = ", and its lines" if how.lines is not None else ""
    scopes = " ".join(f"`{scope}`" for scope in how.scopes)
    return f"| `{stream.name}` | {actions} | {columns}{lines} | {_back(how)} | {scopes} |"


def _back(how: Writing) -> str:
    """Return how far what is done to records can be taken back over the interface."""
    made = "what was made is archived" if how.archive is not None else "what was made is deleted"
    gone = "what was archived is restored" if how.restore is not None else "what was archived is made anew, with another id"
    parts = [
        "fields as they were",
        made if how.create is not None and (how.archive is not None or how.delete is not None) else "",
        gone if how.archive is not None and (how.restore is not None or how.create is not None) else "",
    ]
    if how.merge is not None:
        parts.append(
            "what was merged in part (R2)" if how.merge.reversibility == "R2" else "what was merged not at all (R3)"
        )
    return "; ".join(filter(None, parts))


def _taken(one: Connector) -> Iterator[str]:
    forms = [(s, form) for s in one.streams for form in s.imports]
    if forms:
        yield from [
            "## What it takes from a file",
            "",
            "Changes of an approved plan are handed over in this form; all else is a list to be done by hand.",
            "[How they are imported](../import-files.md).",
            "",
            "| stream | a row may | columns | rows a file | as said by |",
            "|---|---|---|---|---|",
            *(_form(s, form) for s, form in forms),
            "",
        ]


def _form(stream: Stream, form: ImportForm) -> str:
    columns = ", ".join(f"`{column.header}`" for column in form.columns)
    found = f", found by `{form.record.header}`" if form.record is not None and "create" not in form.actions else ""
    actions = " or ".join(form.actions)
    return f"| `{stream.name}` | {actions}{found} | {columns} | {form.max_rows:,} | {form.source} |"


def _asked(one: Connector) -> Iterator[str]:
    if one.api is None:
        return
    limits = "; ".join(limit_words(limit) for limit in one.api.limits)
    yield from [
        "## How it is asked",
        "",
        f"At `{one.api.url}`, never more than {limits}.",
        "A pull sends nothing but what reads.",
        "",
    ]
    yield from ["| way to sign in | scopes, the least for reading | you give |", "|---|---|---|"]
    for way in one.api.sign_in:
        yield f"| {way_named(way.way).label} (`{way.way}`) | {_scopes(one, way)} | {', '.join(_given(way)) or ''} |"
    yield ""
    for name, steps in one.about.credentials.items():
        numbered = (f"{at}. {step}" for at, step in enumerate(steps, 1))
        yield from [f"**{way_named(name).label}** (`way: {name}`)", "", *numbered, ""]
    back = "A sign-in in the browser comes back to `http://localhost:8400/signed-in`."
    yield from [f"{back} [All of it](../connecting.md).", ""]


def _given(way: SignIn) -> list[str]:
    return [f"`{name}`" for name in dict.fromkeys((*way_named(way.way).needs, *way.needs))]


def _scopes(one: Connector, way: SignIn) -> str:
    scopes = way.scopes_read or tuple(
        sorted({scope for s in one.streams for reading in s.readings for scope in reading.scopes})
    )
    return " ".join(f"`{scope}`" for scope in scopes)


def _scored(one: Connector) -> Iterator[str]:
    card = scorecard(one)
    if card.score is None or one.about.interface.kind in {"", "none"}:
        return
    yield from ["## How well it can be connected", ""]
    yield from [f"{card.score} of 100, from {card.known_share:.0%} of ten criteria.", "", "| criterion | |", "|---|---|"]
    yield from [*(f"| {c.name} | {c.answer or 'not known'} |" for c in card.criteria), ""]


def main() -> None:
    """Write every page and the table, and remove pages of systems that are gone."""
    written = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in written:
            path.unlink()
    for name, text in written.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    README.write_text(readme(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
