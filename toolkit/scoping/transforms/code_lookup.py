"""Code lookup: a word of the source becomes the word that the target has for it.

A word without an entry is refused. Two words with one entry cannot be told apart on the way back.
"""

from toolkit.scoping.transforms._transform import Options, Refused, Texts, Transform


def _there(values: Texts, options: Options) -> Texts | Refused:
    [word] = values
    if not word:
        return ("",)
    found = options.table.get(word)
    return Refused(f"There is no entry for {word[:60]!r}.") if found is None else (found,)


def _back(values: Texts, options: Options) -> Texts | Refused:
    [word] = values
    if not word:
        return ("",)
    found = options.sources.get(word, ())
    if len(found) != 1:
        return Refused(f"{len(found)} words have the entry {word[:60]!r}: they cannot be told apart on the way back.")
    return (found[0],)


TRANSFORM = Transform("code_lookup", "looked up in a list of codes", 1, 1, _there, _back, ("table",))
