"""Which word of the target stands for a word of the source: proposed from matched records, where they say so clearly."""

from collections import Counter, defaultdict
from collections.abc import Iterable

MIN_PAIRS = 5
MIN_SHARE = 0.8


def proposed_codes(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the word of the target for each word of the source that has one in four of five matched records, and in five.

    Parameters
    ----------
    pairs
        Words of matched records, source and target.

    Examples
    --------
    >>> proposed_codes([("paid", "Settled")] * 9 + [("paid", "Open"), ("new", "Open")])
    {'paid': 'Settled'}
    """
    by_word: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, other in pairs:
        if word and other:
            by_word[word][other] += 1
    found = {}
    for word, counts in sorted(by_word.items()):
        [(other, count)] = counts.most_common(1)
        if count >= MIN_PAIRS and count >= MIN_SHARE * counts.total():
            found[word] = other
    return found
