"""Interviews: guides out, answers back into engagement.yaml, each traceable to who said it."""

from pathlib import Path

import openpyxl
import pytest

from tests.command_line import call
from toolkit.audit.engagement import open_engagement
from toolkit.audit.interviews import keep_answers, read_interviews, write_guides
from toolkit.errors import InputError, UnknownNameError

YAML = """\
# Acme.
client: Acme
systems:
  crm: {connector: hubspot, category: crm, owner: Jo}   # ask Jo
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an engagement of one system."""
    (tmp_path / "engagement.yaml").write_text(YAML, "utf-8")
    return tmp_path


def filled(folder: Path, **cells: str) -> Path:
    """Write the guides and fill in the first question of the sheet Sales."""
    write_guides(open_engagement(folder))
    file = folder / "reports" / "interviews" / "interviews.xlsx"
    book = openpyxl.load_workbook(file)
    for column, value in cells.items():
        book["Sales"][f"{column}3"] = value
    book.save(file)
    return file


def test_answers_come_back_with_who_when_and_how_sure(folder: Path) -> None:
    """Every comment of the file stays, and the same workbook changes nothing a second time."""
    file = filled(folder, C="Open Asana, then type", D="Jo", E="2026-10-02", F="High")
    done = call("landscape", "answers", file, folder)
    text = (folder / "engagement.yaml").read_text("utf-8")
    [kept] = open_engagement(folder).settings.answers.values()

    assert done.code == 0
    assert all(line in text for line in YAML.splitlines())
    assert (kept.answer, kept.who, str(kept.on), kept.confidence) == ("Open Asana, then type", "Jo", "2026-10-02", "high")
    assert "Nothing was written." in call("landscape", "answers", file, folder).out


def test_an_answer_is_explained_by_its_name(folder: Path) -> None:
    """What was asked, who said it, and when; a slip of the pen is named."""
    file = filled(folder, C="Type it again", D="Jo", E="2026-10-02", F="low")
    engagement = open_engagement(folder)
    keep_answers(engagement, read_interviews(engagement, file))

    told = call("explain", "answer.sales_won", folder)

    assert "Jo said it on 2026-10-02; how sure: low." in told.out
    assert "A deal is won: what do you do" in told.out
    assert "Did you mean 'sales_won'" in call("explain", "answer.sales_wun", folder).err


def test_what_was_answered_is_not_asked_again(folder: Path) -> None:
    """The next guide is shorter by it."""
    file = filled(folder, C="Type it again", D="Jo", E="2026-10-02", F="low")
    before = len(write_guides_apart(folder, file)["sales"])

    engagement = open_engagement(folder)
    keep_answers(engagement, read_interviews(engagement, folder / "kept.xlsx"))

    assert len(write_guides(open_engagement(folder)).questions["sales"]) == before - 1


def write_guides_apart(folder: Path, file: Path) -> dict[str, tuple[object, ...]]:
    """Move a filled workbook away and write the guides again."""
    file.rename(folder / "kept.xlsx")
    return dict(write_guides(open_engagement(folder)).questions)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"C": "x", "E": "2026-10-02", "F": "low"}, "Sales, row 3: write who said it."),
        ({"C": "x", "D": "Jo", "F": "low"}, "write on which day"),
        ({"C": "x", "D": "Jo", "E": "2026-13-02", "F": "low"}, "write on which day"),
        ({"C": "x", "D": "Jo", "E": "2026-10-02", "F": "quite"}, "how sure is 'quite'"),
        ({"B": " ", "C": "x", "D": "Jo", "E": "2026-10-02", "F": "low"}, "the question is gone"),
    ],
)
def test_an_answer_that_nobody_can_trace_is_not_kept(folder: Path, cells: dict[str, str], says: str) -> None:
    """Its place and what to write is said, and the command ends with code 4."""
    done = call("landscape", "answers", filled(folder, **cells), folder)

    assert done.code == 4
    assert says in done.out
    assert (folder / "engagement.yaml").read_text("utf-8") == YAML


def test_what_somebody_wrote_on_is_not_written_over(folder: Path) -> None:
    """Neither a workbook with answers nor a page with notes."""
    file = filled(folder, C="x", D="Jo", E="2026-10-02", F="low")
    with pytest.raises(InputError, match="holds answers that were not read yet"):
        write_guides(open_engagement(folder))
    file.unlink()
    page = file.with_name("sales.md")
    page.write_text(page.read_text("utf-8") + "Jo: twice a day\n", "utf-8")

    with pytest.raises(InputError, match=r"sales\.md was changed"):
        write_guides(open_engagement(folder))


def test_a_role_or_a_file_that_there_is_not_is_refused(folder: Path) -> None:
    """In words."""
    engagement = open_engagement(folder)
    (folder / "other.csv").write_text("A,B\n1,2\n3,4\n", "utf-8")

    with pytest.raises(UnknownNameError, match="'bookkeeper'"):
        write_guides(engagement, "bookeeper")
    with pytest.raises(InputError, match="There is no file"):
        read_interviews(engagement, folder / "none.xlsx")
    with pytest.raises(InputError, match="no sheet with the columns"):
        read_interviews(engagement, folder / "other.csv")


def test_what_a_client_wrote_is_text_in_the_workbook(tmp_path: Path) -> None:
    """No label becomes a formula or a link."""
    (tmp_path / "engagement.yaml").write_text(
        "client: '=1+1'\nsystems: {crm: {category: crm, label: '=HYPERLINK(\"http://x.example\")', owner: Jo}}\n", "utf-8"
    )
    write_guides(open_engagement(tmp_path))
    book = openpyxl.load_workbook(tmp_path / "reports" / "interviews" / "interviews.xlsx")
    cells = [cell for page in book for row in page.iter_rows() for cell in row]

    assert [cell for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
