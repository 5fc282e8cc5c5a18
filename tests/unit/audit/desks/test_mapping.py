"""Which column of a client's table is which of ours: tried before it is kept, kept without touching another line."""

import contextlib
import csv
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.asked_client import HURT
from tests.unit.audit.client_folders import folder_of, outcome, workbook_of
from toolkit.audit.audited_folder import copied_sample
from toolkit.audit.desks.mapping import FieldsDesk
from toolkit.audit.desks.mapping.saving import stream_changes
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.errors import InputError
from toolkit.settings import GONE, load_settings
from toolkit.widgets.desk import reply

HOURS = "Nr;Datum;Kunde;Betrag;Notiz\n" + "".join(
    f"{100 + n};0{n + 1}.03.2026;Kunde {n};1.{n}00,50;{'offen' if n % 2 else '<b>'}\n" for n in range(8)
)
SETTINGS = f"""\
client: Acme  # the client
currency: EUR
country: DE
unconfirmed: [time_zone, office.log, office.log.number, office.log.statuses, office.other]
systems:
  office:
    connector: table
    streams:
      # kept by hand
      log:
        entity: invoice
        file: ["log*.csv"]
        key: [Nr]   # names a row
        fields:
          number: Nr   # sure
          party_name: Kunde   # probable
          amount_minor: Betrag
        # left out: "Notiz"
people: {{}}  # {HURT}
"""


def office_in(folder: Path) -> Engagement:
    """Return an engagement with a list that the settings describe, one that nobody reads, and a workbook of two sheets."""
    sheets = {"Jobs": [["Job", "Client"], ["J1", "Hill"], ["J2", "Mill"]], "Notes": [["Note", HURT], ["x", "=1+1"]]}
    files: dict[str, str | bytes] = {
        "engagement.yaml": SETTINGS,
        "exports/office/log 1.csv": HOURS,
        "exports/shop/sales.csv": HOURS.replace("Notiz", HURT),
        "exports/shop/jobs.xlsx": workbook_of(sheets),
    }
    return open_engagement(folder_of(folder, files))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Engagement]:
    """Yield such an engagement."""
    engagement = office_in(tmp_path / "acme")
    yield engagement
    engagement.close()


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engagement]:
    """Yield one that no test changes: what is sent to it is refused."""
    engagement = office_in(tmp_path_factory.mktemp("untouched") / "acme")
    yield engagement
    engagement.close()


def ask(desk: FieldsDesk, what: str, /, **given: Any) -> Any:
    return desk.questions()[what](**given)


def opened(engagement: Engagement, file: str = "log 1.csv", reviewer: str = "Dana") -> tuple[FieldsDesk, dict[str, Any]]:
    desk = FieldsDesk(engagement, file, "", reviewer)
    return desk, desk.first()


def text_of(engagement: Engagement) -> str:
    return (engagement.folder / "engagement.yaml").read_text("utf-8")


def column(state: dict[str, Any], name: str) -> dict[str, Any]:
    view = state.get("view", state)
    return next(one for one in view["columns"] if one["column"] == name)


def test_cells_are_shown_as_written_and_as_read(office: Engagement) -> None:
    """The sum in the client's own way of writing, and what is made of it."""
    _, state = opened(office)

    amount = column(state, "amount_minor")

    assert amount["reading"]["samples"][0] == ["1.000,50", "1,000.50 EUR"]
    assert (amount["reading"]["filled"], amount["reading"]["unreadCount"]) == (8, 0)
    assert state["view"]["unmapped"] == ["Datum", "Notiz"]


def test_what_cannot_be_read_is_counted_with_examples(office: Engagement) -> None:
    """A remark is no amount, even where net and tax would give one."""
    desk, state = opened(office)
    fields = {**state["draft"]["fields"], "amount_minor": "Notiz", "net_minor": "Betrag"}

    found = ask(desk, "view", draft={**state["draft"], "fields": fields})

    reading = column(found, "amount_minor")["reading"]
    assert (reading["unreadCount"], sorted(reading["unread"])) == (8, ["<b>", "offen"])


