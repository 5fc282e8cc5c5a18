"""Draw the pictures of docs/matching.md from the sample client, as the toolkit matches it today.

Run from the project's root: ``python docs/pictures/draw.py``. Names, probabilities and weights in the pictures are read off
the results; where a result changed so much that a picture's words no longer hold, drawing stops.
"""  # noqa: INP001 - a folder of pictures, not a package

import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from canvas import BLUE, FAINT, GREEN, GREY, INK, ORANGE, SKY, VERMILION, WHITE, Canvas

from toolkit.audit.audited_folder import copied_sample
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.records import engagement_records
from toolkit.audit.verbs import match_records, results_table
from toolkit.match.parties import MIN_MATCH_PROBABILITY, MIN_REVIEW_PROBABILITY

FOLDER = Path(__file__).resolve().parent
WIDTH = 720

MOVED = ("crm/companies/18719887809", "ledger/customers/Sycamore Insurance Brokers LLC")
MISTYPED = ("crm/companies/20881438964", "ledger/customers/Hawthonr Veterinary Clinic")
SISTERS = ("crm/companies/23631703838", "crm/companies/24378570993")
BRANCHES = ("crm/companies/93218881625", "ledger/customers/Saltbox Dental Group")
NAMESAKES = (
    ("ledger/customers/Kapoor, Warren", "payments/customers/cus_G25kXqbtfAeCSl", "shop/customers/7423699288229"),
    ("ledger/customers/Warren Kapoor", "payments/customers/cus_XCyY0tXymx5oxH", "shop/customers/8543655500862"),
)


class Found:
    """What the sample client's matching found: pairs, their levels, clusters, and the records themselves."""

    def __init__(self, folder: Path) -> None:
        engagement = open_engagement(copied_sample(folder / "harbor-pine"))
        pull_snapshots(engagement)
        match_records(engagement)
        self.pair, self.level, cluster = (
            results_table(engagement, name).frame for name in ("pair", "pair_level", "cluster")
        )
        self.party = engagement_records(engagement).parties.to_pandas().set_index("record_key")
        self.cluster_of = dict(zip(cluster["record_key"], cluster["cluster_id"], strict=True))
        engagement.close()

    def one(self, key_l: str, key_r: str) -> Any:
        """Return the row of a pair."""
        low, high = sorted((key_l, key_r))
        [row] = self.pair[(self.pair["key_l"] == low) & (self.pair["key_r"] == high)].itertuples()
        return row

    def levels(self, key_l: str, key_r: str) -> list[Any]:
        """Return the graded facts of a pair, the weightiest first."""
        low, high = sorted((key_l, key_r))
        own = self.level[(self.level["key_l"] == low) & (self.level["key_r"] == high)]
        return list(own.sort_values("bits", ascending=False).itertuples())

    def cell(self, key: str, column: str) -> str:
        """Return a cell of a record on one line; a dash where there is none."""
        value = self.party.loc[key, column]
        return " ".join(value.split()) if isinstance(value, str) else "–"

    def address(self, key: str) -> str:
        """Return street and town of a record."""
        known = [cell for cell in (self.cell(key, "street"), self.cell(key, "city")) if cell != "–"]
        return shortened(", ".join(known) or "no address", 42)


def shortened(words: str, size: int) -> str:
    """Return words cut to a size."""
    return words if len(words) <= size else f"{words[: size - 1].rstrip()}…"


def percent(share: float) -> str:
    """Return a probability as people read it; the ends are never rounded to certainty."""
    if share < 0.01:
        return "under 1 %"
    return f"{100 * share:.0f} %" if share <= 0.99 else "over 99 %"


