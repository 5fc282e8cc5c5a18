"""Copy: the value stays as it is."""

from toolkit.scoping.transforms._transform import Options, Texts, Transform


def _same(values: Texts, _options: Options) -> Texts:
    return values


TRANSFORM = Transform("as_it_is", "copied as it is", 1, 1, _same, _same)
