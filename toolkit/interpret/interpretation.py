"""What is made of a table: frozen data that the settings, the questions and the pages are written from.

Probabilities are calibrated shares (0 to 1): of all readings stated at .9, nine in ten are right (``benchmarks/interpret``).
A certainty is what to do with one: ``sure`` is used, ``probable`` is used and marked unconfirmed, ``doubtful`` is not
used and asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

SURE = "sure"
PROBABLE = "probable"
DOUBTFUL = "doubtful"

NONE = "none"
"""The meaning of a column that says nothing about who or what."""

RECORD = "record"
LINE = "line of a document"
TOTAL = "total"
REPORT = "report"
FORM = "form"


@dataclass(frozen=True, slots=True)
class Guess:
    """One reading, its probability and the reason, as words that follow "because"."""

    meaning: str
    probability: float
    reason: str


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What one column means.

    ``header`` is the name it is shown by: unique in the table (``Header (2)``, ``column 3``). ``guesses`` are ranked, the
    best first, and never empty. ``samples`` are up to three of its values. ``looks_like`` is what its values look like to
    the eye (money, date, name, id), or empty: a column that looks like one of these is never left out without a word.
    """

    index: int
    header: str
    guesses: tuple[Guess, ...]
    certainty: str
    samples: tuple[str, ...] = ()
    looks_like: str = ""

    @property
    def meaning(self) -> str:
        """The best guess."""
        return self.guesses[0].meaning

    @property
    def probability(self) -> float:
        """Of the best guess."""
        return self.guesses[0].probability

    @property
    def reason(self) -> str:
        """For the best guess."""
        return self.guesses[0].reason

    @property
    def used_as(self) -> str:
        """The meaning it is read as: ``none`` while that is doubtful."""
        return NONE if self.certainty == DOUBTFUL else self.meaning


@dataclass(frozen=True, slots=True)
class Locale:
    """How a file writes numbers and days, where it seems to come from, and why.

    ``day_order`` is ``dmy``, ``mdy``, ``ymd`` or empty where nothing tells; ``country`` and ``currency`` are ISO codes or
    empty.
    """

    decimal_sign: str = ""
    day_order: str = ""
    country: str = ""
    currency: str = ""
    is_decimal_sure: bool = True
    is_order_sure: bool = True
    is_country_sure: bool = False
    is_currency_sure: bool = False
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can say.

    ``about`` is entity, row, column, key, amounts, day_order, decimal_sign, currency or status; ``index`` is the column
    where it is about one. ``options`` are (answer, words), the likeliest first; ``samples`` three values; ``changes`` says
    which figures depend on the answer.
    """

    about: str
    text: str
    options: tuple[tuple[str, str], ...]
    index: int | None = None
    samples: tuple[str, ...] = ()
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a table is.

    ``entity`` is one of ``tables.ENTITY_SCHEMAS`` or ``other``; ``entities`` ranks the guesses. ``row_is`` is record, line
    of a document, total, report or form. Of lines, ``total`` says how the document's total is stated: ``repeats`` on every
    line, ``first_line`` only, or ``adds_up`` from the lines. ``key`` are the columns that name a record, by index;
    ``statuses`` is what each value of the status column stands for. ``rows_seen`` of ``rows_total`` rows were looked at.
    ``company`` is the column, by index, of the companies that a list of customers or suppliers with contact persons is of.
    """

    entity: str
    entities: tuple[Guess, ...]
    entity_certainty: str
    row_is: str
    row_reason: str
    row_certainty: str
    total: str
    key: tuple[int, ...]
    key_reason: str
    columns: tuple[ColumnReading, ...]
    locale: Locale
    statuses: Mapping[str, str]
    questions: tuple[Question, ...]
    rows_seen: int
    rows_total: int
    company: int | None = None

    def column_of(self, meaning: str) -> ColumnReading | None:
        """Return the column that is read as a meaning; the likeliest where several are."""
        found = [one for one in self.columns if one.used_as == meaning]
        return max(found, key=lambda one: one.probability, default=None)