def drawn_pair(found: Found) -> None:
    """Draw what each field of one pair says."""
    pair, levels = found.one(*MOVED), found.levels(*MOVED)
    if pair.decision != "same" or min(one.bits for one in levels) >= 0:
        raise SystemExit("The pair of the first picture is no longer held to be the same against some evidence.")
    rows = ("name", "phone", "website", "street", "city")
    height = 124 + 22 * len(rows) + 44 * len(levels)
    canvas = Canvas(WIDTH, height, "Two records of one company side by side, and a bar for what each field says.")
    canvas.text(16, 26, f"Two records, one company: {percent(pair.match_probability)}", size=16, is_bold=True)
    for column, place in (("CRM", 110), ("Ledger", 415)):
        canvas.text(place, 52, column, size=12, colour=GREY)
    for number, column in enumerate(rows):
        y = 72 + 22 * number
        canvas.rect(12, y - 15, WIDTH - 24, 21, fill=FAINT if number % 2 == 0 else WHITE)
        canvas.text(20, y, column, size=12, colour=GREY)
        for key, place in zip(MOVED, (110, 415), strict=True):
            canvas.text(place, y, shortened(found.cell(key, column), 44), size=12)
    top = 72 + 22 * len(rows) + 26
    scale = 360 / max(one.bits for one in levels)
    zero = 210 + scale * max(-one.bits for one in levels)
    canvas.text(20, top, "What each field says, in bits", size=13, is_bold=True)
    canvas.line(zero, top + 10, zero, top + 18 + 44 * len(levels), colour=GREY)
    for number, one in enumerate(levels):
        y, length = top + 22 + 44 * number, scale * abs(one.bits)
        is_for = one.bits >= 0
        canvas.text(20, y + 12, one.comparison, size=13)
        canvas.text(20, y + 28, one.level, size=11, colour=GREY)
        canvas.rect(zero if is_for else zero - length, y, length, 24, fill=BLUE if is_for else VERMILION,
                    pattern="" if is_for else "stripes")  # fmt: skip
        words = f"{one.bits:+.1f} {'for' if is_for else 'against'}".replace("-", "−")
        canvas.text(zero + (length if is_for else 0) + 6, y + 17, words, size=12)
    canvas.save(FOLDER / "one-pair.svg")


def drawn_classes(found: Found) -> None:
    """Draw the four classes of pair, with what each has in common."""
    cards = (
        ("The same", BLUE, "", MISTYPED, ("name", "place", "contact"), ()),
        ("Neighbours", ORANGE, "stripes", SISTERS, ("place", "contact"), ("name",)),
        ("Namesakes", GREEN, "dots", BRANCHES, ("name",), ("place", "contact")),
    )
    words = {
        "The same": "one party in two records",
        "Neighbours": "sister companies, households, landlord and tenant",
        "Namesakes": "branches, franchises, two people of one name",
    }
    if found.one(*SISTERS).decision == "same" or found.one(*BRANCHES).decision == "same":
        raise SystemExit("The look-alikes of the picture of classes are held to be one.")
    canvas = Canvas(WIDTH, 462, "Four classes of pair: the same, neighbours, namesakes and unrelated, each with an example.")
    canvas.text(16, 26, "Every pair is one of four", size=16, is_bold=True)
    for number, (name, colour, pattern, keys, shared, parted) in enumerate(cards):
        y = 42 + 108 * number
        canvas.rect(12, y, WIDTH - 24, 98, fill=WHITE, line=FAINT)
        canvas.rect(12, y, 14, 98, fill=colour, pattern=pattern)
        canvas.text(38, y + 22, name, size=14, is_bold=True)
        canvas.text(150, y + 22, words[name], size=12, colour=GREY)
        for row, key in enumerate(keys):
            canvas.text(38, y + 46 + 19 * row, shortened(found.cell(key, "name"), 34), size=12)
            canvas.text(262, y + 46 + 19 * row, found.address(key), size=12, colour=GREY)
        apart = f"; not in common: {', '.join(parted)}" if parted else ""
        canvas.text(38, y + 88, f"in common: {', '.join(shared)}{apart}", size=11)
        pair = found.one(*keys)
        verdict = {"same": "the same", "review": "a person looks", "related": "listed as related"}[pair.decision]
        canvas.text(WIDTH - 26, y + 46, percent(pair.match_probability), size=16, is_bold=True, anchor="end")
        canvas.text(WIDTH - 26, y + 65, verdict, size=12, anchor="end")
    canvas.rect(12, 366, WIDTH - 24, 84, fill=WHITE, line=FAINT)
    canvas.rect(12, 366, 14, 84, fill=GREY)
    canvas.text(38, 388, "Unrelated", size=14, is_bold=True)
    canvas.text(150, 388, "nearly all pairs of a table", size=12, colour=GREY)
    canvas.lines(38, 412, ["What they have in common is chance. How much chance gives is counted in the whole table,",
                           "so that a town that everybody lives in says little."])  # fmt: skip
    canvas.save(FOLDER / "four-classes.svg")


