"""``cutover``: whether a client may stop by hand, with every condition."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.audit import INCOMPLETE
from toolkit.cli.output import AsJson, columns, progress_bar, show, typed

if TYPE_CHECKING:
    from toolkit.audit.golive.cutover import CutoverCheck

_MAX_CELL = 70


def cutover(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    as_json: AsJson = False,
) -> None:
    """Say go or no go for the cut-over, and why; code 4 while any condition does not hold, or is not known."""
    from toolkit.audit.engagement import open_engagement
    from toolkit.audit.golive.cutover import documented_cutover

    engagement = open_engagement(folder)
    with progress_bar(as_json=as_json) as progress:
        found = documented_cutover(engagement, progress, folder=typed(folder))
    show(_facts(found), _lines(found, engagement.settings.country), as_json=as_json)
    if not found.decision.is_go:
        raise typer.Exit(INCOMPLETE)


def _facts(found: "CutoverCheck") -> dict[str, Any]:
    from collections import Counter
    from dataclasses import asdict

    return {
        "go": found.decision.is_go,
        "why": found.decision.sentence,
        "systems": list(found.systems),
        "freeze": None if found.freeze is None else found.freeze.isoformat(),
        "live": None if found.live is None else found.live.isoformat(),
        "conditions": [asdict(one) for one in found.decision.conditions],
        "new_rows": dict(sorted(Counter(one.maker for one in found.entries).items())),
        "by_hand": [one.row.key for one in found.entries if one.maker == "by_hand"],
        "page": str(found.path),
    }


def _lines(found: "CutoverCheck", country: str) -> list[str]:
    from toolkit.golive.gates import OUTCOME_WORDS
    from toolkit.values.written import sentence_text, written_for

    with written_for(country):
        rows = [
            [
                _short(one.about),
                _short(sentence_text(one.wanted)),
                _short(sentence_text(one.found)),
                OUTCOME_WORDS[one.outcome],
            ]
            for one in found.decision.conditions
        ]
        steps = dict.fromkeys(f"Next: {one.about}: {one.to_do}" for one in found.decision.open if one.to_do)
        return [
            sentence_text(found.decision.sentence),
            *columns([["condition", "must be", "is", "so it"], *rows]),
            *steps,
            f"Written: {found.path}",
        ]


def _short(text: str) -> str:
    plain = "".join(one if one.isprintable() else " " for one in text)
    return plain if len(plain) <= _MAX_CELL else f"{plain[: _MAX_CELL - 1]}…"


COMMANDS = (cutover,)
