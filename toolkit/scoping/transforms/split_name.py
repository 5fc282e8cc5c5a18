"""Split name: one name of a person becomes given and family name.

The last word is the family name, with the small words before it ("van der", "de la"); "Lee, Ann" has the family name first.
A single word is refused: nobody can tell which of both it is.
"""

from toolkit.scoping.transforms._transform import Options, Refused, Texts, Transform

_SMALL = frozenset(
    {
        "af", "al", "av", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le", "ten",
        "ter", "van", "von", "zu", "zur",
    }
)  # fmt: skip


def _there(values: Texts, _options: Options) -> Texts | Refused:
    [name] = values
    if not name:
        return ("", "")
    family, comma, given = name.partition(",")
    if comma:
        found = (given.strip(), family.strip())
        return found if all(found) and "," not in given else Refused("The commas do not tell given from family name.")
    words = name.split()
    if len(words) < 2:
        return Refused("A single word: given or family name cannot be told apart.")
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _SMALL:
        start -= 1
    return (" ".join(words[:start]), " ".join(words[start:]))


def _back(values: Texts, _options: Options) -> Texts:
    return (" ".join(one for one in values if one),)


TRANSFORM = Transform("split_name", "split into given and family name", 1, 2, _there, _back)