def drawn_rarity(found: Found) -> None:
    """Draw what one and the same agreement says of common and of rare names."""
    own = found.level[(found.level["comparison"] == "person's name") & (found.level["level"] == "same name")]
    own = own.assign(name=[found.cell(key, "name").title() for key in own["key_l"]])
    # One name is written once, whatever its order.
    own = own[~own["name"].str.contains(r"[,(]")].sort_values(["bits", "name"]).drop_duplicates("name")
    place = np.linspace(0, len(own) - 1, 7).round().astype(int)
    rows = list(own.iloc[place].itertuples())
    canvas = Canvas(WIDTH, 74 + 32 * len(rows), "The same agreement of names weighs more, the rarer the name is.")
    canvas.text(16, 26, "“Same name” says more of a rare name", size=16, is_bold=True)
    canvas.text(16, 46, "Persons of the sample client; bits of the agreement", size=12, colour=GREY)
    scale = 420 / max(one.bits for one in rows)
    for number, one in enumerate(rows):
        y = 62 + 32 * number
        canvas.text(20, y + 15, one.name, size=13)
        canvas.rect(210, y, scale * one.bits, 21, fill=BLUE)
        canvas.text(216 + scale * one.bits, y + 15, f"{one.bits:.1f}", size=12)
    canvas.save(FOLDER / "rare-names.svg")


def drawn_thresholds(found: Found) -> None:
    """Draw how many pairs have which probability, and what becomes of them."""
    probability = found.pair["match_probability"].to_numpy()
    decision = found.pair["decision"].to_numpy()
    edges = np.linspace(0, 1, 21)
    left, bottom, plot_height, plot_width = 60, 330, 220, 640
    canvas = Canvas(
        WIDTH, 396, "Pairs by probability: below 10 % not the same, from 50 % the same, between put to a person."
    )
    canvas.text(16, 26, "Few pairs are in the middle", size=16, is_bold=True)
    canvas.text(16, 46, "Pairs of the sample client that were close enough to list, by probability (logarithmic)", size=12,
                colour=GREY)  # fmt: skip
    spans = ((0, MIN_REVIEW_PROBABILITY, "not the same"), (MIN_REVIEW_PROBABILITY, MIN_MATCH_PROBABILITY, "a person looks"),
             (MIN_MATCH_PROBABILITY, 1, "the same, unless the group disagrees"))  # fmt: skip
    for number, (low, high, words) in enumerate(spans):
        x, width = left + plot_width * low, plot_width * (high - low)
        canvas.rect(x, bottom - plot_height - 30, width, plot_height + 30, fill=(FAINT, WHITE, FAINT)[number])
        name = words.split(" ") if number == 0 else [words]
        canvas.lines(
            x + width / 2, bottom - plot_height - 14, [" ".join(name[:2]), *name[2:]], anchor="middle", step=14, size=11
        )
    look = {"related": (GREEN, "dots"), "review": (ORANGE, "stripes"), "same": (BLUE, "")}
    counts = {name: np.histogram(probability[decision == name], edges)[0] for name in look}
    top = np.ceil(np.log10(max(int(one.max()) for one in counts.values())))
    for power in range(int(top) + 1):
        y = bottom - plot_height * power / top
        canvas.line(left - 4, y, left + plot_width, y, colour="#C9D1D7", width=0.7)
        canvas.text(left - 8, y + 4, f"{10**power:,}", size=11, anchor="end")
    for place, (name, (colour, pattern)) in enumerate(look.items()):
        for number, count in enumerate(counts[name].tolist()):
            if count:
                height = max(plot_height * np.log10(count) / top, 3)
                canvas.rect(left + plot_width * edges[number] + 2 + 9 * place, bottom - height, 9, height, fill=colour,
                            pattern=pattern, line=colour)  # fmt: skip
    canvas.line(left, bottom, left + plot_width, bottom)
    for share in (0, MIN_REVIEW_PROBABILITY, MIN_MATCH_PROBABILITY, 1):
        canvas.text(
            left + plot_width * share, bottom + 18, f"{100 * share:.0f} %", size=12, anchor="end" if share == 1 else "middle"
        )
    words = {"related": "related, not the same", "review": "put to a person", "same": "the same"}
    for place, (name, (colour, pattern)) in enumerate(look.items()):
        x = left + 210 * place
        canvas.rect(x, 366, 22, 14, fill=colour, pattern=pattern, line=colour)
        canvas.text(x + 28, 378, f"{words[name]} ({int(counts[name].sum()):,})", size=12)
    canvas.save(FOLDER / "thresholds.svg")


