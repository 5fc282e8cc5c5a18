"""One value in every row."""

from toolkit.values.sample import Sample


def share(sample: Sample) -> float:
    """Return 1 where all values are one, else 0.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["EUR"])), share(sample_of(["EUR", "USD"]))
    (1.0, 0.0)
    """
    if len(sample.shape_counts) != 1:
        return 0.0
    values = {value for values in (*sample.figures.values(), *sample.codes.values()) for value in values}
    return 1.0 if len(values | {worded.value for worded in sample.worded}) == 1 else 0.0
