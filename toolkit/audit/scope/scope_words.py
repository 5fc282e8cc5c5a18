"""What a flow takes for granted and what the client does for it, in sentences with their numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow.compute as pc

from toolkit.report.gaps import input_words
from toolkit.settings import Settings
from toolkit.store import Run
from toolkit.values.counted import counted, listed

Row = Mapping[str, Any]

CHANGE_RULE = (
    "A wish that is not in this scope is written down and goes to phase 2. It comes in once its effect on cost, running "
    "cost, date and worth has been computed (integration-audit scope --change) and both sides have agreed to these numbers "
    "in writing."
)
"""What happens with new wishes, where nobody agreed on something else."""
_OPEN = "open: "


def flow_assumptions(run: Run, handoff_id: str) -> list[str]:
    """Return what a flow takes for granted: its volume, what its effort rests on, and unconfirmed inputs.

    Parameters
    ----------
    run
        With HANDOFF_MEASURE and COST_INPUT.
    handoff_id
        The flow.
    """
    measures, inputs = run.table("handoff_measure"), run.table("cost_input")
    own = {row["measure"]: row for row in measures.filter(pc.equal(measures["handoff_id"], handoff_id)).to_pylist()}
    volume = own.get("volume_per_month")
    found = []
    if volume is not None and volume["high"] is not None:
        found.append(f"No month has more than {volume['high']:,.4g} items; {volume['value']:,.4g} are usual.")
    rows = inputs.filter(pc.equal(inputs["handoff_id"], handoff_id)).to_pylist()
    assumed = [row for row in rows if row["evidence"] == "default"]
    found += [_assumed(row) for row in assumed if row["name"] in {"build_days", "parallel_run_weeks"}]
    rest = len(assumed) - len(found) + (1 if volume is not None and volume["high"] is not None else 0)
    if rest > 0:
        inputs_word = counted(rest, "further input")
        found.append(f"{inputs_word} of its business case {'is an assumption' if rest == 1 else 'are assumptions'} of ours.")
    return found


def _assumed(row: Row) -> str:
    between = f" ({row['low']:g} to {row['high']:g})" if row["low"] != row["high"] else ""
    words = input_words(row["name"])
    return f"{words[:1].upper()}{words[1:]}: {row['value']:g}{between}; nobody has confirmed it."


def flow_duties(handoff: Row, planned: Row, settings: Settings, open_fields: Sequence[str]) -> list[str]:
    """Return what the client does for a flow, each in a sentence.

    Parameters
    ----------
    handoff, planned
        Its rows of HANDOFF and ROADMAP.
    settings
        Name who is responsible for a system.
    open_fields
        Fields that nothing fills.
    """
    days = f" before {planned['starts_on']}" if planned["starts_on"] else " before building begins"
    found = [
        f"{_who(settings, name)} gives access to {_label(settings, name)} and to its sandbox{days}."
        for name in dict.fromkeys((handoff["system_l"], handoff["system_r"]))
    ]
    if open_fields:
        target = handoff["system_r"]
        found.append(
            f"{_who(settings, target)} says how {listed([*open_fields])} of {_label(settings, target)} "
            f"{'is' if len(open_fields) == 1 else 'are'} filled: field_maps.{handoff['handoff_id']}."
        )
    gates = [one.removeprefix(_OPEN) for one in planned["gates"] or () if one.startswith(_OPEN)]
    return found + [f"To hold before it goes live: {_gate(one)}." for one in gates]


def _gate(words: str) -> str:
    about, is_data, _ = words.partition(" data: ")
    # The limits themselves stand on the page of the cut-over.
    return (
        f"the {about} data meet the limits that integration-audit cutover counts"
        if is_data
        else words.split("; ", maxsplit=1)[0]
    )


def _label(settings: Settings, system: str) -> str:
    given = settings.systems.get(system)
    return (given.label if given is not None else "") or system


def _who(settings: Settings, system: str) -> str:
    given = settings.systems.get(system)
    return (given.owner if given is not None else "") or f"Whoever owns {_label(settings, system)}"