def test_the_way_back_says_what_differs(office: Engagement) -> None:
    """A text comes back as it was; an amount as the same value in another text; a wrong reading would be told."""
    desk, state = opened(office)
    found = ask(desk, "view", draft={**state["draft"], "fields": {**state["draft"]["fields"], "issued_on": "Datum"}})

    said = {name: column(found, name)["reading"] for name in ("number", "amount_minor", "issued_on")}

    assert {name: one["back"] for name, one in said.items()} == {
        "number": "same", "amount_minor": "otherwise", "issued_on": "otherwise"
    }  # fmt: skip
    assert said["amount_minor"]["backWords"] == "the same value, 8 of 8 in another text: '1000.50' for '1.000,50'"
    assert said["issued_on"]["samples"][0] == ["01.03.2026", "2026-03-01"]


def test_a_day_without_a_time_is_shown_as_a_day(office: Engagement) -> None:
    """Midnight in the client's zone stands for it; a time is shown as it is there."""
    text = "Job,Start,Done\nA,2026-03-01,2026-03-01 08:30\nB,2026-03-02,2026-03-02 17:00\n"
    (office.folder / "exports" / "shop" / "work.csv").write_text(text, "utf-8")
    file = office.folder / "engagement.yaml"
    file.write_text(SETTINGS + "time_zone: Europe/Berlin\n", "utf-8")
    desk, _ = opened(office, "work.csv")
    draft = {**ask(desk, "proposed", entity="project")["draft"], "fields": {"started_at": "Start", "completed_at": "Done"}}

    found = ask(desk, "view", draft=draft)

    assert column(found, "started_at")["reading"]["samples"][0] == ["2026-03-01", "2026-03-01"]
    assert column(found, "completed_at")["reading"]["samples"][0][1] == "2026-03-01 08:30 CET"


def test_only_the_lines_that_change_are_written(office: Engagement) -> None:
    """A column is added and one taken out; every comment beside the others stays, and what was looked at is confirmed."""
    desk, state = opened(office)
    fields = {"number": "Nr", "amount_minor": "Betrag", "issued_on": "Datum"}

    after = ask(desk, "save", draft={**state["draft"], "fields": fields}, version=state["version"])

    expected = SETTINGS.replace("          party_name: Kunde   # probable\n", "")
    expected = expected.replace("amount_minor: Betrag\n", "amount_minor: Betrag\n          issued_on: Datum\n")
    expected = expected.replace(
        "unconfirmed: [time_zone, office.log, office.log.number, office.log.statuses, office.other]",
        "unconfirmed: [time_zone, office.log.statuses, office.other]",
    )
    assert text_of(office) == expected
    # Whoever has the engagement open goes on with it.
    assert set(office.settings.systems["office"].streams["log"].fields) == set(fields)
    assert after["by"]["by"] == "Dana"
    assert office.store.logged("field_map")[-1]["stream"] == "office.log"


def test_undo_puts_back_every_character_and_redo_too(office: Engagement) -> None:
    """Both are kept like any decision."""
    desk, state = opened(office)
    changed = ask(desk, "save", draft={**state["draft"], "fields": {"number": "Nr"}}, version=state["version"])
    kept = text_of(office)

    ask(desk, "put_back", version=changed["version"], to=state["version"])
    undone = text_of(office)
    ask(desk, "put_back", version=state["version"], to=changed["version"])

    assert (undone, text_of(office)) == (SETTINGS, kept)
    assert len(office.store.logged("field_map")) == 3


def test_undo_leaves_what_somebody_wrote_elsewhere_since(office: Engagement) -> None:
    """A line of another person stays; the map goes back."""
    desk, state = opened(office)
    changed = ask(desk, "save", draft={**state["draft"], "fields": {"number": "Nr"}}, version=state["version"])
    file = office.folder / "engagement.yaml"
    file.write_text(file.read_text("utf-8") + "handoffs: {}\n", "utf-8")

    back = ask(desk, "put_back", version=changed["version"], to=state["version"])

    assert back["draft"] == state["draft"]
    assert text_of(office).endswith("handoffs: {}\n")


