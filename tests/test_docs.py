"""The documents say what there is: a setting, command or exit code that is added must be written down."""

import re
from pathlib import Path

import pydantic
import pytest

from toolkit import errors, settings
from toolkit.cli.app import app

ROOT = Path(__file__).resolve().parents[1]
DOCS = {path.name: path.read_text(encoding="utf-8") for path in [*(ROOT / "docs").glob("*.md"), ROOT / "README.md"]}


def _words(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", text))


@pytest.mark.parametrize(
    "model",
    [
        settings.Settings, settings.SystemSettings, settings.StreamSettings, settings.HandoffSettings, settings.RateSettings,
        settings.PersonSettings, settings.BuildSettings, settings.EstimateSettings,
    ],
)  # fmt: skip
def test_every_setting_is_explained(model: type[pydantic.BaseModel]) -> None:
    """A consultant finds every key of engagement.yaml on one page."""
    text = DOCS["engagement.md"]
    keys = {found.alias or name for name, found in model.model_fields.items()}

    assert sorted(key for key in keys if not re.search(rf"\b{re.escape(key)}\b", text)) == []


def test_every_command_is_explained() -> None:
    """The page of commands lists each of them."""
    names = {command.callback.__name__ for command in app().registered_commands if command.callback}
    names |= {str(group.name or group.typer_instance.info.name) for group in app().registered_groups if group.typer_instance}

    assert sorted(name for name in names if f"`{name}" not in DOCS["commands.md"]) == []


def test_every_exit_code_is_explained() -> None:
    """A script's author finds what a code means."""
    codes = {
        kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.ToolkitError)
    }

    assert sorted(code for code in codes | {0, 2, 130} if f"| {code} |" not in DOCS["commands.md"]) == []


@pytest.mark.parametrize("name", sorted(DOCS))
def test_links_between_documents_lead_somewhere(name: str) -> None:
    """No link ends in nothing."""
    home = ROOT if name == "README.md" else ROOT / "docs"
    links = [link.split("#")[0] for link in re.findall(r"\]\((?!https?:|#)([^)]+)\)", DOCS[name])]

    assert [link for link in links if link and not (home / link).exists()] == []
