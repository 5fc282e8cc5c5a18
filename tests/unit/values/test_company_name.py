"""Company names."""

from time import process_time

import pyarrow as pa
import pytest

from toolkit.values.company_name import company_like, company_name, is_company_like, legal_forms, standardised


@pytest.mark.parametrize(
    "written",
    [
        "Brown Brothers Manufacturing, Inc.",
        "BROWN BROS MFG INC",
        "The Brown Bros. Mfg. Co.",
        "Brown Bros Mfg (old)",
        "Brown Bros. Manufacturing - DO NOT USE",
        "zz Brown Bros Manufacturing",
        "Brown Bros Manufacturing c/o Jane Roe",
        "Brown Brothers Manufacturing in liquidation",
        "Brown Brothers Manufacturing - USD",
        "Brown Brothers Manufacturing (EUR account)",
        "Brown Brothers Manufacturing, a division of Acme Inc",
        "www.BrownBrothers-Manufacturing.com".replace("BrownBrothers-", "brown-brothers-"),
    ],
)
def test_ways_of_writing_one_company_compare_equal(written: str) -> None:
    """Legal form, abbreviations, articles and notes are form."""
    assert standardised(pa.array([written])).to_pylist() == ["brown brothers manufacturing"]


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("Acme Incorporated", "inc"),
        ("Acme, L.L.C.", "llc"),
        ("Acme Co., Ltd.", "co ltd"),
        ("Acme DAC", "dac"),
        ("Acme Pty Ltd", "pty ltd"),
        ("Acme Limitée", "ltee"),
        ("Acme GmbH", "gmbh"),
        ("Acme GmbH & Co. KG", "gmbh co kg"),
        ("Acme UG (haftungsbeschränkt)", "ug"),
        ("Acme S.A.R.L.", "sarl"),
        ("Acme S.à r.l.", "sarl"),
        ("Acme B.V.", "bv"),
        ("Acme S.p.A.", "spa"),
        ("Acme S.r.l.", "srl"),
        ("Acme, S.L.U.", "slu"),
        ("Acme Sociedad Anónima", "sa"),
        ("Acme S.A. de C.V.", "sadecv"),
        ("Acme, S.A.B. de C.V.", "sabdecv"),
        ("Acme SAPI de CV", "sapidecv"),
        ("Acme S. de R.L. de C.V.", "sderldecv"),
        ("Acme S de RL", "sderl"),
        ("Acme Sociedad Anónima de Capital Variable", "sadecv"),
        ("Oy Acme Ab", "oy ab"),
        ("Acme A/S", "as"),
        ("Acme ApS", "aps"),
        ("Acme AB (publ)", "ab"),
        ("Acme Oy", "oy"),
        ("Acme Sp. z o.o.", "spzoo"),
        ("ООО Acme", "ooo"),
    ],
)
def test_the_legal_form_is_kept_as_a_fact(written: str, form: str) -> None:
    """The form is taken off the name, not thrown away."""
    assert standardised(pa.array([written])).to_pylist() == ["acme"]
    assert legal_forms(pa.array([written])).to_pylist() == [form]


def test_a_trading_name_is_a_further_name() -> None:
    """Either name may stand in another system."""
    name = company_name("J. Doe Holdings Ltd T/A The Corner Shop")

    assert name is not None
    assert name.words == ("j", "doe", "holdings")
    assert name.others == (("corner", "shop"),)


def test_a_name_of_nothing_but_form_words_stays() -> None:
    """A company called The Limited has a name."""
    assert standardised(pa.array(["The Limited", "Co", "n/a"])).to_pylist() == ["limited", "co", None]


def test_short_names_and_long_forms_are_read() -> None:
    """LES Inc is not an article; a legal form may be written out."""
    written = ["LES Inc", "Acme Limited Liability Company", "Lee Assoc.", "Lee Associates"]

    assert standardised(pa.array(written)).to_pylist() == ["les", "acme", "lee associates", "lee associates"]


