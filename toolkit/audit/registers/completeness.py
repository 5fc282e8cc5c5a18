"""How much is known of each system: what goes in, what comes out, who is responsible, and what a sheet serves."""

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import Register, RegisterAnswer, client_systems, register_answer
from toolkit.audit.verb_result import share_text
from toolkit.landscape.systems import completeness
from toolkit.tables.registers import COMPLETENESS

_SHOWN = {"system": "system", "filled": "there", "asked": "asked", "missing": "still to ask"}


def read(engagement: Engagement) -> RegisterAnswer:
    """Return how many answers are there of each system, the least known first, and of all."""
    systems = client_systems(engagement)
    known = {one.name: completeness([one]) for one in systems}
    whole = completeness(systems)
    ordered = sorted(known, key=lambda name: (known[name].share or 0.0, name))
    rows = [
        {
            "system": name,
            "filled": one.filled,
            "asked": one.asked,
            "share": one.share,
            "missing": list(dict.fromkeys(word for words in one.missing.values() for word in words)),
        }
        for name, one in (("all", whole), *((name, known[name]) for name in ordered))
    ]
    said = (
        f"{whole.filled} of {whole.asked} answers are there: {share_text(whole.share)}."
        if systems
        else "No system is known yet."
    )
    lacking = [name for name in ordered if known[name].missing]
    return register_answer(
        said,
        COMPLETENESS,
        rows,
        _SHOWN,
        gaps=[f"{len(lacking)} of {len(systems)} systems are not described whole."] if lacking else (),
        next_step="integration-audit landscape export asks the client for what is missing." if lacking else "",
    )


REGISTER = Register("how much is known of each system, and what to ask", read)
