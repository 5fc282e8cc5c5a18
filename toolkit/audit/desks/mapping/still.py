"""A field map as it is now, as a page that needs no kernel."""

from collections.abc import Mapping
from typing import Any

from toolkit.audit.verb_result import html_answer
from toolkit.values.counted import counted, listed


def still_picture(state: Mapping[str, Any]) -> str:
    """Return which column of the file is which of ours, with samples, as HTML; every text of the client is escaped.

    Parameters
    ----------
    state
        As the page gets it.
    """
    draft, view = state["draft"], state["view"]
    kept = {"new": "is proposed, not kept yet", "own": "is kept in engagement.yaml", "vendor": "is known"}[state["isRead"]]
    mapped = [one for one in view["columns"] if one["source"] is not None]
    where = f"{state['file']} {state['part']}".strip()
    sentence = f"{where} as {draft['system']}/{draft['stream']}: a map of {counted(len(mapped), 'column')} {kept}."
    rows = [
        (
            one["words"],
            one["sourceWords"],
            "; ".join(f"{text} → {value}" for text, value in (one["reading"] or {"samples": []})["samples"][:2]),
            f"{(one['reading'] or {'unreadCount': 0})['unreadCount']:,}",
        )
        for one in mapped
    ]
    notes = [*view["conflicts"]]
    if view["unmapped"]:
        shown = view["unmapped"][:12]
        more = [f"{len(view['unmapped']) - len(shown)} more"] if len(view["unmapped"]) > len(shown) else []
        notes.append(f"Stays in the raw record: {listed([*shown, *more])}.")
    return html_answer(sentence, ("ours", "the client's column", "as written → as read", "not read"), rows, notes)
