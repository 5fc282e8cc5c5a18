"""What is known of a language to find what its texts leave open."""

from collections.abc import Mapping
from dataclasses import dataclass

WHY: Mapping[str, str] = {
    "time": "It says no time: name minutes, hours, days or a date.",
    "amount": "It says no amount: name a number, or list what is meant.",
    "condition": "It leaves open when: name the condition, and who decides.",
    "quality": "Nobody can check it: name what is measured, and what it must be.",
    "end": "The list has no end: name all that is meant.",
    "effort": "It promises an effort and no result: name the result.",
    "open": "It is still open: decide it, or put it on the list of what is out.",
}
"""What is wrong with each kind of vague word, in a sentence for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Language:
    """Words of a language, in small letters; a blank stands for any white space.

    ``vague`` are words by the kind of what they leave open (``WHY``), ``unnamed`` are words for a system that name none,
    ``measures`` are words that want a number in the same sentence, ``numbers`` are numbers in words, ``common`` are words
    that tell the language, and ``harmless`` are phrases that hold a vague word and are none: "at most 3".
    """

    code: str
    vague: Mapping[str, tuple[str, ...]]
    unnamed: tuple[str, ...]
    measures: tuple[str, ...]
    numbers: tuple[str, ...]
    common: tuple[str, ...]
    harmless: tuple[str, ...] = ()
