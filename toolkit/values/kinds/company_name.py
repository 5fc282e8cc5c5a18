"""Names of companies: a legal form, a word of a trade, an ampersand."""

import re
from functools import lru_cache

from toolkit.values.company_words import ABBREVIATIONS, COMPANY_WORDS, LEGAL_FORMS
from toolkit.values.legal_form import form_letters, is_form_of_letters, is_written_as_form
from toolkit.values.sample import Sample, Worded
from toolkit.values.text import word_set

_TRADES = word_set(
    """
    metallbau elektrotechnik logistik hausverwaltung druckerei tischlerei feinkost werkstatt apotheke backerei
    metzgerei spedition reisen sanitar heizung dach garten immobilien versicherung steuerberatung kanzlei praxis werke
    versand technik transporte batiment menuiserie imprimerie transports garage conseil entreprise ateliers atelier
    maconnerie plomberie electricite chauffage boucherie pharmacie assurances immobilier formation nettoyage
    communication traiteur librairie talleres construcciones suministros muebles ferreteria panaderia comercial
    industrias asesoria inmobiliaria seguros logistica hoteles restaurante libreria farmacia grafica graficas comercio
    industria construcoes transportes autopecas papelaria padaria moveis confeccoes servicos consultoria alimentos
    engenharia tecnologia solucoes officina costruzioni trasporti forniture arredamenti tipografia impianti edilizia
    alimentari ristorante farmacia consulenza ceramiche mobili tessuti macchine servizi soluzioni autotrasporti
    panificio schilders meubelen bouw techniek transport groothandel installatie loodgieters drukkerij makelaars
    advies verhuur winkel bakkerij slagerij apotheek schoonmaak verzekeringen administratiekantoor bygg ror elektro
    snekkeri entreprenor regnskap handel frakt tjenester bygge vvs rengoring tryckeri maleri snickeri redovisning
    rakennus kuljetus huolto sahko palvelut kauppa konsultointi enterprise enterprises traders industries exports
    imports pharma chemists stores agencies infotech sons mills joinery roofing textiles motors supplies interiors
    logistics foods systems software insaat sanayi ticaret gida tekstil turizm otomotiv uslugi budowlane handlowe
    sklep hurtownia stavby obchod sluzby kereskedelmi szolgaltato epito
    """
)
_ENDING = re.compile(
    r".{3,}(?:bau|technik|handel|werke?|service|bedarf|logistik|verwaltung|bank|verlag|gmbh|teile|dienst|dienste"
    r"|markt|fabrik|vertrieb|bygg|soft|tech"
    r"|systems|bouw|handling|consult|kasse|versicherung|stiftung|verein|gesellschaft|schule|klinik|ag)"
)
_KNOWN = (
    COMPANY_WORDS | _TRADES | {short for short, long in ABBREVIATIONS.items() if long in COMPANY_WORDS and len(short) > 2}
)
_SHORT_FORMS = frozenset(form for form in LEGAL_FORMS if len(form) == 2) | word_set("as oy")
_LONG_FORMS = frozenset(form for form in LEGAL_FORMS if len(form) > 2) - word_set("company companies limitada ltee sec tmi")


def share(sample: Sample) -> float:
    """Return how much of the values names a company.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["Acme Ltd", "Müller & Söhne GmbH", "Transportes Vega, S.L."])), share(sample_of(["Anna Schmidt"]))
    (1.0, 0.2)
    """
    return sample.read(company_fit)


@lru_cache(maxsize=4096)
def company_fit(worded: Worded) -> float:  # noqa: PLR0911 - a ladder of signs
    """Return how far a value is the name of a company, 0 to 1.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> [company_fit(one) for one in sample_of(["Acme Ltd", "Corner Bakery", "Smith & Jones", "Paid"]).worded]
    [1.0, 0.9, 0.7, 0.0]
    """
    words = worded.words
    count = len(words) if " " in worded.value or "&" in worded.value else 1
    if not words or count > 12 or "@" in worded.value or len(worded.value) > 100:
        return 0.0
    if count > 1 and has_legal_form(worded):
        return 1.0
    trades = sum(word in _KNOWN for word in words)
    if trades and count > 1:
        return 0.9 if worded.value[0].isupper() and count <= 7 else 0.4
    if "&" in worded.value or " + " in worded.value:
        return 0.7 if worded.value[0].isupper() else 0.2
    if count > 1 and _ENDING.fullmatch(words[-1]):
        return 0.7
    if count == 1:
        return (
            0.5
            if words[0] not in _KNOWN and len(words[0]) > 5 and _ENDING.fullmatch(words[0]) and worded.value[0].isupper()
            else 0.0
        )
    if not worded.has_digit and worded.value[0].isupper() and count <= 4:
        return 0.2
    return 0.0


def has_legal_form(worded: Worded) -> bool:
    """Return whether a name ends with a legal form, or begins with one that stands in front.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> [has_legal_form(one) for one in sample_of(["Acme Ltd.", "Vega S.L.", "Nova d.o.o.", "Ana Sa"]).worded]
    [True, True, True, False]
    """
    words = worded.words
    if words[-1] in _LONG_FORMS or (len(words) > 2 and words[-2] in _LONG_FORMS):
        return True
    if len(words[-1]) == 1 and len(words) > 2 and is_form_of_letters(form_letters(words)):
        return True
    if words[-1] in _SHORT_FORMS:
        return is_written_as_form(worded.value, words[-1])
    return words[0] in {"ooo", "uab", "sia", "fa", "firma", "ste", "ets", "pt", "cv"} and len(words) > 1