def test_what_somebody_else_has_changed_is_not_overwritten(office: Engagement) -> None:
    """The second to keep a map is refused, and sees the first one's."""
    ann, state = opened(office, reviewer="Ann")
    bob, _ = opened(office, reviewer="Bob")
    ask(ann, "save", draft={**state["draft"], "fields": {"number": "Nr"}}, version=state["version"])

    with pytest.raises(InputError, match="office/log was changed"):
        ask(bob, "save", draft={**state["draft"], "fields": {"party_name": "Kunde"}}, version=state["version"])

    assert ask(bob, "since", text=state["text"])["draft"]["fields"] == {"number": "Nr"}


def test_one_column_is_read_as_one_thing(office: Engagement) -> None:
    """Read twice, it is refused with both names."""
    desk, state = opened(office)
    fields = {**state["draft"]["fields"], "reference": "Nr"}

    with pytest.raises(InputError, match="Column 'Nr' is read as number and as reference"):
        ask(desk, "save", draft={**state["draft"], "fields": fields}, version=state["version"])

    assert text_of(office) == SETTINGS


def test_a_key_that_names_several_rows_is_refused_with_how_many(office: Engagement) -> None:
    """Rows that were sent twice are no conflict; different rows of one key are."""
    file = office.folder / "exports" / "office" / "log 1.csv"
    file.write_text(HOURS + HOURS.splitlines()[1] + "\n" + "101;05.03.2026;Other;7,00;x\n", "utf-8")
    desk, state = opened(office)

    [conflict] = state["view"]["conflicts"]
    assert conflict.startswith("Nr does not name one row each: 1 key stands in 2 different rows ('101'). Add a column")
    with pytest.raises(InputError, match="1 key stands in 2 different rows"):
        ask(desk, "save", draft={**state["draft"], "fields": {"number": "Nr"}}, version=state["version"])
    ask(desk, "save", draft={**state["draft"], "key": ["Nr", "Kunde"]}, version=state["version"])

    assert load_settings(office.folder / "engagement.yaml").settings.systems["office"].streams["log"].key == ("Nr", "Kunde")


def test_the_preview_counts_rows_before_and_after(office: Engagement) -> None:
    """Of a table that nobody reads yet: none now, all with the map; nothing is written."""
    desk, state = opened(office, "sales.csv")

    found = ask(desk, "preview", draft=state["draft"])

    assert (found["now"]["kept"], found["after"]["kept"], found["after"]["rows"]) == (0, 8, 8)
    assert found["after"]["sums"] == ["10,804.00 EUR"]
    assert text_of(office) == SETTINGS


def test_a_new_table_is_kept_as_a_stream_that_the_next_pull_reads(office: Engagement) -> None:
    """Its hostile header is a header like any other."""
    desk, state = opened(office, "sales.csv")
    draft = {**state["draft"], "stream": "sales", "fields": {**state["draft"]["fields"], "description": HURT}}

    ask(desk, "save", draft=draft, version=state["version"])
    office.close()
    streams = outcome(office.folder).streams

    assert streams["shop/sales"] == 8
    assert "shop" in text_of(office)


def test_taking_back_a_new_stream_takes_its_system_along(office: Engagement) -> None:
    """As if nothing had been."""
    desk, state = opened(office, "sales.csv")
    kept = ask(desk, "save", draft=state["draft"], version="")

    ask(desk, "put_back", version=kept["version"], to="")

    assert text_of(office) == SETTINGS
    assert stream_changes({"systems": {"shop": {"streams": {"a": {}, "b": {}}}}}, "shop", "a", None) == {
        ("systems", "shop", "streams", "a"): GONE
    }


def test_another_kind_of_list_gives_another_map(office: Engagement) -> None:
    """Of an invoice the customer's name is its customer; of a party it is the name."""
    desk, _ = opened(office, "sales.csv")

    found = ask(desk, "proposed", entity="party")

    assert found["draft"]["entity"] == "party"
    assert found["draft"]["fields"].get("name") == "Kunde"


