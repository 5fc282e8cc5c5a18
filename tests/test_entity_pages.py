"""The pages of docs/entities say what the tables say, and the stream that each shows reads a file."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from ruamel.yaml import YAML

from toolkit.audit.pull.streams import stream_of
from toolkit.files.canonical import canonical_stream
from toolkit.files.read import raw_tables
from toolkit.settings.models import StreamSettings
from toolkit.tables import ENTITY_COLUMNS, ENTITY_SCHEMAS, EVENT_COLUMNS
from toolkit.tables.schema import DAY, INSTANT, MINOR

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "entities"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("entity_pages", FOLDER / "write.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES: dict[str, str] = _script().pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_says_what_the_tables_say(name: str) -> None:
    """After a change to the tables, the script writes the pages anew."""
    written = (FOLDER / name).read_text(encoding="utf-8")

    assert written == PAGES[name], "The page is out of date: run 'python docs/entities/write.py'."


def test_every_entity_has_a_page_and_every_page_an_entity() -> None:
    """A consultant finds each kind of record, and none that is gone."""
    assert {path.stem for path in FOLDER.glob("*.md")} == {"README", *ENTITY_SCHEMAS}


@pytest.mark.parametrize("entity", ENTITY_SCHEMAS)
def test_a_page_explains_every_column_and_the_date(entity: str) -> None:
    """Each column that may be filled has a row; the columns that date a record are named where the date is."""
    text = PAGES[f"{entity}.md"]
    [date] = re.findall(r"^\| date \| (.+) \|$", text, flags=re.MULTILINE)

    assert [column for column in ENTITY_COLUMNS[entity] if f"\n| `{column}` | " not in text] == []
    assert [column for column in EVENT_COLUMNS.get(entity, ()) if f"`{column}`" not in date] == []


@pytest.mark.parametrize("entity", ENTITY_SCHEMAS)
def test_the_stream_on_a_page_reads_a_file_with_its_headers(entity: str, tmp_path: Path) -> None:
    """Whoever copies the example into engagement.yaml gets every one of its columns."""
    [example] = re.findall(r"```yaml\n(.+?)```", PAGES[f"{entity}.md"], flags=re.DOTALL)
    [(name, given)] = YAML(typ="safe").load(example).items()
    settings = StreamSettings.model_validate(given)
    types = {column.name: column.type for column in ENTITY_SCHEMAS[entity].columns}
    cells = {DAY: "2026-03-02", INSTANT: "2026-03-02", MINOR: "12.50"}
    row = dict.fromkeys(settings.key, "Pier")
    row |= {field.headers[0]: cells.get(types[column], "Pier") for column, field in settings.fields.items()}
    file = tmp_path / "list.csv"
    file.write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")

    [raw] = raw_tables(file, root=tmp_path)
    [record] = canonical_stream([raw], stream_of(name, settings), system="sheet", currency="USD").table().to_pylist()

    assert [column for column in settings.fields if record[column] is None] == []
    assert {record[column] for column in settings.fields if types[column] == MINOR} <= {1250}
