"""Settings that would keep the program busy for ever, or that nothing can store, are refused at once in a sentence."""

from pathlib import Path

import pytest

from tests.effort import counted
from toolkit.audit.engagement import new_engagement, open_engagement
from toolkit.errors import InputError
from toolkit.notebooks import run_notebook
from toolkit.settings import load_settings

REFERENCES = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 40))
MERGES = "a0: &a0 {x: 1}\n" + "".join(f"a{i}: &a{i} {{k: *a{i - 1}, l: *a{i - 1}, m: *a{i - 1}}}\n" for i in range(1, 40))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("systems: " + "[" * 3000 + "]" * 3000, "nested more than 100 levels"),
        ("systems: " + "{a: " * 3000 + "}" * 3000, "nested more than 100 levels"),
        ("systems: " + "[" * 400 + "]" * 400, "nested more than 100 levels"),
        ("systems:\n  " + "- " * 3000 + "x", "nested more than 100 levels"),
        ("systems:\n" + "".join(f"{' ' * i}a:\n" for i in range(1, 1500)), "nested more than 100 levels"),
        (REFERENCES, "more than 200,000 values"),
        (MERGES, "more than 200,000 values"),
        ("# " + "x" * 2_000_001, "at most 2,000,000"),
        ("people: " + "x" * 1_000_000, "people is longer than 100,000 characters"),
        (r'people: {"a\0b": {}}', "people holds the character NUL"),
        (r'rates: {day_rate: {value: 1, who: "\ud800"}}', "rates.day_rate.who holds half of a character"),
    ],
    ids=lambda one: one[:24],
)
def test_a_hostile_file_is_refused_soon(tmp_path: Path, text: str, message: str) -> None:
    """Nested 3,000 deep, built of references, a million characters, or text that nothing can store."""
    file = tmp_path / "engagement.yaml"
    file.write_text(f"client: Acme\n{text}\n", "utf-8")

    with pytest.raises(InputError, match=message) as caught, counted() as effort:
        load_settings(file)

    # Five for each of a million characters; the references would come to 9 to the 39th.
    assert effort.calls < 6_000_000
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "override",
    ["systems=" + "[" * 3000, ".".join("a" * 3000) + "=1", "client=\udce9", "client=a\0b", "client=" + "x" * 200_000],
)
def test_a_hostile_override_is_refused(tmp_path: Path, override: str) -> None:
    """The same rules hold on the command line."""
    file = tmp_path / "engagement.yaml"
    file.write_text("client: Acme\n", "utf-8")

    with pytest.raises(InputError) as caught:
        load_settings(file, [override])
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("client", ["\ud800", "a\0b", "x" * 1_000_000, "two\nlines", ""])
def test_a_client_has_a_name_of_one_line(tmp_path: Path, client: str) -> None:
    """Nothing is written for one that no report could show."""
    with pytest.raises(InputError):
        new_engagement(tmp_path / "acme", client=client, currency="USD", country="US", time_zone="UTC")
    assert not (tmp_path / "acme" / "engagement.yaml").exists()


def test_a_folder_without_settings_gives_the_client_its_name(tmp_path: Path) -> None:
    """Whatever a folder may be called, the client has a name of one line."""
    (tmp_path / "two\nlines\x1b").mkdir()

    assert open_engagement(tmp_path / "two\nlines\x1b").settings.client == "two lines"


def test_references_that_save_typing_are_followed(tmp_path: Path) -> None:
    """An anchor used twice is ordinary YAML."""
    file = tmp_path / "engagement.yaml"
    file.write_text("client: Acme [old\nsystems:\n  crm: &one {connector: hubspot}\n  shop: *one\n", "utf-8")

    assert sorted(load_settings(file).settings.systems) == ["crm", "shop"]


@pytest.mark.parametrize("value", ["\ud800", "a\0b"])
def test_a_notebook_parameter_is_text(tmp_path: Path, value: str) -> None:
    """A notebook is a file in UTF-8; so is the name of a folder."""
    source = tmp_path / "a.ipynb"
    cell = (
        '{"cell_type": "code", "id": "a", "metadata": {"tags": ["parameters"]}, "source": "name: str = \'\'", '
        '"outputs": [], "execution_count": null}'
    )
    source.write_text(f'{{"cells": [{cell}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5}}', "utf-8")

    with pytest.raises(InputError, match="half of a character"):
        run_notebook(source, tmp_path / "out.ipynb", {"name": value})
    with pytest.raises(InputError, match="The name of the folder"):
        open_engagement(value)
