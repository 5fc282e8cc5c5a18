"""No form of a secret, and no path of this machine, stays in what a notebook leaves."""

import base64
import html
import json
import textwrap
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from toolkit.notebooks import run_notebook
from toolkit.notebooks.redaction import REDACTED, looks_secret, redacted_text, redacted_tree

CANARY = 'CANARY cc"3333/+<é>'
FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "repr": repr,
    "json": json.dumps,
    "json in json": lambda one: json.dumps(json.dumps({"password": one})),
    "json unicode": lambda one: json.dumps(one, ensure_ascii=False),
    "html": html.escape,
    "html of repr": lambda one: html.escape(repr(one)),
    "url": lambda one: urllib.parse.quote(one, safe=""),
    "url with slashes": urllib.parse.quote,
    "form": urllib.parse.quote_plus,
    "base64": lambda one: base64.b64encode(one.encode()).decode(),
    "basic": lambda one: base64.b64encode(f"user:{one}".encode()).decode(),
    "base64 inside": lambda one: base64.b64encode(f"me:{one}:more".encode()).decode(),
    "base64 for urls": lambda one: base64.urlsafe_b64encode(f"u:{one}".encode()).decode(),
    "hex": lambda one: one.encode().hex(),
    "wrapped": lambda one: "\n".join(textwrap.wrap(one, 6, drop_whitespace=False, break_on_hyphens=False)),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "name", ["SMTP_PASS", "HUBSPOT_PAT", "SESSION_COOKIE", "DB_PASSWORD", "MY_API_KEY", "SIGNING_KEY", "APP_OTP"]
)
def test_no_form_of_a_secret_stays(monkeypatch: pytest.MonkeyPatch, name: str, form: str) -> None:
    """A program prints what it was given as it likes: escaped, encoded, broken over lines."""
    monkeypatch.setenv(name, CANARY)
    shown = FORMS[form](CANARY)

    left = redacted_text(f"POST failed: {shown} (again in 3 s)")

    assert REDACTED in left
    assert left.startswith("POST failed: ")
    assert "CANARY" not in left
    assert shown not in left


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    secret=st.text(st.characters(min_codepoint=33, max_codepoint=0x17E), min_size=8, max_size=40).filter(
        lambda one: not one.startswith("/")
    ),
    form=st.sampled_from([name for name in FORMS if name != "wrapped"]),
)
def test_any_secret_in_any_form_is_removed(monkeypatch: pytest.MonkeyPatch, secret: str, form: str) -> None:
    """Whatever its characters are."""
    monkeypatch.setenv("SOME_TOKEN", secret)

    assert REDACTED in redacted_text(f"[ {FORMS[form](secret)} ]")


def test_a_short_secret_is_removed_where_it_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four characters are a password too; the same letters inside another word are that word."""
    monkeypatch.setenv("MAIL_PASS", "rose")

    assert (
        redacted_text("login with rose, then see primrose and roses")
        == f"login with {REDACTED}, then see primrose and roses"
    )


def test_the_password_of_a_connection_string_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver shows the part that was refused, not the whole string."""
    monkeypatch.setenv("LEDGER_DSN", "Server=db;Uid=me;Pwd=s3same-open;Encrypt=yes")

    assert "s3same-open" not in redacted_text("refused: 's3same-open' for user me")


@pytest.mark.parametrize("name", ["PATTERN", "KEYBOARD", "MONKEY", "COMPASS_X", "PATH_OF_FILES"])
def test_other_variables_are_no_secrets(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A word that only holds such a name is another word."""
    monkeypatch.setenv(name, "customers")

    assert redacted_text("412 customers") == "412 customers"


def test_a_secret_broken_over_lines_of_an_output_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook keeps a text as a list of its lines."""
    monkeypatch.setenv("DB_PASSWORD", "correct-horse-battery")

    tree = {"outputs": [{"text": ["see correct-horse\n", "-battery here\n", "end\n"]}]}

    assert redacted_tree(tree) == {"outputs": [{"text": [f"see {REDACTED} here\n", "end\n"]}]}


def test_an_executed_notebook_names_no_folder_of_this_machine(tmp_path: Path) -> None:
    """It may be sent to the client; and it can still be run where it lies."""
    home = tmp_path / "Clients of Dana" / "acme"
    (home / "reports").mkdir(parents=True)
    source = tmp_path / "a.ipynb"
    parameters = new_code_cell('folder: str = "."', metadata={"tags": ["parameters"]})
    cells = [parameters, new_code_cell("import pathlib\nprint(folder, pathlib.Path.home(), pathlib.__file__)\nfolder")]
    nbformat.write(new_notebook(cells=cells), source)

    output = run_notebook(source, home / "reports" / "out.ipynb", {"folder": str(home)})

    text = output.read_text("utf-8")
    assert str(tmp_path) not in text
    assert str(Path.home()) not in text
    assert "Clients of Dana" not in text
    assert 'folder = \\"..\\"' in text


@pytest.mark.parametrize(
    "written",
    [
        *(
            "token=",
            "TOKEN=",
            "to\u212aen=",
            "api_key=",
            "client_secret=",
            "client_\u017fecret=",
            "Password=",
            "passwd=",
            "pwd=",
        ),
        *("assertion=", "assert\u0131on=", "ASSERT\u0130ON=", "code_verifier=", "code_ver\u0130fier="),
    ],
)
def test_what_looks_like_a_secret_is_removed_in_any_letters(written: str) -> None:
    """Also in letters that only count as the same: a program may print the name of a value as it likes."""
    assert redacted_text(f"see {written}abcdef123 there") == f"see {written}{REDACTED} there"


@pytest.mark.parametrize(
    "text",
    [
        "xoxb-4711-abcdefghij", "ghp_abcdefgh1234", "sk_live_51H8xabcd", "pat-na1-11111111-2222", "shpat_0123456789",
        "-----BEGIN RSA PRIVATE KEY-----", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "https://hooks.slack.com/services/T0/B0/x",
        "https://ann:pa55word@crm.example", "https://crm.example/x?token=abcdef", "Bearer abcdefgh12", "a known word",
    ],
)  # fmt: skip
def test_s01_what_looks_like_a_secret_is_known_by_its_looks(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what vendors' keys begin with, by where it stands, or since a variable holds it."""
    monkeypatch.setenv("CRM_TOKEN", "a known word")

    assert looks_secret(text)


@pytest.mark.parametrize(
    "text",
    ["crm", "", "latest", "3f2a91c0b7d4", "/srv/root/harbor-pine", "root", "Harbor & Pine Ltd", "a known word of ours",
     "https://crm.example/companies?page=2", "02_snapshots.ipynb", "Skate_live", "2026-11-30"],
)  # fmt: skip
def test_s01_what_is_none_is_taken(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder may be called as a bad password is: nobody's report fails for that."""
    monkeypatch.setenv("CRM_TOKEN", "a known word")
    monkeypatch.setenv("DB_PASSWORD", "root")

    assert not looks_secret(text)
