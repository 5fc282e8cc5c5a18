"""Codes in a client's words: approaches, reasons, flags, and what is asked where a fact is unknown.

A question names the key of ``engagement.yaml`` that takes its answer: ``{handoff}`` stands for the handoff's name,
``{system}`` for a system's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.scoping.approach.facts import ApproachCode

APPROACH_WORDS: Mapping[ApproachCode, str] = {
    "AUTOMATE_IN_SYSTEM": "switch it on in the one system that it happens in",
    "LEAVE_MANUAL": "leave it by hand",
    "ANALYTICS_FEED": "a feed into the reporting, no connection that writes",
    "NATIVE": "the vendors' own connector",
    "FILE_BATCH": "a file once a day",
    "CUSTOM": "a connection built for it",
    "UNIFIED_API": "one interface to all systems of the kind",
    "IPAAS_ADVANCED": "a flow on an advanced platform",
    "NATIVE_PLUS_IPAAS": "the vendors' own connector, and a platform for the rest",
    "IPAAS_SIMPLE": "a flow on a simple platform",
}

REASON_WORDS: Mapping[str, str] = {
    "ONE_SYSTEM": "no data crosses to another system",
    "G_NO_PAYBACK": "what it saves does not bring back what connecting costs",
    "REPORTING": "the data is only read there",
    "N80": "the vendors' own connector carries nearly all that is needed, and nothing that must be there is lost",
    "FILE": "a side has no interface, files are there, and a day is soon enough",
    "NOAPI": "a side has no interface, and files do not serve",
    "UNI": "several systems of one kind stand on one side",
    "C_NOCONN": "no platform has a connector for a side",
    "C_AUDIT": "every step must be on record",
    "C_VOLUME": "many items must arrive within the hour",
    "C_CODE": "it must be versioned and tested like code",
    "C_EMBEDDED": "it shows up inside another application",
    "C_ENTITIES": "several companies keep their books in it",
    "C_CURRENCIES": "several currencies are converted in it",
    "C_LOGIC": "its own logic goes into the code",
    "C_TCO": "a build costs less than the platform within a year",
    "A_LOGIC": "it branches or has logic of its own, and platforms have connectors for both sides",
    "A_VOLUME": "more operations a month than a simple platform is made for",
    "N50_80": "the vendors' own connector carries more than half, but not enough alone",
    "S_SIMPLE": "it is simple, straight, and small",
}

FLAG_WORDS: Mapping[str, str] = {
    "FIX_PROCESS_FIRST": "Those who take part have not agreed how it should go: agree first.",
    "HUB_NOT_POINT_TO_POINT": "So many systems should meet in one place, not each with each.",
    "VENDOR_API_GAP": "A vendor offers no interface: ask for one, or for another plan, before anything is built around it.",
    "NEEDS_CONTRACTOR": "Nobody in the house builds and keeps it: a contractor is needed.",
    "REVIEW_CUSTOM_LATER": "A build would cost less than the platform later, though not within a year: look again then.",
    "MANY_FLOWS": "So many flows or steps are hard to follow on a platform: name and document each.",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked where a fact is unknown, and the key that takes the answer."""

    ask: str
    key: str


_OF_HANDOFF = "handoffs.{handoff}.approach."
_PURPOSE = Question("What is it for: sync, reporting, or done in one_system?", f"{_OF_HANDOFF}purpose")
_NATIVE_FIELDS = Question(
    "Which fields must be carried, in which direction, and which of them does the vendors' own connector carry?",
    f"{_OF_HANDOFF}native.fields",
)
_LOGIC = Question("Is the flow linear, branching, or does it have logic of its own (own)?", f"{_OF_HANDOFF}logic")
_NEEDED = Question("How soon must the data arrive: real_time, hour or day?", f"{_OF_HANDOFF}needed_within")
_REQUIRES = Question(
    "Which does it require of audit_trail, versioned_code, several_entities, several_currencies, embedded? [] is none.",
    f"{_OF_HANDOFF}requires",
)

