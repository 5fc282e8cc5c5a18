"""Tax numbers (NIF) of Spanish companies and persons, with their check characters.

Source: Orden EHA/451/2008 (composition of the NIF of legal persons); Real Decreto 1553/2005 (letter of the identity card).
"""

import random

COMPANY_LETTERS = {"SL": "B", "SLU": "B", "SLL": "B", "SLP": "B", "SA": "A", "SAU": "A", "SCOOP": "F", "CB": "E", "SC": "J",
                   "PUBLIC": "P", "BODY": "G"}  # fmt: skip
_LETTER_ONLY = frozenset("PQRSNW")


def company_number(dice: random.Random, form: str, province: str) -> str:
    """Return a company's number; ``province`` are the two digits of the office that gave it."""
    letter = COMPANY_LETTERS[form]
    digits = f"{province}{dice.randrange(100_000):05d}"
    return letter + digits + company_check(letter, digits)


def company_check(letter: str, digits: str) -> str:
    """Return the check character of seven digits: a letter for public bodies, else a digit."""
    total = sum(int(digit) for digit in digits[1::2]) + sum(sum(divmod(2 * int(digit), 10)) for digit in digits[::2])
    check = -total % 10
    return "JABCDEFGHI"[check] if letter in _LETTER_ONLY else str(check)


def person_number(dice: random.Random) -> str:
    """Return the number of an identity card; one in twenty-five is a foreigner's."""
    if dice.random() < 0.04:
        place = dice.randrange(3)
        digits = f"{dice.randrange(10_000_000):07d}"
        return "XYZ"[place] + digits + person_check(f"{place}{digits}")
    digits = f"{dice.randrange(1_000_000, 79_000_000):08d}"
    return digits + person_check(digits)


def person_check(digits: str) -> str:
    """Return the letter that belongs to the number of an identity card."""
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(digits) % 23]
