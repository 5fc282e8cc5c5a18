"""Whether a party is a company or a person, as far as its names tell without a look at other parties."""

import pyarrow as pa
import pyarrow.compute as pc

_LEGAL_FORM = (
    r"(?i)\b(?:inc|llc|l\.l\.c|ltd|limited|llp|lp|plc|corp|corporation|company|co|gmbh|ag|kg|ug|bv|nv|sa|sas|sarl|srl|spa|"
    r"pty|oy|ab|as|aps|group|holdings?|partners|associates|services|solutions|council|university|school|trust|bank)\b\.?"
)


def kinds(name: pa.Array, person: pa.Array, company: pa.Array) -> pa.Array:
    """Return company where the name says so, person where the name is first and last name, unknown otherwise.

    Parameters
    ----------
    name
        Name of each party.
    person
        First and last name together.
    company
        Name of its company.
    """
    is_named_company = pc.fill_null(pc.match_substring_regex(name, _LEGAL_FORM), False)
    is_company = pc.or_(is_named_company, pc.fill_null(pc.equal(name, company), False))
    is_person = pc.fill_null(pc.equal(name, person), False)
    return pc.case_when(pc.make_struct(is_company, is_person), "company", "person", "unknown")
