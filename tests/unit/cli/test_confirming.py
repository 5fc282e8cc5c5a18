"""S22: whoever changes a live system types which one they mean."""

import pytest

from toolkit.audit.jobs.write_target import WriteTarget, environment_of, named_account
from toolkit.audit.progress import silent
from toolkit.cli.confirming import ask_for, confirming
from toolkit.errors import PlanRefusedError
from toolkit.settings import Settings

LIVE = WriteTarget("Ledger", "live", "Harbor  Pine Ltd", "9c2")
SANDBOX = WriteTarget("Ledger", "sandbox", "127.0.0.1", "")


@pytest.mark.parametrize("typed", ["live Harbor  Pine Ltd", " live Harbor Pine Ltd ", "live 9c2"])
def test_s22_what_is_typed_as_shown_goes_on(typed: str) -> None:
    """The environment and the account's name, or its id; blanks do not matter."""
    shown: list[str] = []

    ask_for(LIVE, read=lambda prompt: shown.append(prompt) or typed, write=shown.append)  # type: ignore[func-returns-value]

    assert shown[0] == "This changes the live account 'Harbor  Pine Ltd' (9c2) of Ledger."


@pytest.mark.parametrize(
    "typed", ["", "live", "yes", "Harbor Pine Ltd", "sandbox Harbor Pine Ltd", "live Harbor Pine", "live harbor pine ltd"]
)
def test_s22_anything_else_is_refused(typed: str) -> None:
    """Whoever types out of habit changes nothing."""
    with pytest.raises(PlanRefusedError, match="so nothing was sent"):
        ask_for(LIVE, read=lambda _: typed, write=lambda _: None)


def test_s22_an_end_of_the_line_is_no_word() -> None:
    """Ctrl-D means no."""

    def ended(_prompt: str) -> str:
        raise EOFError

    with pytest.raises(PlanRefusedError):
        ask_for(LIVE, read=ended, write=lambda _: None)


def test_s22_a_sandbox_is_not_asked_about() -> None:
    """To practise needs no word."""
    ask_for(SANDBOX, read=lambda _: pytest.fail("asked"), write=lambda _: pytest.fail("told"))
    named_account("")(SANDBOX)
    confirming("", silent, as_json=False)(SANDBOX)


def test_s22_an_account_without_a_name_is_named_by_nothing() -> None:
    """An empty word is never its name."""
    nameless = WriteTarget("Ledger", "live", "", "")

    for typed in ("", " "):
        with pytest.raises(PlanRefusedError):
            named_account(typed)(nameless)


@pytest.mark.parametrize(
    ("system", "environment"),
    [
        ({"connector": "rest", "api": {"url": "http://127.0.0.1:8099"}}, "sandbox"),
        ({"connector": "rest", "api": {"url": "https://LOCALHOST/api"}}, "sandbox"),
        ({"connector": "rest", "api": {"url": "https://crm.example"}}, "live"),
        ({"connector": "rest", "api": {"url": "http://127.0.0.1:8099"}, "environment": "live"}, "live"),
        ({"connector": "rest", "api": {"url": "https://test.crm.example"}, "environment": "sandbox"}, "sandbox"),
        ({"connector": "hubspot", "sign_in": {"way": "bearer", "token": "env:CRM"}}, "live"),
        ({"connector": "table", "database": {"url": "sqlite:///ledger.db"}}, "sandbox"),
        ({"connector": "table", "database": {"url": "postgresql+pg8000://127.0.0.1/ledger"}}, "sandbox"),
        ({"connector": "table", "database": {"url": "postgresql+pg8000://db.example/ledger"}}, "live"),
    ],
)
def test_s22_what_does_not_run_on_this_machine_is_live(system: dict[str, object], environment: str) -> None:
    """Unless the settings say what it is."""
    streams = {"parties": {"entity": "party", "key": ["id"], "read": {"path": "/p"}, "fields": {"name": "name"}}}
    given = {**system, **({"streams": streams} if "api" in system else {})}
    settings = Settings.model_validate({"client": "Harbor", "systems": {"own": given}})

    assert environment_of(settings, "own") == environment