def test_lines_of_documents_have_columns_of_their_own(office: Engagement) -> None:
    """Where a row is a line, its quantity and text are mapped beside the document's number; documents are counted."""
    lines = "No,Item,Qty,Price\n1,Chair,2,10.00\n1,Desk,1,90.00\n2,Lamp,3,7.50\n"
    (office.folder / "exports" / "shop" / "lines.csv").write_text(lines, "utf-8")
    desk, state = opened(office, "lines.csv")
    draft = {
        **state["draft"], "stream": "lines", "entity": "invoice", "row": "line of a document", "total": "adds_up",
        "key": ["No"], "fields": {"number": "No", "amount_minor": {"column": "Price", "times": "Qty"}},
        "lines": {"description": "Item", "quantity": "Qty"},
    }  # fmt: skip

    found = ask(desk, "view", draft=draft)
    preview = ask(desk, "preview", draft=draft)

    assert column(found, "lines.quantity")["reading"]["samples"][0] == ["2", "2"]
    assert (preview["after"]["kept"], preview["after"]["sums"], preview["conflicts"]) == (2, ["132.50 EUR"], [])


def test_each_table_of_a_file_can_be_opened(office: Engagement) -> None:
    """The sheets of a workbook, and none that is not there."""
    desk, state = opened(office, "jobs.xlsx")

    other = ask(desk, "open", part="Notes")

    assert (state["parts"], other["part"]) == (["Jobs", "Notes"], "Notes")
    with pytest.raises(InputError, match="no such table"):
        ask(desk, "open", part="../../etc/passwd")


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("../engagement.yaml", "There is no file or stream"), ("nothing.csv", "There is no file or stream"),
        ("/etc/passwd", "There is no file or stream"), ("office/nothing", "There is no file or stream"),
    ],
)  # fmt: skip
def test_only_what_the_client_sent_is_opened(untouched: Engagement, file: str, message: str) -> None:
    """No path leads out of the engagement."""
    with pytest.raises(InputError, match=message):
        FieldsDesk(untouched, file, "", "Dana")


def test_a_stream_is_named_as_the_pull_named_it(office: Engagement) -> None:
    """What was read from a file opens by its system and stream."""
    outcome(office.folder)

    _, state = opened(office, "office/log")

    assert state["file"] == "exports/office/log 1.csv"


def test_without_settings_the_first_step_is_said(tmp_path: Path) -> None:
    """A map is kept in engagement.yaml: a pull writes one."""
    engagement = open_engagement(folder_of(tmp_path / "new", {"exports/log.csv": HOURS}))

    with pytest.raises(InputError, match=r"There is no engagement.yaml yet.*pull_snapshots"):
        FieldsDesk(engagement, "log.csv", "", "Dana")


def test_a_list_that_is_left_out_says_so(office: Engagement) -> None:
    """A map would change nothing: the way out is named."""
    file = office.folder / "engagement.yaml"
    file.write_text(SETTINGS + "leave_out: ['sales*.csv']\n", "utf-8")

    with pytest.raises(InputError, match="left out"):
        FieldsDesk(office, "sales.csv", "", "Dana")


GOOD = {"system": "office", "stream": "log", "entity": "invoice", "key": ["Nr"], "fields": {"number": "Nr"}}


@pytest.mark.parametrize(
    "draft",
    [
        None, [], "x", {}, {**GOOD, "entity": "spaceship"}, {**GOOD, "entity": ["party"]}, {**GOOD, "row": "heap"},
        {**GOOD, "fields": {"raw": "Nr"}}, {**GOOD, "fields": {"number": {"column": "Nr", "run": "rm"}}},
        {**GOOD, "fields": {"number": 7}}, {**GOOD, "fields": {"number": "N\0r"}}, {**GOOD, "fields": []},
        {**GOOD, "key": "Nr"}, {**GOOD, "key": [["Nr"]]}, {**GOOD, "key": ["Nr"] * 9}, {**GOOD, "system": "../x"},
        {**GOOD, "stream": "other"}, {**GOOD, "fields": {"number": "Not there"}}, {**GOOD, "key": ["Not there"]},
        {**GOOD, "fields": {}}, {**GOOD, "lines": {"no_such": "Nr"}}, {**GOOD, "fields": {"number": {}}},
        {**GOOD, "row": []}, {**GOOD, "total": {}}, {**GOOD, "fields": {"number": {"column": "Nr", "form": "odd"}}},
    ],
)  # fmt: skip
def test_what_is_no_map_is_refused_in_a_sentence(untouched: Engagement, draft: Any) -> None:
    """A page may send anything; the file is left as it was."""
    desk, state = opened(untouched)

    said = reply(desk, {"id": 1, "ask": "save", "given": {"draft": draft, "version": state["version"]}})

    assert said is not None
    assert "fault of ours" not in said["refused"]
    assert text_of(untouched) == SETTINGS