def drawn_chain(found: Found) -> None:
    """Draw two people of one name in three systems: pairs across that look alike, and the groups that stay apart."""
    first, second = NAMESAKES
    groups = [{found.cluster_of[key] for key in group} for group in NAMESAKES]
    if any(len(group) != 1 for group in groups) or groups[0] == groups[1]:
        raise SystemExit("The two namesakes of the picture of chains are no longer two groups.")
    canvas = Canvas(WIDTH, 400, "Two people of one name: one pair across looks alike, yet the groups as a whole disagree.")
    canvas.text(16, 26, "One likeness does not chain two groups", size=16, is_bold=True)
    canvas.text(16, 46, f"Two customers named {found.cell(second[0], 'name')}, each in three systems", size=12, colour=GREY)
    where = {key: (180 if side == 0 else 540, 100 + 110 * row) for side, group in enumerate(NAMESAKES)
             for row, key in enumerate(group)}  # fmt: skip
    for x in (40, 400):
        canvas.rect(x, 62, 280, 320, fill=WHITE, line=GREY, round_by=14)
    for one in first:
        for other in second:
            low, high = sorted((one, other))
            own = found.pair[(found.pair["key_l"] == low) & (found.pair["key_r"] == high)]
            # By themselves, before the others of their groups are heard.
            weight = float((own["match_weight"] - own["group_bits"]).max()) if len(own) else -99.0
            probability = 1 / (1 + 2**-weight)
            if probability >= MIN_MATCH_PROBABILITY:
                (x1, y1), (x2, y2) = where[one], where[other]
                canvas.line(x1 + 118, y1 + 20, x2 - 118, y2 + 20, colour=VERMILION, dash="5 4")
                # Lines cross in their middle; there the words would lie on each other.
                share = 0.5 if y1 == y2 else 0.72
                x, y = x1 + 118 + share * (x2 - x1 - 236), y1 + 24 + share * (y2 - y1)
                canvas.text(x, y, percent(probability), size=11, colour=VERMILION, anchor="middle", halo=True, is_bold=True)
    for group in NAMESAKES:
        for one, other in pairwise(group):
            (x, y1), (_, y2) = where[one], where[other]
            canvas.line(x, y1 + 54, x, y2 - 6, colour=BLUE, width=3)
            canvas.text(x + 8, (y1 + y2) / 2 + 28, percent(found.one(one, other).match_probability), size=12, colour=BLUE,
                        halo=True, is_bold=True)  # fmt: skip
        for key in group:
            x, y = where[key]
            canvas.rect(x - 118, y - 8, 236, 62, fill="#F4F8FB", line=SKY, round_by=6)
            canvas.text(x - 108, y + 10, f"{key.split('/')[0]}: {found.cell(key, 'name')}", size=12, is_bold=True)
            canvas.text(x - 108, y + 27, found.cell(key, "email").replace("–", "no e-mail address"), size=11)
            canvas.text(x - 108, y + 43, shortened(found.address(key), 36), size=11, colour=GREY)
    canvas.save(FOLDER / "chain.svg")


def drawn_map() -> None:
    """Draw the modules of match/ from records to clusters."""
    steps = (
        ("Records", "tables of any shape", "column_kinds · record_files · aligned_columns · joint_records"),
        ("Profiles", "each record once", "columns · party_kind · comparisons · profiles · words · hashing · text_ids"),
        ("Candidate pairs", "what is worth comparing", "blocking"),
        ("Levels", "a grade per fact and pair", "levels · overlap · spelling · likeness · name_parts · short_codes"),
        ("Model", "how often a grade occurs", "training · monotone · weights · answered_pairs · frequencies · saved_model"),
        ("Scores", "a weight and a probability per pair", "scoring"),
        ("Clusters", "which records are one party", "deciding · clusters · agglomeration · links · between_groups"),
        ("Tables", "pairs, levels, clusters, in words", "listed_pairs · outcome · explain · answers · review_sample"),
        ("Next month", "the same ids, the same model", "lasting_ids · succession · history · drift · changed_pairs"),
    )  # fmt: skip
    canvas = Canvas(WIDTH, 40 + 62 * len(steps), "From records to clusters: the steps in order, with the modules of each.")
    canvas.text(16, 26, "From records to clusters", size=16, is_bold=True)
    for number, (name, purpose, modules) in enumerate(steps):
        y = 42 + 62 * number
        canvas.rect(16, y, 210, 44, fill="#F4F8FB", line=SKY, round_by=6)
        canvas.text(28, y + 19, name, size=14, is_bold=True)
        canvas.text(28, y + 36, purpose[:40], size=10.5, colour=GREY)
        canvas.text(246, y + 27, modules, size=12.5, colour=INK)
        if number + 1 < len(steps):
            canvas.line(121, y + 44, 121, y + 61, has_tip=True)
    canvas.save(FOLDER / "map.svg")


def main() -> None:
    """Draw all pictures."""
    drawn_map()
    with tempfile.TemporaryDirectory() as folder:
        found = Found(Path(folder))
        for draw in (drawn_pair, drawn_classes, drawn_rarity, drawn_thresholds, drawn_chain):
            draw(found)


if __name__ == "__main__":
    main()
