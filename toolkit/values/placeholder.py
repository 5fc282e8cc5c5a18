"""Values that somebody typed to get past a form: they count as missing everywhere."""

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cells import of_distinct
from toolkit.values.letters import kept, letters_of
from toolkit.values.text import each_distinct, folded, folded_texts, word_set

_WORDS = word_set(
    """
    n/a na n.a. n.a none null nil nan unknown unbekannt inconnu desconocido undefined missing empty blank tbd tba tbc
    test tester testing dummy sample example asdf asdfgh qwerty xxx xxxx xx yyy zzz abc foo bar deleted redacted
    anonymous anonymised anonymized noname nobody nothing notprovided notavailable notapplicable various misc -- ? ??
    withheld undisclosed confidential suppressed masked k.a. k.a n.b. s/d s.d. n.d. n.v.t. nvt n.c. s/n o.a. o.n.
    unbekannte unbekannter entfallt anonym anonymisiert geloscht geschwarzt vertraulich inconnue anonyme neant aucun
    aucune desconocida anonimo anonima ninguno ninguna borrado sconosciuto sconosciuta ignoto nessuno nessuna
    riservato desconhecido desconhecida nenhum nenhuma onbekend onbekende anoniem geen okand okant saknas ingen ukjent
    ukendt ikkeoppgitt tuntematon puuttuu ismeretlen nincs nieznany nieznana nieznane brak neznamy neznama neznamo
    bilinmiyor yok confidentiel confidentielle confidencial confidenziale vertrouwelijk konfidentiell fortrolig
    luottamuksellinen poufne duverne gizli bizalmas
    """
)
_PHRASES = frozenset(
    """
    not available|not applicable|not provided|not known|not given|no name|no email|no phone|no address
    to be confirmed|to be advised|do not use|no longer used|test test|test customer|test account|test user
    first last|john doe|jane doe|customer name|company name|personal data|not disclosed|not specified|not recorded
    no data|name unknown|unknown name|keine angabe|keine angaben|ohne angabe|ohne angaben|ohne name|nicht bekannt
    nicht vorhanden|nicht verfugbar|nicht zutreffend|nicht angegeben|non renseigne|non renseignee|non communique
    non disponible|non connu|non applicable|sans nom|sans objet|no disponible|no aplica|sin datos|sin dato
    sin nombre|no consta|non disponibile|non noto|non specificato|senza nome|nessun dato|nao disponivel
    nao informado|nao aplicavel|sem nome|sem dados|niet bekend|niet beschikbaar|niet van toepassing|geen naam
    niet opgegeven|ej tillganglig|ej angivet|uppgift saknas|ej aktuellt|ikke tilgjengelig|ikke oppgitt|ikke oplyst
    ikke relevant|ei tiedossa|ei saatavilla|nincs adat|nem ismert|brak danych|nie dotyczy|nie podano
    neni k dispozici|neuvedeno|bilgi yok
    """.replace("\n", "|").split("|")
)
_PHRASES_CLEAN = frozenset(phrase.strip() for phrase in _PHRASES if phrase.strip())
_TAKEN_OUT = word_set(
    """
    redacted redaction withheld masked suppressed anonymised anonymized removed deleted exempt geschwarzt anonymisiert
    geloscht unkenntlich caviarde occulte anonymise anonymisee anonimizado anonimizada censurado omissis oscurato
    oscurati anonimizzato weggelakt gelakt geanonimiseerd maskerad anonymiserad sladdet anonymisert anonymiseret
    """
)
_WHAT_IS_TAKEN_OUT = word_set(
    """
    personal private sensitive data info information details detail name names individual individuals person persons
    payee supplier vendor customer under for of the due to as per and or by in gdpr dpa foi foia act section
    protection privacy confidential commercially exemption policy reasons request aus grunden des datenschutzes
    datenschutz personenbezogene daten donnees personnelles datos personales dati personali persoonsgegevens
    personopplysninger personuppgifter dados pessoais
    """
)
_IS_TAKEN_OUT = rf"\b(?:{'|'.join(sorted(_TAKEN_OUT))})\b"
_ANY_OF_THEM = "|".join((*sorted(_TAKEN_OUT | _WHAT_IS_TAKEN_OUT), "s?[0-9]{1,3}"))
_ALL_TAKEN_OUT = rf"^[^a-z0-9]*(?:{_ANY_OF_THEM})(?:[^a-z0-9]+(?:{_ANY_OF_THEM}))*[^a-z0-9]*$"
"""Words that somebody put in place of personal data ("REDACTED PERSONAL DATA", "name withheld under section 40")."""
_TAKEN_OUT_WORD, _TAKEN_OUT_TEXT = re.compile(_IS_TAKEN_OUT), re.compile(_ALL_TAKEN_OUT)
_WORD_ARRAY = pa.array(sorted(_WORDS))
_PHRASE_ARRAY = pa.array(sorted(_PHRASES_CLEAN))
_IS_LETTER_OR_DIGIT = np.array([chr(code).isalnum() and code < 128 for code in range(256)])
_MIN_REPEATED = 4
_LETTER_OR_DIGIT = re.compile("[a-z0-9]")
_NO_MAILBOX = word_set("none noemail nomail no nobody noone unknown na nil null test asdf abc a x xx xxx")
_RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop")
_MIN_RUN = 5
_MIN_FILLED, _MIN_FILLED_SHARE = 10, 0.001
_AROUND_WORD = "-. <>[]()*#_"
_AROUND_PHRASE = "-. <>[]()*#"
_ONE_CHARACTER = re.compile(r"([a-z0-9])\1{3,}")