@pytest.mark.parametrize("name", ["Shop 7", "", "-x", "a" * 80, "no:yaml", HURT])
def test_a_name_that_no_system_may_have_is_refused(untouched: Engagement, name: str) -> None:
    """Names stand in keys and folders."""
    desk, state = opened(untouched, "sales.csv")

    with pytest.raises(InputError, match="is no name: small letters"):
        ask(desk, "save", draft={**state["draft"], "system": name}, version="")

    assert text_of(untouched) == SETTINGS


def test_a_vendors_export_needs_no_map(tmp_path: Path) -> None:
    """Its columns are known: they are shown, and nothing is kept."""
    folder = copied_sample(tmp_path / "client")
    engagement = open_engagement(folder)
    file = next(path for path in sorted(folder.rglob("*ontacts*.csv")))
    desk = FieldsDesk(engagement, file.relative_to(folder).as_posix(), "", "Dana")

    state = desk.first()

    assert (state["isRead"], state["view"]["conflicts"]) == ("vendor", [])
    assert any(one["reading"] and one["reading"]["samples"] for one in state["view"]["columns"])
    with pytest.raises(InputError, match="Nothing is to be mapped"):
        ask(desk, "save", draft=state["draft"], version=state["version"])


def test_the_still_picture_says_what_is_mapped_and_runs_nothing(office: Engagement) -> None:
    """Columns, samples and what stays in raw; client text stays text."""
    desk, _ = opened(office, "sales.csv")

    picture = desk.still()

    assert "is proposed, not kept yet" in picture
    assert "1.000,50 → 1,000.50 EUR" in picture
    assert HURT not in picture


def test_two_people_keep_different_maps_at_once_and_lose_neither(office: Engagement) -> None:
    """Each in a kernel of its own; both wait for their turn."""
    failed: list[BaseException] = []

    def keep(file: str, fields: dict[str, str]) -> None:
        engagement = open_engagement(office.folder)
        try:
            desk = FieldsDesk(engagement, file, "", "Ann", patience_s=60)
            state = desk.first()
            ask(desk, "save", draft={**state["draft"], "fields": fields}, version=state["version"])
        except BaseException as error:  # noqa: BLE001 - a thread's failure is the test's
            failed.append(error)
        finally:
            engagement.close()

    sides = (("log 1.csv", {"number": "Nr"}), ("sales.csv", {"number": "Nr", "party_name": "Kunde"}))
    threads = [threading.Thread(target=keep, args=one) for one in sides]
    for one in threads:
        one.start()
    for one in threads:
        one.join(120)

    systems = load_settings(office.folder / "engagement.yaml").settings.systems
    assert failed == []
    assert set(systems["office"].streams["log"].fields) == {"number"}
    assert [set(one.fields) for one in systems["shop"].streams.values()] == [{"number", "party_name"}]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("wide.csv", ",".join(f"c{n}" for n in range(300)) + "\n" + (",".join("1" for _ in range(300)) + "\n") * 3),
        ("same.csv", "A,A,,A|B\n" + "1,2,3,4\n5,6,7,8\n"),
        ("odd.csv", "\ufeffName\u202e,=cmd|'/c calc'!A1,<script>,a: b # {c}\nx,1,2,3\ny,4,5,6\n"),
        ("long.csv", "Name," + "h" * 900 + "\n" + "v" * 5000 + ",1\nw,2\n"),
        ("blank.csv", "Name,Note\n ,\n,  \nx,\n"),
    ],
)
def test_odd_tables_open_and_are_kept(office: Engagement, name: str, content: str) -> None:
    """Headers that repeat, are empty, or look like formulas, markup and YAML are kept and read back as such."""
    (office.folder / "exports" / "shop" / name).write_text(content, "utf-8")
    desk, state = opened(office, name)
    headers = [one["header"] for one in state["table"]["columns"]]
    entity = ask(desk, "proposed", entity="party")["draft"]
    draft = {
        **entity,
        "stream": "odd",
        "key": [],
        "fields": dict(zip(("name", "phone", "email", "city"), headers, strict=False)),
    }

    ask(desk, "save", draft=draft, version="")

    kept = load_settings(office.folder / "engagement.yaml").settings.systems["shop"].streams["odd"]
    assert {column: one.headers for column, one in kept.fields.items()} == {k: (v,) for k, v in draft["fields"].items()}


