"""splink with DuckDB: comparisons of its library by kind of column, EM as its guide trains it, threshold .5.

Source: splink 5 documentation, "Comparison library", "Choosing blocking rules", "Estimating model parameters"
(deterministic rules with a guessed recall for the prior, u from random pairs, two EM passes that block on different
columns), "Term frequency adjustments". The guide's own examples predict at a match probability between .5 and .95; at
.5 a pair is more likely right than wrong, and F1 is best on average.
"""

import contextlib
import logging

import pandas as pd
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_library as cl

from benchmarks.matching.peers.prepared import Answer, Prepared, run

_MIN_PROBABILITY = 0.5


def _comparison(column: str, role: str):  # noqa: ANN202, PLR0911 - a comparison creator of splink, one line a kind
    match role:
        case "name" | "company" | "family" | "given":
            return cl.NameComparison(column).configure(term_frequency_adjustments=True)
        case "email":
            return cl.EmailComparison(column)
        case "phone":
            return cl.DamerauLevenshteinAtThresholds(column, [1, 2])
        case "postcode" | "id" | "number":
            return cl.LevenshteinAtThresholds(column, [1, 2])
        case "date":
            return cl.DamerauLevenshteinAtThresholds(column, [1, 2])
        case "city" | "region" | "domain" | "year":
            return cl.ExactMatch(column).configure(term_frequency_adjustments=True)
        case "price":
            return cl.ExactMatch(column)
        case _:
            return cl.JaroWinklerAtThresholds(column, [0.95, 0.88, 0.7])


def _start(column: str, length: int) -> str:
    return f"substr({column}, 1, {length})"


def _rules(data: Prepared, *, is_lean: bool) -> list:
    """Return blocking rules to predict with: what is exact, a name alone or with a place, a person's parts in twos."""
    has = data.column
    main, place = has("name") or has("title"), has("city") or has("postcode")
    exact = [column for column in map(has, ("email", "phone", "id", "people")) if column]
    rules = [block_on(column) for column in (*exact, *([main] if main else []))]
    if main and has("postcode"):
        rules.append(block_on(has("postcode"), _start(main, 4)))
    if has("title"):
        rules += [block_on(_start(main, 10)), block_on(f"substr({main}, -12)")]
    if _by_parts(data):
        given, family, date = has("given"), has("family"), has("date")
        rules += [block_on(family, given), *([block_on(date), block_on(given, date)] if date else [])]
    street, domain = has("street"), has("domain")
    if is_lean:
        return rules + ([block_on(street, _start(main, 3))] if street and main else [])
    if street:
        rules.append(block_on(street))
    if main and place:
        rules.append(block_on(_start(main, 8), place))
    if domain:
        rules.append(block_on(domain, _start(main, 3)) if main else block_on(domain))
    return rules


def _training(data: Prepared) -> tuple[list, list]:
    """Return the rules of the EM passes, no two on one column, and near-certain rules for the prior."""
    has = data.column
    main = has("name") or has("title")
    passes = [
        block_on(column) for column in map(has, ("email", "phone", "id", "name", "title", "people", "street")) if column
    ]
    if _by_parts(data):
        passes = [block_on(has("family"), has("given")), *([block_on(has("date"))] if has("date") else []), *passes]
    others = [column for column in map(has, ("email", "phone", "street", "date", "id", "people")) if column]
    certain = [block_on(main, column) for column in others] if main else []
    if has("title"):
        # Two shops hardly ever write one title: most of it is as certain as it gets.
        certain.append(block_on(_start(main, 30)))
    if _by_parts(data):
        certain = [block_on(has("family"), has("given"), column) for column in others[-1:]]
    return passes[:3], certain or passes[:1]


def _by_parts(data: Prepared) -> bool:
    """Return whether persons are known by given and family name rather than by one name."""
    return data.family == "person" and data.column("given") is not None


def answered(data: Prepared, options: list[str]) -> Answer:
    logging.getLogger("splink").setLevel(logging.ERROR)
    is_lean = "--lean" in options
    train, certain = _training(data)
    # One name is compared once: as a whole, or by its parts where a table of persons has only those.
    left_out = {"name"} if _by_parts(data) else {"given", "family"}
    roles = {name: role for name, role in data.roles.items() if role not in left_out}
    settings = SettingsCreator(
        link_type="link_only" if data.is_link else "dedupe_only",
        comparisons=[_comparison(column, role) for column, role in roles.items()],
        blocking_rules_to_generate_predictions=_rules(data, is_lean=is_lean),
    )
    api = DuckDBAPI()
    frame = data.frame[["unique_id", *data.roles]].rename_axis(None)
    if data.is_link:
        sides = [frame[data.frame["side"] == side] for side in ("l", "r")]
        tables = [api.register(one) for one in sides]
    else:
        tables = api.register(frame)
    linker = Linker(tables, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(certain, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in train:
        # A pass over a column that hardly anything shares cannot be trained on; the guide goes on with the others.
        with contextlib.suppress(Exception):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=_MIN_PROBABILITY)
    pairs = found.as_pandas_dataframe()[["unique_id_l", "unique_id_r", "match_probability"]]
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(found, _MIN_PROBABILITY).as_pandas_dataframe()
    numbered = pd.Series(pd.factorize(clusters["cluster_id"])[0], index=clusters["unique_id"]).sort_index()
    return Answer(pairs.set_axis(["left", "right", "probability"], axis=1), numbered, lambda: _candidates_count(api, linker))


def _candidates_count(api: DuckDBAPI, linker: Linker) -> int:
    blocked = linker.inference.compute_blocked_pairs_for_predict()
    return int(api.query_sql(f"select count(*) as n from {blocked.physical_name}").as_record_list()[0]["n"])


if __name__ == "__main__":
    run(answered)