def is_placeholder(value: str) -> bool:
    """Return whether a cell says nothing: punctuation, "n/a", "unknown", "test", one character repeated.

    Examples
    --------
    >>> [is_placeholder(value) for value in ("n/a", "-", "99999", "Test", "Testa & Co", "0")]
    [True, True, True, True, False, False]
    >>> [is_placeholder(value) for value in ("REDACTED PERSONAL DATA", "keine Angabe", "okänd", "Redacted Records Ltd")]
    [True, True, True, False]
    """
    text = " ".join(folded(value).split())
    first = _LETTER_OR_DIGIT.search(text)
    if first is None:
        return True
    if text in _WORDS or text.strip(_AROUND_WORD) in _WORDS or text.strip(_AROUND_PHRASE) in _PHRASES_CLEAN:
        return True
    if _TAKEN_OUT_TEXT.fullmatch(text) and _TAKEN_OUT_WORD.search(text):
        return True
    second = _LETTER_OR_DIGIT.search(text, first.end())
    if second is None or second[0] != first[0]:
        return False
    bare = re.sub("[^a-z0-9]", "", text)
    return _ONE_CHARACTER.fullmatch(bare) is not None


def placeholders(values: pa.StringArray) -> pa.BooleanArray:
    """Return whether each cell says nothing, as ``is_placeholder`` does; null stays null.

    Examples
    --------
    >>> placeholders(pa.array(["n/a", "99999", "Acme", "", None])).to_pylist()
    [True, True, False, True, None]
    """
    return of_distinct(values, lambda distinct: folded_placeholders(folded_texts(distinct)))


