"""The first page: what the work costs, what may be lost beside it, what to connect first, and what we ask for."""

from dataclasses import replace

from toolkit.charts import cost_by_kind
from toolkit.report.blocks import Bars, Block, Bullets, Chart, Decision, Heading, Inline, Legend, Note, Paragraph, ScoreCards
from toolkit.report.document import Section
from toolkit.report.gaps import not_told, requests
from toolkit.report.money_advice import advice_rows, advice_sentence, none_pays_sentence
from toolkit.report.money_kinds import cash_words, cost_kinds, figure, is_something, uncounted_words, whom, written_lines
from toolkit.report.money_not_invoiced import not_invoiced_words
from toolkit.report.run import RunTables
from toolkit.report.shown import Shown, shown_figure
from toolkit.values.written import day_text

_MONEY = (
    "roi.cost_now_per_month.total",
    "roi.not_invoiced_value.total",
    "roi.net_saving_per_month.recommended",
    "roi.payback_months.recommended",
)
_CARD_COUNT = 5
_MAX_REQUESTS = 4
_MOST_BARS = 7
_MOST_MISSING = 3
_MOST = 0.5
_FILES = frozenset({"sheet", "file"})
_DUPLICATES, _PAIRS = "duplicate records", "pairs of records that may be one and the same"
_OF_ONE = {_DUPLICATES: "duplicate record", _PAIRS: _PAIRS.replace("pairs", "pair")}


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the message, five figures, what the marks mean, where to begin, and what we ask the client for."""
    cards = _five(run)
    cost, advice, first = figure(run, "cost_now_per_month"), advice_sentence(run), _first_handoff(run)
    asked = requests(run)
    blocks: list[Block] = [Paragraph(_message(run), is_lead=True)]
    blocks += [ScoreCards(cards, is_front=True)] if cards else []
    if first or asked:
        # Without a handoff to decide about, the next thing to send is what the reader can decide.
        # Where nothing pays surely that is said before where to begin.
        is_sure = any(row["wave"] == 1 for row in advice_rows(run, "connect"))
        order = (first, advice) if is_sure else (advice, first)
        wanted = tuple(words for words in order if words) or asked[:1]
        blocks.append(Decision("What to decide" if first else "What is needed next", wanted))
    if cost.is_known:
        blocks.append(
            Chart(
                cost_by_kind.drawn(
                    run.table("cost_line"), title=_title(run), currency=run.currency, written=written_lines(run)
                ),
                "The cost of the work by hand per month by kind, and beside it what is likely lost and not added.",
            )
        )
    else:
        blocks += _found(run)
    blocks += [Legend()] if cards else []
    blocks += [Paragraph(words) for words in (not_invoiced_words(run, is_short=True), cash_words(run)) if words]
    if run.reasons or not_told(run):
        blocks.append(
            Note(
                ("Not everything could be used, so these figures may change: see “What is missing”.",),
                kind="caution",
            )
        )
    rest = asked[:_MAX_REQUESTS] if first else asked[1 : _MAX_REQUESTS + 1]
    if rest:
        blocks += [Heading("What we ask of you"), Bullets(rest)]
    return tuple(blocks)


def _found(run: RunTables) -> list[Block]:
    """Return the counts of what was found as a picture, where there is no cost to draw: what weighs most first.

    An item that never arrived weighs more than a record that stands twice, and that more than a value written oddly.
    """
    names = [*_largest_missing(run, _MOST_MISSING, told=_doubtful(run)), *_largest(run, "match.duplicate_count.", 2)]
    names += _largest(run, "quality.failing.", _MOST_BARS - len(names))
    rows = [run.figures[name] for name in names]
    counts = tuple((row["label"], round(row["value"]), shown_figure(run.figures, row["figure_id"]).text) for row in rows)
    return [Bars("What we found: missing, standing twice, written oddly", counts)] if len(counts) > 1 else []


def _message(run: RunTables) -> tuple[Inline, ...]:
    cost = figure(run, "cost_now_per_month")
    if not cost.is_known:
        return _without_money(run)
    kinds = cost_kinds(run)
    made_of: tuple[Inline, ...] = (": ", *kinds) if len(kinds) > 2 else ()
    how = (
        "by hand or through files"
        if any(one["carrier"] in _FILES for one in run.table("handoff").to_pylist())
        else "by hand"
    )
    return (
        f"Carrying data between your systems {how} costs about ",
        cost,
        f" ({whom(run)})",
        *made_of,
        ".",
        *uncounted_words(run),
    )


def _title(run: RunTables) -> str:
    return f"The work by hand costs about {figure(run, 'cost_now_per_month').text}"


def _without_money(run: RunTables) -> tuple[Inline, ...]:
    """Return what was read and found, where nothing can be said about cost yet."""
    read = shown_figure(run.figures, "snapshot.records")
    found: list[tuple[Inline, ...]] = []
    for figure_id, words in (
        *((name, None) for name in _missing(run, 1)),
        ("match.duplicate_count", _DUPLICATES),
        ("match.review_count", _PAIRS),
        *((name, None) for name in _largest(run, "quality.failing.", 2)),
    ):
        shown = shown_figure(run.figures, figure_id)
        if shown.is_known and run.figures[figure_id]["value"]:
            said = (_OF_ONE.get(words, words) if shown.text == "1" else words) if words else _lower_first(shown.label)
            found.append((shown, f" {said}"))
    if not found:
        return ("There is not enough to measure yet: see “What is missing”.",)
    records = "record" if read.text == "1" else "records"
    pieces: list[Inline] = ["We looked at ", read, f" {records} and found "] if read.is_known else ["We found "]
    for position, one in enumerate(found[:3]):
        pieces += [("" if not position else " and " if position == len(found[:3]) - 1 else ", "), *one]
    return (*pieces, ". What the work by hand costs cannot be said yet: see “What is missing”.")


def _lower_first(label: str) -> str:
    return label[:1].lower() + label[1:]


def _first_handoff(run: RunTables) -> tuple[Inline, ...]:
    """Return which handoff to connect first; where nothing can be recommended, which costs most."""
    labels, connected = run.handoff_labels(), advice_rows(run, "connect")
    for row in connected[:1]:
        name = row["handoff_id"]
        # Of a single one the sentence that follows tells saving and price: two prices of one thing help nobody.
        if len(connected) == 1:
            is_sure = row["wave"] == 1
            return (
                f"Connect “{labels[name]}” first: it pays even in the low case."
                if is_sure
                else f"That handoff is “{labels[name]}”.",
            )
        if row["wave"] == 1:
            words = f"Connect “{labels[name]}” first: it pays even in the low case and saves about "
        else:
            words = f"If you connect any, begin with “{labels[name]}”: in the middle case it pays and saves about "
        return (
            words,
            figure(run, "net_saving_per_month", name),
            ", for ",
            figure(run, "one_time_cost", name),
            " once.",
        )
    worth = {
        name: run.figures[key]["value"] or 0.0 for name in labels if (key := f"roi.cost_now_per_month.{name}") in run.figures
    }
    best = max(sorted(worth), key=lambda name: worth[name], default=None)
    if best is None or worth[best] <= 0:
        return ()
    costs = figure(run, "cost_now_per_month", best)
    if none_pays := none_pays_sentence(run):
        return (f"{none_pays} “{labels[best]}” costs the most, about ", costs, ".")
    return (f"Look at “{labels[best]}” first: of all handoffs it costs the most, about ", costs, ".")


def _five(run: RunTables) -> tuple[Shown, ...]:
    """Return figures of money, then the largest count of missing items and the share of duplicates.

    Where a run lacks one of them, the next figures of quality and reading take its place; a count of nothing is no headline.
    """
    wanted = [
        *_MONEY,
        *_missing(run, 1),
        # Of the system with the most duplicates: a share of a handful of records would say little.
        *(name.replace("_count.", "_share.") for name in _largest(run, "match.duplicate_count.", 1)),
    ]
    spare = [
        *_missing(run, 3)[1:],
        "match.duplicate_count",
        "match.review_count",
        *_largest(run, "quality.failing.", 3),
        "snapshot.records",
        "intake.files",
    ]
    known = [shown for name in (*wanted, *spare) if (shown := shown_figure(run.figures, name)).is_known]
    unique = {shown.figure_id: shown for shown in known if run.figures[shown.figure_id]["value"]}
    return tuple(_with_before(run, shown) for shown in list(unique.values())[:_CARD_COUNT])


def _with_before(run: RunTables, shown: Shown) -> Shown:
    """Return a figure with what it was in the audit before, where it was something else."""
    before = shown_figure(run.earlier, shown.figure_id)
    if run.earlier_on is None or not before.is_known or before.text == shown.text:
        return shown
    return replace(shown, since=f"{before.text} on {day_text(run.earlier_on, is_short=True)}")


def _missing(run: RunTables, count: int) -> list[str]:
    """Return the largest counts of missing items, without what was never invoiced: that has a sentence of its own."""
    invoiced = {name for name in run.handoff_labels() if is_something(run, "not_invoiced_count", name)}
    return _largest_missing(run, count, told=_doubtful(run) | invoiced)


def _doubtful(run: RunTables) -> set[str]:
    """Return the handoffs that we inferred and of which most items are missing: likely they are not done that way."""
    inferred = {row["handoff_id"] for row in run.table("handoff").to_pylist() if row["is_proposed"]}
    shares = {name: run.figures.get(f"reconcile.missing_share.{name}") for name in inferred}
    return {name for name, row in shares.items() if row is not None and (row["value"] or 0.0) > _MOST}


def _largest_missing(run: RunTables, count: int, *, told: set[str]) -> list[str]:
    names = _largest(run, "reconcile.missing_count.", count + len(told))
    return [name for name in names if name.rpartition(".")[2] not in told][:count]


def _largest(run: RunTables, prefix: str, count: int) -> list[str]:
    rows = [row for row in run.figures_below(prefix) if row["value"]]
    rows.sort(key=lambda row: (-row["value"], row["figure_id"]))
    return [row["figure_id"] for row in rows[:count]]


SECTION = Section("In short", 10, build)
