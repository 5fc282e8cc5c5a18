"""What every semantic type keeps: each file of the folder, and the worked example of the documents."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from toolkit import discovery
from toolkit.interpret import column_scores, header_words, types
from toolkit.interpret.column_scores import entity_kinds, semantic_types
from toolkit.interpret.concepts import CONCEPTS
from toolkit.interpret.entity_kind import EntityKind
from toolkit.interpret.given_table import GivenTable
from toolkit.interpret.interpretation import Interpretation
from toolkit.interpret.languages import english
from toolkit.interpret.observed import LOOKS
from toolkit.interpret.reading import interpretation
from toolkit.interpret.semantic_type import SemanticType

PAGE = Path(__file__).resolve().parents[2] / "docs" / "adding-a-semantic-type.md"

EVERY = pytest.mark.parametrize("kind", semantic_types(), ids=lambda kind: kind.meaning)

VALUES = {
    "email": ["jo@acme.example", "ann@birch.example", "li@cedar.example", "max@dune.example", "eva@elm.example"],
    "phone": ["+1 312 644 2671", "+1 312 644 2672", "+44 20 7946 0018", "+44 20 7946 0019", "+49 30 123456"],
    "date": ["2026-03-01", "2026-03-04", "2026-03-09", "2026-03-17", "2026-03-22"],
    "time": ["08:15", "09:00", "10:45", "13:30", "17:05"],
    "number": ["120.50", "89.00", "1300.25", "77.10", "410.00"],
    "percent": ["10 %", "25 %", "50 %", "75 %", "90 %"],
    "currency": ["EUR", "USD", "EUR", "GBP", "USD"],
    "country": ["Germany", "France", "Spain", "Italy", "Norway"],
    "postcode": ["LS1 4AP", "SW1A 1AA", "M1 1AE", "EH1 1YZ", "CF10 1EP"],
    "url": ["https://acme.example", "https://birch.example", "https://cedar.example", "https://dune.example"],
    "iban": ["DE89370400440532013000", "GB29NWBK60161331926819", "FR1420041010050500013M02606"],
    "tax_id": ["DE136695976", "DE811128135", "DE129273398", "DE143593636"],
    "street": ["12 High Street", "4 Oak Avenue", "77 Mill Lane", "1 Station Road", "9 Church Street"],
    "city": ["Leeds", "Berlin", "Lyon", "Oslo", "Torino"],
    "flag": ["yes", "no", "yes", "no", "yes"],
    "given_name": ["Anna", "Robert", "Maria", "Thomas", "Laura"],
    "family_name": ["Schmidt", "Roberts", "Rossi", "Berg", "Nguyen"],
    "words": ["walnut", "copper", "linen", "granite", "velvet"],
    "whole_number": ["3", "12", "7", "40", "25"],
    "id_code": ["AB-1001", "AB-1002", "AB-1003", "AB-1004", "AB-1005"],
}  # fmt: skip
"""Values of each kind, by look; what has no such look has words."""


def best_sign(kind: SemanticType) -> tuple[frozenset[str], frozenset[str]]:
    """Return the sign of most weight: the notions of the header, and those asked for in other headers."""
    here, there, _ = max(kind.parsed, key=lambda one: one[2])
    return here, there


def word_for(notion: str) -> str:
    """Return the first English word of a notion."""
    return english.WORDS[notion].split(",")[0].strip()


def table_of(kind: SemanticType, entity: EntityKind) -> GivenTable:
    """Return a table of one column whose header is the type's best sign and whose values fit it."""
    here, there = best_sign(kind)
    noun = next((one for one in entity.nouns if one in english.WORDS), entity.nouns[0] if entity.nouns else "number")
    header = " ".join(word_for(noun if one == "own" else one) for one in sorted(here))
    look = next((one for one in kind.looks if one in VALUES), "words")
    values = VALUES[look]
    others = {word_for(one): [f"{one} {number}" for number in range(len(values))] for one in there}
    columns = {header: values, **others}
    return GivenTable(tuple(columns), tuple(pa.chunked_array([cells]) for cells in columns.values()), len(values))


@EVERY
def test_signs_name_notions_that_exist(kind: SemanticType) -> None:
    """A sign with a notion nobody knows would never speak; ``own`` is the entity's noun."""
    named = {notion for here, there, _ in kind.parsed for notion in here | there}

    assert kind.signs
    assert named <= {*CONCEPTS, "own"}
    assert all(here for here, _, _ in kind.parsed)


@EVERY
def test_looks_are_kinds_of_values_that_are_tested(kind: SemanticType) -> None:
    """No value could ever look like a kind that nobody tests; none speaks for and against."""
    assert {*kind.looks, *kind.unlike} <= set(LOOKS)
    assert not {*kind.looks} & {*kind.unlike}
    assert kind.looks_like in {"", "money", "date", "name", "id"}


