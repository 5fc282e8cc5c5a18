"""The page of dedupe: plain words first, and client text as text."""

import re
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from toolkit.audit.dedupe.matched_tables import matched_tables
from toolkit.audit.dedupe.records_to_match import records_to_match
from toolkit.match.dedupe import Deduplicated, matched_records
from toolkit.match.review.review_sample import MeasuredMatching
from toolkit.report.blocks import Chart, Paragraph
from toolkit.report.dedupe_page import dedupe_blocks, write_dedupe_page

CUSTOMERS = pa.table(
    {
        "Id": ["1", "2", "3", "4"],
        "Company": ["Brown Bros Inc", "Brown Brothers", "Lakeside Dental", "Lakeside Fitness"],
        "Phone": ["(312) 644-2671", "312-644-2671", "773 201 4410", "773 201 4410"],
        "City": ["Chicago", "Chicago", "Boston", "Boston"],
    }
)


def found_in(table: pa.Table = CUSTOMERS, file: str = "customers.csv") -> Deduplicated:
    """Return what is found in a table."""
    return matched_tables({file: table})


def test_the_first_line_says_what_was_found(tmp_path: Path) -> None:
    """Before any chart, in a client's words."""
    page = write_dedupe_page(tmp_path / "duplicates.html", found_in()).read_text("utf-8")

    lead = re.search(r'<p class="lead">(.*?)</p>', page)
    assert lead is not None
    assert lead.group(1).startswith("1 of the 4 records is a repeat of another: 3 different ones remain.")


def test_every_part_is_on_the_page(tmp_path: Path) -> None:
    """Histogram, thresholds, examples, what waits, related parties, columns, and the model in words."""
    page = write_dedupe_page(tmp_path / "d.html", found_in()).read_text("utf-8")

    titles = ("How sure this is", "Why: examples", "Waiting for a person", "Related, but", "What the columns", "What each")
    assert [title for title in titles if f">{title}" not in page] == []
    assert "Its header speaks of companies." in page
    assert "same number" in page


def test_the_page_may_fetch_nothing(tmp_path: Path) -> None:
    """One file, and a policy that shuts out every other."""
    page = write_dedupe_page(tmp_path / "d.html", found_in()).read_text("utf-8")

    assert not re.findall(r"<(?:script|img|link|iframe)[^>]*\s(?:src|href)=", page)
    assert "default-src 'none'; script-src 'sha256-" in page


def test_what_a_sample_measured_stands_with_its_interval() -> None:
    """Figures that somebody checked go before those that the model expects."""
    measured = MeasuredMatching(0.97, (0.93, 0.99), 0.9, (0.84, 0.95), 150, 2, 0.0)

    blocks = dedupe_blocks(found_in(), measured=measured)

    words = [str(block.pieces[0]) for block in blocks if isinstance(block, Paragraph)]
    assert any("97 % (93 % to 99 %)" in one and "90 % (84 % to 95 %)" in one for one in words)


def test_files_that_hold_no_two_alike_make_a_page(tmp_path: Path) -> None:
    """Nothing found is a result."""
    table = pa.table({"Company": ["Acme", "Zorro"], "Phone": ["312 644 2671", "415 555 2671"]})

    page = write_dedupe_page(tmp_path / "d.html", found_in(table)).read_text("utf-8")

    assert "No record is a duplicate of another: 2 records, all different." in page
    assert "Every pair could be decided." in page


def test_warnings_and_problems_stand_at_the_top(tmp_path: Path) -> None:
    """A told kind that fits nothing, and answers that could not be taken."""
    joint = records_to_match({"c.csv": CUSTOMERS}, kinds={"City": "phone"})
    found = replace(matched_records(joint), problems=("There is no record '9'; its answer was left out.",))

    page = write_dedupe_page(tmp_path / "d.html", found, notes=("2 rows were put aside.",)).read_text("utf-8")

    assert page.count('class="note caution"') == 3


def test_doubts_about_the_fit_stand_at_the_top(tmp_path: Path) -> None:
    """Whoever reads results must know before that they may not be trusted."""
    found = found_in()
    doubtful = replace(found.matching, model=replace(found.matching.model, doubts=("The fit is doubtful.",)))

    page = write_dedupe_page(tmp_path / "d.html", replace(found, matching=doubtful)).read_text("utf-8")

    assert doubtful.warnings == ("The fit is doubtful.",)
    assert page.index("The fit is doubtful.") < page.rindex("How sure this is")


def test_a_pair_that_its_group_joins_names_the_weakest_link() -> None:
    """A few bits of its own would not do; the picture ends at the probability that is stated above it."""
    found = found_in()
    pairs = found.matching.pairs
    place = {name: pairs.column_names.index(name) for name in ("link_l", "link_r")}
    keys = [key if number == 0 else None for number, key in enumerate(pairs["key_l"].to_pylist())]
    joined = pairs.set_column(place["link_l"], "link_l", pa.array(keys, pa.string()))
    joined = joined.set_column(place["link_r"], "link_r", pa.array(keys, pa.string()))

    captions = [
        block.description
        for block in dedupe_blocks(replace(found, matching=replace(found.matching, pairs=joined)))
        if isinstance(block, Chart)
    ]

    assert any("The weakest link of the group between them joins '1' and '1'." in caption for caption in captions)


def test_variants_of_things_are_no_branches() -> None:
    """Two editions of one book have a title in common, and no place: the page and the file say so."""
    subjects = ("Handbook of Joinery", "Atlas of Clouds", "Field Guide to Moths", "History of Locks", "Book of Knots")
    papers = [
        {
            "Id": f"{subject[:3]}{year}",
            "Title": subject,
            "Authors": "Dana Flint, Omar Reyes",
            "Journal": "Craft Letters",
            "Year": year,
        }
        for subject in subjects
        for year in ("1998", "2004", "2011")
    ]
    papers += [
        {
            "Id": f"x{at}",
            "Title": f"Notes on {word} and {other}",
            "Authors": "Ann Vale",
            "Journal": "Tide",
            "Year": f"20{at:02}",
        }
        for at, (word, other) in enumerate(
            (("tides", "salt"), ("ferns", "rain"), ("rust", "iron"), ("bees", "wax"), ("ink", "oak"))
        )
    ]
    found = found_in(pa.Table.from_pylist(papers), "papers.csv")

    words = " ".join(str(block) for block in dedupe_blocks(found))
    reasons = [row["reason"] for row in found.matching.pairs.to_pylist() if row["decision"] == "related"]

    assert reasons
    assert {one.split(".")[0] for one in reasons} <= {
        "Related, not the same: one title, another variant of it",
        "Related, not the same: something in common, another title",
    }
    assert "Variants of one thing share its title" in words
    assert "Sister companies" not in words
