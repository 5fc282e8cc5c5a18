"""What a table may not teach: that one thing differs in what tells variants apart, and more than a weak fact can say."""

import numpy as np

from toolkit.match.comparison import Comparison, Floats
from toolkit.match.linkage.weights import BY_NAME, MATCH, UNRELATED
from toolkit.match.records.profiles import Profiles

_MOST_VARIANTS = 1.0
"""Pairs of variants for each match, at most, in a list of things: else they take in whatever has a title in common."""


def held_class_shares(profiles: Profiles, class_shares: Floats) -> Floats:
    """Return the share of each class among all pairs, variants of things held to be not too many.

    Parameters
    ----------
    profiles
        The distinct records.
    class_shares
        What the table teaches.
    """
    if all(fact.comparison.facet != "variant" for fact in profiles.facts):
        return class_shares
    result = class_shares.copy()
    result[BY_NAME] = min(result[BY_NAME], _MOST_VARIANTS * result[MATCH])
    result[UNRELATED] += class_shares[BY_NAME] - result[BY_NAME]
    return result


def held_variants(comparison: Comparison, shares: Floats) -> Floats:
    """Return shares of levels in which variants of one thing are no examples of it.

    A thing bears another code, size or colour in another shop now and then; were that learned, its variants would teach it.
    How often variants differ is not learned either, but by how much they do. Where they do not differ they agree as one
    thing does: a fifth of all titles may tell a size, or all.

    Parameters
    ----------
    comparison
        What is compared.
    shares
        Share of each level, one row per class.
    """
    if comparison.facet != "variant":
        return shares
    prior, result = comparison.priors(), shares.copy()
    differs = prior[MATCH] < prior[BY_NAME]
    result[MATCH, differs] = np.minimum(result[MATCH, differs], prior[MATCH, differs])
    result[MATCH, ~differs] *= (1 - result[MATCH, differs].sum()) / result[MATCH, ~differs].sum()
    mass = prior[BY_NAME, differs].sum()
    apart = result[BY_NAME, differs] * mass / result[BY_NAME, differs].sum()
    agreeing = prior[BY_NAME] if comparison.most_for is None else result[MATCH]
    result[BY_NAME] = agreeing * (1 - mass) / agreeing[~differs].sum()
    result[BY_NAME, differs] = apart
    return result


def held_titles(comparison: Comparison, shares: Floats) -> Floats:
    """Return shares of titles: variants of a thing bear what it bears itself, and more alike still, for one hand wrote them.

    Parameters
    ----------
    comparison
        What is compared.
    shares
        Share of each level, one row per class.
    """
    if comparison.facet != "title":
        return shares
    prior, result = comparison.priors(), shares.copy()
    result[BY_NAME] = result[MATCH] * prior[BY_NAME] / prior[MATCH]
    result[BY_NAME] /= result[BY_NAME].sum()
    return result


def held_bits(comparison: Comparison, shares: Floats) -> Floats:
    """Return shares of levels in which a weak fact says no more than it may, for a match or against it.

    Parameters
    ----------
    comparison
        What is compared.
    shares
        Share of each level, one row per class.
    """
    if comparison.most_against is None and comparison.most_for is None:
        return shares
    least = -np.inf if comparison.most_against is None else -comparison.most_against
    most = np.inf if comparison.most_for is None else np.array(comparison.most_for)
    bits = np.clip(np.log2(shares[MATCH] / shares[UNRELATED]), least, most)
    result = shares.copy()
    result[UNRELATED] = shares[MATCH] / np.exp2(bits)
    return result