def test_companies_are_told_from_persons_by_their_words() -> None:
    """A legal form, a trade or a digit shows it."""
    assert [is_company_like(one) for one in ("Smith LLC", "Smith Plumbing", "3M", "John Smith")] == [True, True, True, False]


@pytest.mark.parametrize(
    "written",
    ["Quinros Ltd trading as Corner Shop", "Quinros Ltd d/b/a Corner Shop", "Quinros Ltd (formerly Corner Shop)",
     "Quinros, Inc., aka The Corner Shop", "Quinros GmbH vormals Corner Shop"],
)  # fmt: skip
def test_every_way_of_naming_a_second_name_is_read(written: str) -> None:
    """Old names and shop names stand beside the name in ledgers of all countries."""
    assert standardised(pa.array([written])).to_pylist() == ["quinros|corner shop"]


def test_an_apostrophe_that_a_system_lost_changes_nothing() -> None:
    """Exports turn the apostrophe into a blank, or drop it."""
    written = ["Joe's Diner", "JOES DINER", "Joe\u2019s Diner"]

    assert standardised(pa.array(written)).to_pylist() == ["joes diner"] * 3
    assert standardised(pa.array(["JOE S DINER"])).to_pylist() == ["joe diner"]


def test_words_of_government_and_care_are_no_notes() -> None:
    """A division of a state is its name; a firm may begin with "care of"."""
    written = ["State Division of Family Services", "c/o Acme Ltd", "Closed Loop Systems", "Gold Void Music"]

    assert standardised(pa.array(written)).to_pylist() == [
        "state division family services",
        "acme",
        "closed loop systems",
        "gold void music",
    ]


def test_a_name_in_another_script_loses_its_legal_form() -> None:
    """The form is joined to the name where a script has no blanks."""
    [name] = standardised(pa.array(["東京電力株式会社"])).to_pylist()

    assert name == "dongjingdianli"


def test_a_column_of_names_is_judged_at_once() -> None:
    """What one name tells, it tells in a column; a missing name tells nothing."""
    written = ["Smith LLC", "Smith Plumbing", "3M", "John Smith", "Smith & Sons", "n/a", None]

    assert company_like(pa.array(written)).to_pylist() == [True, True, True, False, True, False, None]


def test_a_card_statement_is_read_as_the_shop() -> None:
    """The payment service stands before the shop, a reference after it."""
    written = ["PAYPAL *Corner Shop", "SQ *Corner Shop", "Corner Shop*m17rx94c5", "Corner Shop (BACS)"]

    assert standardised(pa.array(written)).to_pylist() == ["corner shop"] * 4


def test_a_cell_of_nothing_but_signs_takes_no_more_time() -> None:
    """Every note is looked for once, whatever stands before it."""

    def cpu_s(length: int) -> float:
        cells = [sign * length + " old t/a" for sign in ("-", "(", "( ,", "* ", ":", " old")]
        names = pa.array([f"{cell} {number}" for number in range(10) for cell in cells])
        started_s = process_time()
        standardised(names)
        return process_time() - started_s

    # Looking at every sign from every sign would take a thousand times as long.
    assert cpu_s(16_000) < 100 * cpu_s(500)


def test_a_partnership_keeps_its_name() -> None:
    """Partnership is a word of the name unless it is a limited one."""
    written = ["The Bridge Partnership Ltd", "Bridge Limited Partnership", "Bridge Private Limited"]

    assert standardised(pa.array(written)).to_pylist() == ["bridge partnership", "bridge", "bridge"]


def test_a_trade_that_is_a_family_name_too_tells_no_company() -> None:
    """Ann Coffee may well be a person; a legal form or another word of trade tells."""
    written = ["Ann Coffee", "Henry Lodge", "Elm Coffee LLC", "Elm Brewing"]

    assert company_like(pa.array(written)).to_pylist() == [False, False, True, True]
    assert [is_company_like(name) for name in written] == [False, False, True, True]