def folded_placeholders(texts: pa.StringArray) -> pa.BooleanArray:
    """Return whether each cell that ``folded_texts`` gives says nothing; a null, of which nothing was left, does not.

    Examples
    --------
    >>> folded_placeholders(pa.array(["n/a", "acme", None])).to_pylist()
    [True, False, True]
    """
    is_word = pc.or_(
        pc.is_in(texts, value_set=_WORD_ARRAY),
        pc.is_in(pc.ascii_trim(texts, characters=_AROUND_WORD), value_set=_WORD_ARRAY),
    )
    is_phrase = pc.is_in(pc.ascii_trim(texts, characters=_AROUND_PHRASE), value_set=_PHRASE_ARRAY)
    is_taken_out = pc.fill_null(pc.match_substring_regex(texts, _IS_TAKEN_OUT), False)
    if pc.any(is_taken_out).as_py():
        is_taken_out = pc.and_(is_taken_out, pc.fill_null(pc.match_substring_regex(texts, _ALL_TAKEN_OUT), False))
    is_phrase = pc.or_(is_phrase, is_taken_out)
    letters = letters_of(texts)
    bare = kept(letters, _IS_LETTER_OR_DIGIT[letters.data])
    sizes = np.diff(bare.offsets)
    says_nothing = sizes == 0
    # Of what starts and ends with one character, few cells are nothing but this.
    row = np.flatnonzero(sizes >= _MIN_REPEATED)
    start, end = bare.offsets[row], bare.offsets[row + 1]
    may_repeat = (bare.data[start] == bare.data[start + 1]) & (bare.data[start] == bare.data[end - 1])
    for one in np.flatnonzero(may_repeat).tolist():
        says_nothing[row[one]] = bool((bare.data[start[one] : end[one]] == bare.data[start[one]]).all())
    return pc.or_(pc.or_(is_word, is_phrase), pa.array(says_nothing))


def frequent_fillers(values: pa.StringArray, *, is_number: bool = True) -> pa.BooleanArray:
    """Return whether each phone, address of mail or number is a filler that its frequency gives away.

    It fires for a value that at least 10 cells and one in a thousand hold and that looks typed without thought: one or
    two different digits only ("1010001010"), a run ("123456789", "9876543210", "asdfgh"), one block again and again
    ("12341234"), or an address of mail whose mailbox says that there is none ("none@none.com", "noemail@acme.com"). A
    switchboard that thirty thousand contacts share looks like a number and is no filler, however frequent. Null stays null.

    Parameters
    ----------
    values
        Cells of one column.
    is_number
        Whether few different digits tell, as they do of telephone and tax numbers; among postcodes 60606 is as good as any.

    Examples
    --------
    >>> cells = pa.array(["123456789"] * 12 + ["2125550147"] * 500 + ["none@none.com"] * 12)
    >>> found = frequent_fillers(cells)
    >>> found[0].as_py(), found[20].as_py(), found[520].as_py()
    (True, False, True)
    """
    encoded = values.dictionary_encode()
    counts = np.bincount(np.asarray(encoded.indices.drop_null()), minlength=len(encoded.dictionary))
    least = max(_MIN_FILLED, _MIN_FILLED_SHARE * len(values))
    looks = np.zeros(len(counts), dtype=bool)
    for place in np.flatnonzero(counts >= least).tolist():
        looks[place] = looks_thoughtless(encoded.dictionary[place].as_py(), is_number=is_number)
    return pa.array(looks, pa.bool_()).take(encoded.indices)


def looks_thoughtless(value: str, *, is_number: bool = True) -> bool:
    """Return whether a value looks typed without thought; by itself that proves nothing: some real numbers do.

    Few different digits tell where ``is_number``, as of telephone and tax numbers, unlike postcodes.

    Examples
    --------
    >>> [looks_thoughtless(value) for value in ("1234567", "121-212-1212", "noemail@acme.com", "info@acme.com")]
    [True, True, True, False]
    """
    mailbox, _, host = folded(value).partition("@")
    bare = "".join(_LETTER_OR_DIGIT.findall(mailbox))
    if host and (bare in _NO_MAILBOX or is_placeholder(mailbox)):
        return True
    is_run = len(bare) >= _MIN_RUN and any(bare in run or bare[::-1] in run for run in _RUNS)
    is_block = len(bare) >= _MIN_RUN and bare in (bare + bare)[1:-1]
    is_poor = is_number and len(bare) >= _MIN_RUN and len(set(bare)) <= 2 and bare.isdigit()
    return is_run or is_block or is_poor


def without_placeholders(values: Sequence[str | None]) -> list[str | None]:
    """Return ``values`` with None in place of every placeholder.

    Examples
    --------
    >>> without_placeholders(["Acme", "N/A", None])
    ['Acme', None, None]
    """
    return each_distinct(values, lambda value: None if is_placeholder(value) else value)
