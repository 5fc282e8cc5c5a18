"""The person at the terminal who signs in: types what is not shown, and visits a page in the browser."""

from typing import TYPE_CHECKING

import typer

from toolkit.errors import AuthError

if TYPE_CHECKING:
    from toolkit.rest.redaction import Secret


class AtTerminal:
    """Somebody at the terminal; with ``opens_browser`` pages are opened for them, and shown in any case."""

    def __init__(self, *, opens_browser: bool) -> None:
        self._opens_browser = opens_browser

    def secret(self, question: str) -> "Secret":
        """Ask for something that is not shown while it is typed."""
        from toolkit.audit.sign_ins import hidden_answers
        from toolkit.rest.redaction import Secret

        ask = hidden_answers()
        if ask is None:
            raise AuthError(
                f"{question} is needed, and nobody is here to type it. Start again at a terminal, or write into "
                "engagement.yaml where it is kept (env:NAME, keyring:SERVICE/USER)."
            )
        return Secret(ask(question).strip())

    def visit(self, address: str) -> None:
        """Show an address, and open it in the browser."""
        typer.echo(f"Sign in on the vendor's page, in the browser of this machine:\n\n  {address}\n", err=True)
        if self._opens_browser and _has_window():
            import webbrowser

            webbrowser.open(address)
        typer.echo("Waiting until you have signed in. Ctrl-C stops.", err=True)


def _has_window() -> bool:
    """Return whether the browser opens a window of its own; one inside the terminal would take it over."""
    import webbrowser

    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return False
    return not isinstance(found, webbrowser.GenericBrowser) or isinstance(found, webbrowser.BackgroundBrowser)
