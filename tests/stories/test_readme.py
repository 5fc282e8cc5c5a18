"""What the README shows works as it stands there."""

import re
from pathlib import Path

import pytest

from toolkit.audit.audited_folder import Audit
from toolkit.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [README, *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md")))]


def test_the_python_of_the_readme_runs(harbor_pine: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The four verbs work on the demo's folder, copied and pasted."""
    [block] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    monkeypatch.chdir(harbor_pine.engagement.folder.parent)

    found: dict[str, object] = {}
    exec(compile(block, "README.md", "exec"), found)

    assert repr(found["here"]).startswith("Engagement('Harbor & Pine'")


def test_the_readme_shows_what_the_demo_prints(harbor_pine: Audit) -> None:
    """The expected output is the real one."""
    from toolkit.cli.audit import lines

    [block] = re.findall(r"```text\n(.*?)```", README, re.DOTALL)

    assert lines(harbor_pine)[0] == block.splitlines()[0]


def test_the_walk_of_a_figure_ends_where_the_sample_client_s_does(harbor_pine: Audit) -> None:
    """What the page on architecture shows of ``explain`` is what a reader gets who types it."""
    from toolkit import explain

    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    [block] = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    command, *shown = block.splitlines()
    told = explain(harbor_pine.engagement, command.split()[3]).lines(1)

    # Which id its cluster got is not the point of the page.
    assert [re.sub(r"cluster_id=\S+", "cluster_id=…", line) for line in told] == shown


def test_every_command_line_in_the_documents_exists() -> None:
    """No page shows a command that the command line does not know."""
    commands = [one for one in app().registered_commands if one.callback]
    known = {one.name or str(one.callback and one.callback.__name__).replace("_", "-") for one in commands}
    known |= {str(group.name or group.typer_instance.info.name) for group in app().registered_groups if group.typer_instance}
    shown = {name for page in PAGES for name in re.findall(r"integration-audit ([a-z]+(?:-[a-z]+)*)\b", page)}

    assert shown - known == set()
    assert shown
