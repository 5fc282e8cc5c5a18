"""Names in ``engagement.yaml`` for what the client calls something, and what is said of names that are gone."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

_NO_NAME = re.compile(r"[^a-z0-9]+")


def setting_name(text: str, taken: Iterable[str]) -> str:
    """Return a name for ``engagement.yaml`` made of what a client calls something; never one of ``taken``.

    Examples
    --------
    >>> setting_name("Site log (Luis)", ["crm"]), setting_name("CRM", ["crm"]), setting_name("顧客", [])
    ('site_log_luis', 'crm_2', 'unnamed')
    """
    used = set(taken)
    wanted = _NO_NAME.sub("_", text.casefold()).strip("_")[:50].strip("_") or "unnamed"
    name, number = wanted, 2
    while name in used:
        name, number = f"{wanted}_{number}", number + 1
    return name


def left_out_notes(
    kind: str, known: Iterable[Mapping[str, Any]], written: Collection[str], seen: Collection[str]
) -> tuple[str, ...]:
    """Return a note on each row that came back no more; none where the whole sheet did not come back.

    Parameters
    ----------
    kind
        What a row is, as a sentence begins.
    known
        The rows as they went out.
    written, seen
        Names that stand in the settings, and those of the rows that came back.

    Examples
    --------
    >>> left_out_notes("System", [{"setting": "crm"}, {"setting": "log"}], ["crm"], ["crm"])
    ("System 'log' is no longer in the workbook: it was left out.",)
    """
    gone = [one["setting"] for one in known if one["setting"] not in seen] if seen else []
    stays = "it stays in engagement.yaml; take it out there if it does not exist"
    return tuple(
        f"{kind} {name!r} is no longer in the workbook: {stays if name in written else 'it was left out'}." for name in gone
    )
