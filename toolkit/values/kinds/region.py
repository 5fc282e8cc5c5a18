"""States, provinces and counties of a country: names, and codes of two or three letters."""

from toolkit.values.region_names import region_codes_of, region_names
from toolkit.values.sample import Sample, Worded

_AROUND = (
    "county of ",
    "province of ",
    "state of ",
    "land ",
    "provincia di ",
    "provincia de ",
    "estado de ",
    "comunidad de ",
)
_BEHIND = (" county", " province", " lan", " fylke", " megye", " region", " district", " oblast")
_CODES = frozenset().union(*region_codes_of().values())


def share(sample: Sample) -> float:
    """Return how much of the values names a state or province.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["Bayern", "Nordrhein-Westfalen"])), share(sample_of(["TX", "CA"])), share(sample_of(["Offen"]))
    (1.0, 0.9, 0.0)
    """
    codes = {worded.value for worded in sample.worded if len(worded.value) <= 3}
    # Codes of one country prove each other: MI, BO, TO and NA are provinces of Italy.
    agree = max((len(codes & known) / len(codes) for known in region_codes_of().values()), default=0.0) if codes else 0.0
    return sample.read(lambda worded: _fit(worded, agree))


def _fit(worded: Worded, agree: float) -> float:
    if worded.has_digit or len(worded.value) > 40:
        return 0.0
    if len(worded.value) <= 3:
        return 0.9 * agree**2 if worded.value in _CODES else 0.0
    name = " ".join(worded.words)
    if name in region_names():
        return 1.0
    bare = next((name.removeprefix(word) for word in _AROUND if name.startswith(word)), name)
    bare = next((bare.removesuffix(word) for word in _BEHIND if bare.endswith(word)), bare)
    return 1.0 if bare in region_names() else 0.6 if bare != name else 0.0
