"""How somebody agrees to a plan: the whole command, with the numbers and the losses that it takes."""

from toolkit.changes import Plan, Reversibility, excesses

LOSSES: tuple[Reversibility, ...] = ("R2", "R3")
"""Classes of changes that need somebody's word of their own."""


def losses_of(plan: Plan) -> tuple[Reversibility, ...]:
    """Return which classes of changes of a plan need somebody's word of their own.

    Parameters
    ----------
    plan
        The plan.
    """
    held = {one.reversibility for one in plan.operations}
    return tuple(one for one in LOSSES if one in held)


def approve_command(plan: Plan, folder: str = "") -> str:
    """Return the command that agrees to all of a plan, to be typed with a name.

    Parameters
    ----------
    plan
        The plan.
    folder
        The engagement's folder as a command names it; empty, where it is typed in it.
    """
    ceilings = "".join(f" --ceiling {one.stream}={one.count}" for one in excesses(plan.summary, {}))
    accepted = "".join(f" --accept {one}" for one in losses_of(plan))
    here = f" {folder}" if folder else ""
    return f"integration-audit plan approve {plan.plan_id[:12]}{here} --by NAME{ceilings}{accepted}"