@EVERY
def test_every_type_says_what_it_is(kind: SemanticType) -> None:
    """The file is called after the meaning, its first line and its label tell a person what that is."""
    module = sys.modules[f"toolkit.interpret.types.{kind.meaning}"]

    assert module.__doc__ is not None
    assert module.__doc__.strip().endswith(".")
    assert kind.label
    assert kind.label == kind.label.strip()


def test_no_two_types_have_one_meaning_or_one_label() -> None:
    """Otherwise a person could not tell them apart, and neither could the settings."""
    for counts in (Counter(one.meaning for one in semantic_types()), Counter(one.label for one in semantic_types())):
        assert max(counts.values()) == 1


@EVERY
def test_the_best_sign_with_fitting_values_is_understood_in_some_entity(kind: SemanticType) -> None:
    """A type that loses even then is there for nothing."""
    read = [
        interpretation(table_of(kind, entity), entity=entity.entity).columns[0].meaning
        for entity in entity_kinds()
        if kind.meaning not in entity.cannot
    ]

    assert kind.meaning in read


def test_a_table_without_columns_passes_through() -> None:
    """Nothing is found, nothing is sure, nothing breaks."""
    found = interpretation(GivenTable((), (), 0))

    assert (found.columns, found.key, found.entity_certainty) == ((), (), "doubtful")


def test_a_table_without_headers_or_rows_passes_through() -> None:
    """Columns without a name and without a value are shown by their place."""
    found = interpretation(GivenTable(("", ""), (pa.chunked_array([[]], pa.string()),) * 2, 0))

    assert [one.header for one in found.columns] == ["column 1", "column 2"]
    assert {one.used_as for one in found.columns} == {"none"}


def block(name: str) -> str:
    """Return the block of the page that begins with that file's name."""
    [found] = re.findall(rf"```python\n# {re.escape(name)}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


def _forget() -> None:
    discovery._found.cache_clear()
    for module in (column_scores, header_words):
        for one in vars(module).values():
            if hasattr(one, "cache_clear"):
                one.cache_clear()
    for one in (sys.modules["toolkit.interpret.assignment"]._again,):
        one.cache_clear()


@pytest.fixture
def with_example(tmp_path: Path) -> Iterator[None]:
    """Let the example take part, as a file in the folder would, and its word in a language."""
    (tmp_path / "insured_for.py").write_text(block("toolkit/interpret/types/insured_for.py"), encoding="utf-8")
    words: dict[str, str] = {}
    exec(compile(block("toolkit/interpret/languages/english.py"), str(PAGE), "exec"), {"WORDS": words})
    notions: dict[str, str] = {}
    exec(compile(block("toolkit/interpret/concepts.py"), str(PAGE), "exec"), {"CONCEPTS": notions})
    types.__path__.append(str(tmp_path))
    CONCEPTS.update(notions)
    english.WORDS.update(words)
    _forget()
    yield
    types.__path__.remove(str(tmp_path))
    sys.modules.pop("toolkit.interpret.types.insured_for", None)
    for notion in notions:
        del CONCEPTS[notion]
        del english.WORDS[notion]
    _forget()


def fleet() -> Interpretation:
    """Return what the list of the page is taken for."""
    [text] = re.findall(r"```csv\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    headers, *rows = [line.split(",") for line in text.strip().split("\n")]
    columns = tuple(pa.chunked_array([list(cells)]) for cells in zip(*rows, strict=True))
    return interpretation(GivenTable(tuple(headers), columns, len(rows)))


@pytest.mark.usefixtures("with_example")
def test_the_example_of_the_page_takes_part_by_being_there() -> None:
    """One file and one word: the column is understood, and says why."""
    [column] = [one for one in fleet().columns if one.header == "Sum insured"]

    assert (column.meaning, column.used_as) == ("insured_for", "insured_for")
    assert "its header says insured" in column.reason


@pytest.mark.usefixtures("with_example")
def test_the_example_of_the_page_keeps_the_contract() -> None:
    """What is asked of every type is asked of the example."""
    [kind] = [one for one in semantic_types() if one.meaning == "insured_for"]

    test_signs_name_notions_that_exist(kind)
    test_looks_are_kinds_of_values_that_are_tested(kind)
    test_every_type_says_what_it_is(kind)


def test_without_the_file_the_column_means_something_else() -> None:
    """Nothing of the example stays behind."""
    [column] = [one for one in fleet().columns if one.header == "Sum insured"]

    assert column.meaning != "insured_for"
