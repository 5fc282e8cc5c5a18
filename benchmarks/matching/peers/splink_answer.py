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


def _rules(data: Prepared, *, is_lean: bool) -> tuple[list, list, list]:
    """Return blocking rules to predict with, those of the EM passes, and near-certain ones for the prior."""
    has = data.column
    name, email, phone, code = has("name"), has("email"), has("phone"), has("postcode")
    street, city, date, number = has("street"), has("city"), has("date"), has("id")
    title, given, family, domain = has("title"), has("given"), has("family"), has("domain")
    predict, train, certain = [], [], []
    for column in filter(None, (email, phone, number)):
        predict.append(block_on(column))
        train.append(block_on(column))
    if name or title:
        main = name or title
        predict.append(block_on(main))
        train.append(block_on(main))
        if not is_lean:
            predict += [block_on(f"substr({main}, 1, 10)") if title else block_on(f"substr({main}, 1, 8)", city or code)
                        for _ in (1,) if title or city or code]  # fmt: skip
            if title:
                predict.append(block_on(f"substr({main}, -12)"))
        certain += [block_on(main, column) for column in filter(None, (email, phone, street, date, number))]
        if code:
            predict.append(block_on(code, f"substr({main}, 1, 4)"))
    if family and (given or date) and data.family == "person":
        predict += [block_on(family, given), block_on(given, date) if date else block_on(given, city)]
        if date:
            predict += [block_on(date), block_on(family, f"substr({date}, 1, 4)")]
        train += [block_on(family, given), block_on(date) if date else block_on(family)]
        certain += [block_on(family, given, date)] if date else [block_on(family, given, city)]
    if street and not is_lean:
        predict.append(block_on(street))
        train.append(block_on(street))
    elif street:
        predict.append(block_on(street, f"substr({name or family}, 1, 3)"))
    if domain and not is_lean:
        predict.append(block_on(domain, f"substr({name}, 1, 3)") if name else block_on(domain))
    if has("people"):
        predict.append(block_on(has("people")))
        certain.append(block_on(title, has("people")))
    return predict, train[:3], certain or train[:1]


def answered(data: Prepared, options: list[str]) -> Answer:
    logging.getLogger("splink").setLevel(logging.ERROR)
    is_lean = "--lean" in options
    predict, train, certain = _rules(data, is_lean=is_lean)
    roles = {name: role for name, role in data.roles.items() if data.family == "person" or role not in {"given", "family"}}
    if data.family == "person" and data.column("given"):
        roles = {name: role for name, role in roles.items() if role != "name"}
    settings = SettingsCreator(
        link_type="link_only" if data.is_link else "dedupe_only",
        comparisons=[_comparison(column, role) for column, role in roles.items()],
        blocking_rules_to_generate_predictions=predict,
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
