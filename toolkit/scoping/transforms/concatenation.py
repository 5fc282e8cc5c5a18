"""Concatenation: several fields become one, with a separator between those that are filled.

It comes back whole only where every field is filled and none holds the separator.
"""

from toolkit.scoping.transforms._transform import Options, Refused, Texts, Transform


def _there(values: Texts, options: Options) -> Texts:
    return (options.separator.join(one for one in values if one),)


def _back(values: Texts, options: Options) -> Texts | Refused:
    [text] = values
    if not text:
        return ("",) * options.parts
    found = tuple(text.split(options.separator)) if options.separator else (text,)
    if len(found) != options.parts:
        return Refused(f"It comes back in {len(found)} parts, not in {options.parts}: they cannot be told apart.")
    return found


TRANSFORM = Transform("concatenation", "joined with a separator", 0, 1, _there, _back, ("separator", "parts"))
