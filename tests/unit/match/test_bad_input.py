"""Matching of tables that no one would wish for: a result or a clear refusal, soon, and nothing made up."""

import json
import random
import uuid
from collections import Counter

import pandas as pd
import pyarrow as pa
import pytest

from toolkit.audit.dedupe.matched_tables import matched_tables
from toolkit.errors import TableError
from toolkit.match.parties import Matching, matched_parties
from toolkit.match.records.joint_records import joint_records

_SYLLABLES = ("ba", "ke", "mo", "tu", "ri", "sel", "dar", "fon", "gil", "nup", "lor", "vex", "zan", "hob", "pim", "wic")


def company_names(count: int, seed: int = 7) -> list[str]:
    """Return names of companies without a word in common."""
    generator = random.Random(seed)
    heads = ["".join(generator.choices(_SYLLABLES, k=5)).title() for _ in range(2 * count)]
    return [f"{one} {other} Ltd" for one, other in zip(heads[::2], heads[1::2], strict=True)]


def companies(names: list[str], **columns: list[str | None]) -> pa.Table:
    """Return a table of companies."""
    keys = [f"crm/c/{number:06}" for number in range(len(names))]
    texts = {column: pa.array(cells, pa.string()) for column, cells in columns.items()}
    kinds = columns.get("kind") or ["company"] * len(names)
    return pa.table({"record_key": keys, "system": ["crm"] * len(names), "kind": kinds, "name": names, **texts})


def sizes(found: Matching) -> list[int]:
    """Return the sizes of clusters, the largest first."""
    return sorted(Counter(found.clusters["cluster_id"].to_pylist()).values(), reverse=True)


def test_two_records_are_compared() -> None:
    """A file of two rows can hold a duplicate."""
    table = pa.table({"Company": ["Acme Widgets Ltd", "ACME Widgets"], "Phone": ["312 644 2671", "312-644-2671"]})

    assert matched_tables(table).parties_count == 1


@pytest.mark.parametrize("count", [2, 1_000, 100_000])
def test_a_list_of_one_company_is_one_company(count: int) -> None:
    """How often a row is repeated does not change what it says."""
    assert sizes(matched_parties(companies(["Acme Widgets Ltd"] * count))) == [count]


def test_one_name_at_a_thousand_telephones_is_not_one_company() -> None:
    """A chain's shops bear one name; nothing says that any two of them are one record written twice."""
    # No number is another with two digits swapped, which might well be one record written twice.
    phones: list[str | None] = [f"{312 + number // 2} {200 + number // 3} {1_000 + 9 * number}" for number in range(1_000)]

    assert sizes(matched_parties(companies(["Acme Widgets Ltd"] * 1_000, phone=phones)))[0] == 1


def test_persons_with_a_common_name_and_a_town_stay_apart() -> None:
    """Two persons named John Smith in one town may be two."""
    towns: list[str | None] = [f"{_SYLLABLES[number % 16].title()}ton" for number in range(2_000)]
    kinds: list[str | None] = ["person"] * 2_000

    assert sizes(matched_parties(companies(["John Smith"] * 2_000, city=towns, kind=kinds)))[0] == 1


def test_a_switchboard_and_an_office_mailbox_join_nobody() -> None:
    """A third of all records share a telephone number, a third a mailbox, and are different companies."""
    names = company_names(3_000)
    phones: list[str | None] = [
        "312 644 2671" if n % 3 == 0 else f"415 {200 + n // 100} {37 * n % 10_000:04}" for n in range(3_000)
    ]
    mails: list[str | None] = ["info@group.example" if n % 3 == 1 else f"info@own{n}.example" for n in range(3_000)]

    assert sizes(matched_parties(companies(names, phone=phones, email=mails)))[0] == 1


def test_tenants_of_one_tower_stay_apart() -> None:
    """One address that every record shares is no evidence."""
    names = company_names(2_000)
    address: dict[str, list[str | None]] = {"street": ["12 Oak Street"] * 2_000, "postcode": ["60612"] * 2_000}

    assert sizes(matched_parties(companies(names, **address)))[0] == 1


def test_a_record_that_resembles_everything_joins_nothing() -> None:
    """Records of which each word is in another name, and a hub that holds all words."""
    words = ["".join(random.Random(number).choices(_SYLLABLES, k=3)) for number in range(40)]
    generator = random.Random(3)
    names = [" ".join(generator.sample(words, 3)).title() for _ in range(1_000)]
    names = [*dict.fromkeys(names), " ".join(words).title()]
    phones: list[str | None] = [f"415 {200 + n // 100} {37 * n % 10_000:04}" for n in range(len(names) - 1)]

    assert sizes(matched_parties(companies(names, phone=[*phones, None])))[0] <= 2


def test_a_chain_of_shared_contacts_makes_no_giant() -> None:
    """Each record shares a telephone with the next and a mailbox with the one before; they bear different names."""
    phones: list[str | None] = [f"415 {200 + n // 200} {37 * (n // 2) % 10_000:04}" for n in range(1_000)]
    mails: list[str | None] = [f"info@own{(n + 1) // 2}.example" for n in range(1_000)]

    assert sizes(matched_parties(companies(company_names(1_000), phone=phones, email=mails)))[0] <= 2


