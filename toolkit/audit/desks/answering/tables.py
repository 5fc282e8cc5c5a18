"""The tables behind a question: some rows of them, what stands in the column, and how sure each choice is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from toolkit.audit.desks.client_tables import ClientTables, distinct_cells, is_shortened, shortened, shown_cell
from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.streams import fits_names, fits_sheet
from toolkit.audit.pull.understanding import understood_table
from toolkit.connector import header_key
from toolkit.errors import InputError
from toolkit.files.interpreted import shown_headers
from toolkit.files.raw import RawTable
from toolkit.interpret.interpretation import Guess, Interpretation
from toolkit.settings import QuestionSettings, Settings
from toolkit.tables import QUARANTINE

_MAX_FILES = 3
_MAX_COLUMNS, _MAX_ROWS, _MAX_SAMPLES = 12, 6, 12
_CELLS_SHOWN = 3


def tables_of(engagement: Engagement, tables: ClientTables, one: QuestionSettings, settings: Settings) -> list[RawTable]:
    """Return the tables that a question is about, of at most three files; none where they are not there any more.

    Parameters
    ----------
    engagement
        After a pull, which says what each file was read as.
    tables
        Of its files.
    one
        The question.
    settings
        As they are now.
    """
    here = set(tables.files())
    places = [(row["file"], row["part"]) for row in engagement.store.intake()[0].to_pylist() if _is_of(one, row)]
    files = [file for file in dict.fromkeys(file for file, _ in places) if file in here][:_MAX_FILES]
    found: list[RawTable] = []
    for file in files:
        try:
            raws = tables.of_file(file, _with_sheets(settings, one))
        except InputError:
            continue
        parts = {part for name, part in places if name == file}
        own = [raw for raw in raws if raw.part in parts or one.about == "sheet"]
        found += own or raws
    named = [replace(raw, headers=shown_headers(raw.headers)) for raw in shortened(found)]
    return [raw for raw in named if raw.rows.num_rows and raw.headers]


def _is_of(one: QuestionSettings, row: Mapping[str, Any]) -> bool:
    if one.streams:
        return f"{row['system']}.{row['stream']}" in one.streams
    if one.files:
        empty = QUARANTINE.empty()
        place = RawTable(row["file"], row["part"], (), empty, empty, 0, 0)
        return fits_names(place, one.files) and fits_sheet(place, one.sheets)
    return bool(row["stream"])


def _with_sheets(settings: Settings, one: QuestionSettings) -> Settings:
    """Return settings by which the hidden sheets that a question is about are read."""
    if one.about != "sheet":
        return settings
    names = {stream.partition(".")[0] for stream in one.streams}
    systems = dict(settings.systems)
    for name in names & set(systems):
        before = systems[name]
        more = {"hidden_sheets": (*before.hidden_sheets, *one.sheets), "file": (*before.file, *one.files)}
        systems[name] = before.model_copy(update=more)
    return settings.model_copy(update={"systems": systems})


def looked_into(one: QuestionSettings, raws: Sequence[RawTable], country: str | None) -> dict[str, Any]:
    """Return what a page shows beside a question: rows, cells of the column, and evidence for each choice.

    Parameters
    ----------
    one
        The question.
    raws
        Its tables.
    country
        Of the client, where it is known.
    """
    if not raws:
        return {"table": None, "samples": [], "filled": "", "evidence": {}, "more": 0}
    raw = next((each for each in raws if _column(one, each) is not None), raws[0])
    place = _column(one, raw)
    found = understood_table(raw, country=country)
    marked = [place] if place is not None else []
    marked += [index for index in _chosen_columns(one, raw) if index not in marked]
    order = [*marked, *(index for index in range(len(raw.headers)) if index not in marked)][:_MAX_COLUMNS]
    order.sort()
    rows = raw.rows.slice(0, _MAX_ROWS).to_pylist()
    samples: list[str] = []
    filled = ""
    if place is not None:
        cells = raw.rows[f"c{place}"]
        samples = distinct_cells(cells, _MAX_SAMPLES)
        which = "the first " if is_shortened([raw]) else ""
        filled = f"{len(cells) - cells.null_count:,} of {which}{len(cells):,} rows filled"
    return {
        "table": {
            "file": raw.file.rpartition("/")[2],
            "part": raw.part,
            "headers": [shown_cell(raw.headers[index]) for index in order],
            "marked": [order.index(index) for index in marked if index in order],
            "rows": [[shown_cell(row[f"c{index}"], 60) for index in order] for row in rows],
            "columns": len(raw.headers),
            "count": raw.rows_read - raw.quarantine.num_rows,
        },
        "samples": samples,
        "filled": filled,
        "evidence": dict(_evidence(one, found)),
        "more": len(raws) - 1,
    }


def headers_of(raws: Sequence[RawTable]) -> dict[str, str]:
    """Return the headers of tables, each with some cells."""
    found: dict[str, str] = {}
    for raw in raws:
        for place, header in enumerate(raw.headers):
            found.setdefault(header, ", ".join(distinct_cells(raw.rows[f"c{place}"], _CELLS_SHOWN)))
    return found


def _column(one: QuestionSettings, raw: RawTable) -> int | None:
    keys = [header_key(header) for header in raw.headers]
    return keys.index(header_key(one.column)) if one.column and header_key(one.column) in keys else None


def _chosen_columns(one: QuestionSettings, raw: RawTable) -> list[int]:
    if one.about not in {"column", "key"}:
        return []
    wanted = {choice.rpartition("=")[0] or choice for choice in one.choices}
    return [place for place, header in enumerate(raw.headers) if header in wanted]


def _evidence(one: QuestionSettings, found: Interpretation) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield, for choices of which something speaks, the share of such readings that are right, and why."""
    for choice in one.choices:
        if one.about == "entity":
            yield from _said(choice, [each for each in found.entities if each.meaning == choice], found.entities[:1])
        elif one.about == "column" and "=" in choice:
            header, _, meaning = choice.rpartition("=")
            own = next((column.guesses for column in found.columns if column.header == header), ())
            yield from _said(choice, [each for each in own if each.meaning == meaning], own[:1])
    if one.about in {"day_order", "decimal_sign", "currency"} and (reason := found.locale.reasons.get(one.about)):
        guess = {"day_order": found.locale.day_order, "decimal_sign": found.locale.decimal_sign}.get(
            one.about, found.locale.currency
        )
        if guess in one.choices:
            yield guess, {"share": None, "reason": reason}
    if one.about == "row":
        yield next(iter(one.choices)), {"share": None, "reason": found.row_reason}


def _said(choice: str, guesses: Sequence[Guess], best: Sequence[Guess]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield how sure a choice is; why is known of the best guess only."""
    for guess in guesses[:1]:
        yield choice, {"share": round(guess.probability, 3), "reason": guess.reason if guess in best else ""}