def test_of_a_long_table_it_is_said_that_the_first_rows_were_looked_at(office: Engagement) -> None:
    """The page shows what holds for those; what is checked before keeping is the whole table."""
    rows = "".join(f"{n},Client {n}\n" for n in range(20_010))
    text = f"Customer no,Customer name\n{rows}20009,Another\n"
    (office.folder / "exports" / "shop" / "long.csv").write_text(text, "utf-8")
    desk, state = opened(office, "long.csv")
    draft = {**ask(desk, "proposed", entity="party")["draft"], "key": ["Customer no"], "fields": {"name": "Customer name"}}

    found = ask(desk, "view", draft=draft)

    assert (found["seen"], state["table"]["rows"], found["conflicts"]) == (20_000, 20_011, [])
    with pytest.raises(InputError, match="1 key stands in 2 different rows"):
        ask(desk, "save", draft=draft, version="")


def test_every_odd_input_that_was_collected_opens(shared_dir: Path, tmp_path: Path) -> None:
    """Each table of the collected cases is shown with what would be read of it, or refused in a sentence."""
    kinds = {".csv", ".tsv", ".xlsx", ".json", ".ofx", ".xls", ".txt"}
    files = [
        one
        for one in sorted((shared_dir / "cases").rglob("*"))
        if one.suffix.lower() in kinds and one.name != "expected.txt"
    ]
    engagement = open_engagement(folder_of(tmp_path / "acme", {"engagement.yaml": "client: A\nsystems: {}\n"}))
    (tmp_path / "acme" / "exports").mkdir(exist_ok=True)
    opened_count = 0
    for one in files[::4]:
        place = tmp_path / "acme" / "exports" / one.name
        shutil.copy(one, place)
        # What is no table says so in a sentence, and nothing else is raised.
        with contextlib.suppress(InputError):
            desk = FieldsDesk(engagement, place.name, "", "Dana")
            assert json.dumps(desk.first())
            assert desk.still()
            opened_count += 1
        place.unlink()
    engagement.close()

    assert opened_count > len(files[::4]) / 2


def test_headers_of_real_tables_get_a_map(shared_dir: Path, tmp_path: Path) -> None:
    """Of real headers in many languages, most telling columns are offered, and none of those comes back changed."""
    lines = (shared_dir / "data" / "tables" / "dev.jsonl").read_text("utf-8").splitlines()[::12]
    engagement = open_engagement(folder_of(tmp_path / "acme", {"engagement.yaml": "client: A\nsystems: {}\n"}))
    mapped = 0
    for place, line in enumerate(lines):
        columns = json.loads(line)["columns"]
        headers = [one["header"] for one in columns]
        rows = zip(*((one["example_shape"] * 6)[:6] for one in columns), strict=True)
        with (folder_of(tmp_path / "acme", {}) / f"table {place}.csv").open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([headers, *rows])
        state = FieldsDesk(engagement, f"table {place}.csv", "", "Dana").first()
        mapped += sum(one["source"] is not None for one in state["view"]["columns"])
        offered = [one for one in state["view"]["columns"] if one["source"] is not None]
        assert not [one for one in offered if one["reading"] and one["reading"]["back"] == "lost"]
    engagement.close()

    assert mapped > 3 * len(lines)
