"""Join: the customer or supplier that a record names becomes the one that the target has for it.

The list is made of matched records. Who stands in the target several times, or not at all, is refused: nobody is taken for
somebody else.
"""

from toolkit.scoping.transforms._transform import Options, Refused, Texts, Transform


def _there(values: Texts, options: Options) -> Texts | Refused:
    [reference] = values
    if not reference:
        return ("",)
    found = options.table.get(reference)
    return Refused("No single record of the target is known to stand for it.") if found is None else (found,)


def _back(values: Texts, options: Options) -> Texts | Refused:
    [reference] = values
    if not reference:
        return ("",)
    found = options.sources.get(reference, ())
    if len(found) != 1:
        return Refused(f"{len(found)} records of the source become this one: they cannot be told apart on the way back.")
    return (found[0],)


TRANSFORM = Transform("join", "replaced by the record that stands for it there", 1, 1, _there, _back, ("table",))