QUESTIONS: Mapping[str, Question] = {
    "is_within_one_system": _PURPOSE,
    "is_reporting_only": _PURPOSE,
    "native_exists": Question("Does one of both vendors offer a connector to the other?", f"{_OF_HANDOFF}native.exists"),
    "native_coverage": _NATIVE_FIELDS,
    "must_have_missing": _NATIVE_FIELDS,
    "api_available_both": Question("Does this system have an interface?", "systems.{system}.has_api"),
    "file_available": Question("Does this system give and take files?", "systems.{system}.has_files"),
    "connector_both_sides": Question(
        "Do integration platforms have a connector for this system?", "systems.{system}.has_platform_connector"
    ),
    "critical": Question("Is it critical: does money or a deadline hang on every item?", f"{_OF_HANDOFF}critical"),
    "real_time_needed": _NEEDED,
    "high_volume_near_real_time": _NEEDED,
    "complex_logic": _LOGIC,
    "linear": _LOGIC,
    "audit_trail_required": _REQUIRES,
    "versioned_codebase_required": _REQUIRES,
    "is_embedded": _REQUIRES,
    "has_several_entities": _REQUIRES,
    "has_several_currencies": _REQUIRES,
    "ops_per_month": Question("How many items are carried a month?", "handoffs.{handoff}.volume_per_month"),
    "process_aligned": Question("Have those who take part agreed how it should go?", f"{_OF_HANDOFF}process_agreed"),
    "in_house_developer": Question("Does somebody in the house build and keep connections?", "approach.in_house_developer"),
    "needed_within": _NEEDED,
}
"""By fact, what to ask; facts that the data always tells are not here."""


@dataclass(frozen=True, slots=True)
class WayWords:
    """A pattern of connecting, for comparing: what keeps it up, and how it fails."""

    upkeep: str
    failure: str


_ON_PLATFORM = WayWords(
    "hours a month on the platform; a changed field or price of the platform is noticed there",
    "the platform is down or slow, a step fails and is repeated, the plan's limit is reached",
)
WAY_WORDS: Mapping[ApproachCode, WayWords] = {
    "AUTOMATE_IN_SYSTEM": WayWords("the system's own", "the system changes how it does it"),
    "LEAVE_MANUAL": WayWords("none", "an item is forgotten, late, or typed wrong"),
    "ANALYTICS_FEED": WayWords(
        "hours a month; a changed field of a source is noticed in the reports",
        "a field changes, and reports drift unnoticed",
    ),
    "NATIVE": WayWords("the vendors'", "the vendor changes or ends it; what it leaves out stays by hand"),
    "NATIVE_PLUS_IPAAS": _ON_PLATFORM,
    "IPAAS_SIMPLE": _ON_PLATFORM,
    "IPAAS_ADVANCED": _ON_PLATFORM,
    "UNIFIED_API": WayWords(
        "a share of the build a year, and the vendor's fee", "a field of one system is not in the common model"
    ),
    "CUSTOM": WayWords(
        "a share of the build a year, and a server", "an interface changes, and nobody is there who knows the code"
    ),
    "FILE_BATCH": WayWords(
        "a share of the build a year: reading files that change, looking after those that come late or not at all",
        "a file is late, empty, sent twice, or has another column",
    ),
}


def asked(fact: str, *, handoff: str, systems: tuple[str, ...] = ()) -> tuple[Question, ...]:
    """Return what is asked for an unknown fact of a handoff: one question, or one for each system that it is unknown of.

    Parameters
    ----------
    fact
        Its name.
    handoff
        The handoff's name.
    systems
        Those of its systems that the fact is unknown of.

    Examples
    --------
    >>> asked("api_available_both", handoff="deal_to_invoice", systems=("site_log",))
    (Question(ask='Does this system have an interface?', key='systems.site_log.has_api'),)
    """
    question = QUESTIONS.get(fact)
    if question is None:
        return ()
    if "{system}" not in question.key:
        return (Question(question.ask, question.key.replace("{handoff}", handoff)),)
    return tuple(Question(question.ask.replace("{system}", one), question.key.replace("{system}", one)) for one in systems)


_QUANTITIES = {
    "volume_per_month": ("items a month", False),
    "platform_fee_per_month": ("a month for the platform", True),
    "day_rate": ("for a day of building", True),
}
"""What moves, in words, and whether it is an amount of money."""


def flip_words(flip: Mapping[str, Any], written: Callable[[float, bool], str]) -> str:
    """Return from where on another approach is right.

    Parameters
    ----------
    flip
        A row of APPROACH_FLIP.
    written
        Writes a number, and is told whether it is an amount of money.

    Examples
    --------
    >>> row = {"quantity": "volume_per_month", "is_from": True, "at": 1001.0, "today": 60.0, "approach": "IPAAS_ADVANCED"}
    >>> flip_words(row, lambda number, _is_money: f"{number:,.0f}")
    'from 1,001 items a month on (now 60): a flow on an advanced platform'
    """
    words, is_money = _QUANTITIES[flip["quantity"]]
    at, today = (written(flip[name], is_money) for name in ("at", "today"))
    side = f"from {at} {words} on" if flip["is_from"] else f"at {at} {words} or less"
    return f"{side} (now {today}): {APPROACH_WORDS[flip['approach']]}"
