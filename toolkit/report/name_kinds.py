"""Whether a name of unknown kind is a company's, told from the names whose kind a system says.

A company may stand in a report in full, a person may not. Where nothing tells, a name that could be a person's is taken for
one: a company with a shortened name does less harm than a person in full.
"""

import re
from collections import Counter
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.reconcile.coded import array_of
from toolkit.report.masking import is_person_name
from toolkit.values import company_name
from toolkit.values.company_name import is_company_like
from toolkit.values.known_names import known_family_names, known_given_names

_MIN_COMPANIES = 5
"""In so many companies' names a word must follow another one before it counts as a word of trade."""
_MIN_PEOPLE = 20
"""With fewer known people, no word that many people bear can be ruled out as a family name."""
_MIN_LETTERS = 4
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words of trade ("coffee", "florist"), words of people's names, and names that are companies', all folded.

    A company's name counts without its legal form: who is "Plover Estates Inc." in one system is "Plover Estates" elsewhere.
    """

    trade: frozenset[str]
    people: frozenset[str]
    companies: frozenset[str] = frozenset()

    def kind(self, name: str | None) -> str:
        """Return ``company``, ``person`` or ``unknown`` of a name that nobody has given a kind.

        Examples
        --------
        >>> words = NameWords(frozenset({"coffee"}), frozenset({"dana", "miller"}))
        >>> [words.kind(name) for name in ("GUTIERREZ COFFEE", "Dana Coffee", "Rosa Gutierrez", "Cobalt & Sons")]
        ['company', 'person', 'person', 'unknown']
        """
        if not is_person_name(name):
            return "unknown"
        bare = company_name.company_name(name or "") if self.companies else None
        if bare is not None and bare.text in self.companies:
            return "company"
        found = _words(name)
        is_trade = "," not in (name or "") and not self.people.intersection(found) and self.trade.intersection(found[1:])
        return "company" if is_trade else "person"


def name_words(party: pa.Table) -> NameWords:
    """Return the words of trade and of people's names in the party records whose kind is known.

    Parameters
    ----------
    party
        Schema PARTY.
    """
    people: set[str] = set()
    known = party.filter(pc.equal(party["kind"], "person"))
    for column in ("name", "given_name", "family_name"):
        for name in pc.unique(known[column]).drop_null().to_pylist():
            people.update(_words(name))
    companies = party.filter(pc.equal(party["kind"], "company"))
    names = pc.unique(pa.concat_arrays([array_of(companies["name"]), array_of(known["company_name"])]))
    bare = frozenset(company_name.standardised(names).drop_null().to_pylist()) | _bare_companies(party)
    bare -= frozenset(company_name.standardised(pc.unique(array_of(known["name"]))).to_pylist())
    after_first: Counter[str] = Counter()
    for words in {tuple(_words(name)) for name in names.drop_null().to_pylist()}:
        after_first.update(set(words[1:]))
    # Short words ("and", "co") also join the names of people.
    trade = {word for word, count in after_first.items() if count >= _MIN_COMPANIES and len(word) >= _MIN_LETTERS} - people
    if known.num_rows < _MIN_PEOPLE:
        trade -= known_family_names() | known_given_names()
    return NameWords(frozenset(trade), frozenset(people), bare)


def _bare_companies(party: pa.Table) -> frozenset[str]:
    """Return names of unknown kind that a legal form tells to be companies', without it; none that a person could bear."""
    unknown = party.filter(pc.equal(pc.fill_null(party["kind"], "unknown"), "unknown"))
    names = [name for name in pc.unique(unknown["name"]).drop_null().to_pylist() if is_company_like(name)]
    bare = company_name.standardised(pa.array(names, pa.string())).drop_null().to_pylist()
    given, families = known_given_names(), known_family_names()
    return frozenset(
        name for name in filter(str.strip, bare) if name.split()[0] not in given and name.split()[-1] not in families
    )


def _words(name: str | None) -> list[str]:
    return [word.casefold() for word in _WORD.findall(name or "")]
