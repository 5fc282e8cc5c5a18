"""Names of people: order, titles, suffixes, nicknames, initials, particles, several persons in one field.

Source: common English short forms (nicknames) of given names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.values.placeholder import is_placeholder
from toolkit.values.text import each_distinct, folded, word_set, words

_TITLES = word_set(
    """
    mr mrs ms miss mx dr prof professor sir dame rev reverend fr herr frau mme mlle sr sra srta hon capt
    """
)
_SUFFIXES = word_set("jr sr ii iii iv phd md dds esq cpa mba rn bsc msc ba ma pe jnr snr")
_PARTICLES = word_set("van von de der den del della di da dos du la le ter ten bin ibn al el st mac mc o")
_SHORT_FORMS = """
    abigail abby gail | albert al bert | alexander alex sandy xander | alexandra alex sandra | alfred alf fred |
    amanda mandy | andrew andy drew | anthony tony ant | antonio tony | arthur art | barbara barb babs |
    benjamin ben benny | catherine cathy cat kate katie kathy | charles charlie chuck chas |
    christine chris chrissy tina | christopher chris kit | cynthia cindy | daniel dan danny | david dave davey |
    deborah deb debbie | donald don donny | dorothy dot dolly | douglas doug | edward ed eddie ted ned |
    elizabeth liz lizzie beth betty eliza libby | eleanor ellie nell | emily em | eugene gene | francis frank |
    frances fran | franklin frank | frederick fred freddie | gabriel gabe | geoffrey geoff | gerald gerry jerry
    | gregory greg | harold harry hal | henry harry hank | isabella bella izzy | jacob jake | jacqueline jackie
    | james jim jimmy jamie | janet jan | jeffrey jeff | jennifer jen jenny | jessica jess jessie |
    john jack johnny jon | jonathan jon jonny | joseph joe joey | joshua josh | judith judy |
    katherine kate katie kathy kat | kathleen kathy | kenneth ken kenny | kimberly kim | lawrence larry |
    leonard len lenny | leonardo leo | louis lou | margaret maggie meg peggy marge | martin marty | matthew matt
    | maximilian max | melissa mel | michael mike mick mickey micky | michelle shelly | mitchell mitch |
    nathaniel nathan nate | nathan nate | nicholas nick nicky | nicole nikki | oliver ollie | pamela pam |
    patricia pat patty tricia | patrick pat paddy | peter pete | philip phil | phillip phil | rachel rach |
    raymond ray | rebecca becky becca | richard rick dick rich ricky | robert bob rob bobby robbie bert |
    roger rog | ronald ron ronnie | samantha sam | samuel sam sammy | sandra sandy | stephanie steph |
    stephen steve | steven steve | stuart stu | susan sue susie | suzanne sue | terence terry |
    theodore ted theo | theresa terry tess | thomas tom tommy | timothy tim timmy | valerie val | vanessa nessa
    | victor vic | victoria vicky tori | vincent vince vinny | virginia ginny | walter walt wally |
    william bill will billy willy liam | zachary zach zack
"""
_FULL_FORMS: dict[str, frozenset[str]] = {}
for _entry in _SHORT_FORMS.split("|"):
    _full, *_shorts = _entry.split()
    for _short in (_full, *_shorts):
        _FULL_FORMS[_short] = _FULL_FORMS.get(_short, frozenset()) | {_full}

_SEVERAL = re.compile(r"\s*(?:&|/|\+|;|\band\b|\bund\b|\bet\b)\s*")
_BRACKETS = re.compile(r"[(\[\"][^)\]\"]*[)\]\"]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart, folded: given names, initials included, and family name."""

    given: str
    family: str

    @property
    def text(self) -> str:
        """``given|family``."""
        return f"{self.given}|{self.family}"


def full_forms(given: str) -> frozenset[str]:
    """Return the given names that a folded name may be short for; itself where it is not short for any.

    Examples
    --------
    >>> sorted(full_forms("bob")), sorted(full_forms("zelda"))
    (['robert'], ['zelda'])
    """
    return _FULL_FORMS.get(given, frozenset((given,)))


def person_name(value: str) -> PersonName | None:
    """Return the first person named in a cell; None for a filler.

    Examples
    --------
    >>> person_name("Dr. Ludwig van Beethoven Jr."), person_name("SMITH, John Q.")
    (PersonName(given='ludwig', family='van beethoven'), PersonName(given='john q', family='smith'))
    """
    text = _BRACKETS.sub(" ", folded(value))
    if is_placeholder(text):
        return None
    before, comma, after = text.partition(",")
    after_words = _bare(after)
    is_reversed = comma and not (_SUFFIXES | _TITLES).issuperset(after_words)
    if is_reversed and _bare(before):
        return PersonName(" ".join(_bare(_SEVERAL.split(after)[0]) or after_words), " ".join(_bare(before)))
    several = [part for part in _SEVERAL.split(before) if _bare(part)]
    tokens = _bare(several[0]) if several else []
    if len(several) > 1 and len(tokens) == 1:
        # "John & Mary Smith": the family name stands with the last of them.
        tokens += _bare(several[-1])[1:][-1:]
    if not tokens:
        return None
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1] in _PARTICLES:
        start -= 1
    return PersonName(" ".join(tokens[:start]), " ".join(tokens[start:]))


def joined_name(given: str | None, family: str | None) -> PersonName | None:
    """Return the name kept in two columns; None when neither says anything.

    Examples
    --------
    >>> joined_name("Mr. John", "SMITH")
    PersonName(given='john', family='smith')
    """
    given_words = [] if given is None or is_placeholder(given) else _bare(_SEVERAL.split(folded(given))[0])
    family_words = [] if family is None or is_placeholder(family) else _bare(folded(family))
    if not given_words and not family_words:
        return None
    return PersonName(" ".join(given_words), " ".join(family_words))


def _bare(text: str) -> list[str]:
    tokens = words(text)
    bare = [token for token in tokens if token not in _TITLES and token not in _SUFFIXES]
    return bare or [token for token in tokens if token not in _TITLES]


def standardised(values: Sequence[str | None]) -> list[str | None]:
    """Return each name as ``given|family`` for comparing; None for fillers.

    Examples
    --------
    >>> standardised(["Ms Jane Roe", "Roe, Jane", "n/a"])
    ['jane|roe', 'jane|roe', None]
    """

    def text_of(value: str) -> str | None:
        name = person_name(value)
        return name.text if name else None

    return each_distinct(values, text_of)


def is_person_like(value: str) -> bool:
    """Return whether a name may be a person's: some words without digits, a known given name first, or "Last, First".

    Examples
    --------
    >>> is_person_like("Bob Smith"), is_person_like("Smith, Xanthe"), is_person_like("Blue Harbor")
    (True, True, False)
    """
    text = folded(value)
    tokens = _bare(text)
    if re.search(r"\d", text) or not 2 <= len(tokens) <= 4:
        return False
    if re.fullmatch(r"[a-z' -]+, ?[a-z.' -]+", text):
        return True
    return tokens[0] in _FULL_FORMS