def test_fillers_that_thousands_share_count_as_missing() -> None:
    """123456789 and noemail@… are what people type to get past a form; a mere pair of equal names says more."""
    names = company_names(600)
    fillers: dict[str, list[str | None]] = {
        "phone": ["123456789"] * 300 + [None] * 300,
        "email": [None] * 300 + ["noemail@acme.example"] * 300,
    }

    found = matched_parties(companies(names, **fillers))

    assert sizes(found)[0] == 1
    assert {fact.label for fact in found.model.facts} == {"company name"}


def test_a_frequent_postcode_of_few_digits_is_a_place() -> None:
    """60606 is the middle of Chicago."""
    found = matched_parties(companies(company_names(60), postcode=["60606"] * 60))

    assert "location" in {fact.label for fact in found.model.facts}


def test_scripts_of_the_world_are_compared_by_their_sound() -> None:
    """What two systems wrote in one script is one; an unlike name in another script is another."""
    names = [
        "Газпром Нефть",
        "ГАЗПРОМ НЕФТЬ",
        "Ελληνικά Πετρέλαια",
        "東京電力株式会社",
        "東京電力",
        "شركة الاتصالات",
        "🦊🚀",
        "🚀",
    ]
    rows = pa.table({"Company": names, "No": [str(number) for number in range(len(names))]})

    cluster = matched_tables(rows, id_columns=("No",)).clusters["cluster_id"].to_pylist()

    assert cluster[0] == cluster[1]
    assert len({cluster[0], cluster[2], cluster[3], cluster[5], cluster[6], cluster[7]}) == 6


def test_half_a_character_from_a_frame_is_replaced() -> None:
    """Lone surrogates come out of files read with errors ignored; Arrow holds none."""
    frame = pd.DataFrame({"Company": ["Acme \ud800 Widgets", "Acme\x00 Widgets Ltd", "Zorro"]}, dtype=object)

    assert matched_tables(frame).records_count == 3


def test_cells_of_ten_kilobytes_are_cut() -> None:
    """Only the beginning of a cell is compared."""
    long = [f"{name} {'of many words ' * 700}" for name in company_names(60)]

    found = matched_parties(companies([*long, f"{long[0]} and more"]))

    assert sizes(found)[:2] == [2, 1]


def test_ids_that_repeat_are_refused_and_named() -> None:
    """Nobody could say which record an id means."""
    with pytest.raises(TableError, match="2 ids occur more than once \\('7', '9'\\)"):
        joint_records({"c.csv": pa.table({"No": ["7", "7", "8", "9", "9"], "Company": list("abcde")})}, id_columns=("No",))


def test_rows_without_a_word_match_nothing() -> None:
    """One name among empty rows is one record."""
    table = pa.table({"No": ["1", "2", "3"], "Company": ["Acme", None, ""], "Phone": [None, "-", "n/a"]})

    assert matched_tables(table).parties_count == 3


def test_a_file_of_three_hundred_columns_is_no_feast() -> None:
    """The first names the rows, twenty more of unknown words are compared; the others say that they can be named."""
    columns = {f"col {number}": [f"word{number} x{row}" for row in range(30)] for number in range(300)}
    table = pa.table({"Id": list(map(str, range(30))), **columns})

    kinds = matched_tables(table).kinds

    assert Counter(kind for kind, _ in kinds.values()) == {"title": 1, "text": 20, "none": 280}
    assert kinds["col 299"][1].endswith("name it to have it compared.")


def test_json_constants_and_noise_decide_nothing() -> None:
    """Beside a name such columns tell nobody from another."""
    generator = random.Random(2)
    table = pa.table(
        {
            "Company": [f"Kelmor {syllable} Ltd" for syllable in _SYLLABLES for _ in range(2)],
            "payload": [json.dumps({"tags": [1, 2], "n": number}) for number in range(32)],
            "Status": ["active"] * 32,
            "thing": [str(uuid.UUID(int=generator.getrandbits(128))) for _ in range(32)],
        }
    )

    found = matched_tables(table)

    assert {column for column, (kind, _) in found.kinds.items() if kind == "none"} == {"payload", "Status", "thing"}
    assert found.parties_count == 16


def test_the_order_of_rows_changes_nothing() -> None:
    """Neither clusters nor probabilities depend on it, and a second run gives the same."""
    names = company_names(200)
    doubled = [*names, *(name.upper().replace("LTD", "Limited") for name in names[:80])]
    phones: list[str | None] = [f"415 555 {37 * (n % 200) % 10_000:04}" for n in range(280)]
    table = companies(doubled, phone=phones)
    order = random.Random(5).sample(range(280), 280)

    first, shuffled, again = (matched_parties(one) for one in (table, table.take(order), table))

    assert first.pairs.equals(shuffled.pairs)
    assert first.clusters.equals(shuffled.clusters)
    assert first.pairs.equals(again.pairs)
    assert first.clusters.equals(again.clusters)
