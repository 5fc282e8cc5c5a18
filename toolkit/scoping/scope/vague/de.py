"""German."""

from toolkit.scoping.scope.vague._language import Language

LANGUAGE = Language(
    "de",
    {
        "time": (
            "schnell", "schneller", "rasch", "bald", "zeitnah", "zügig", "kurzfristig", "mittelfristig", "langfristig",
            "umgehend", "so bald wie möglich", "baldmöglichst", "schnellstmöglich", "asap", "regelmäßig", "gelegentlich",
            "häufig", "ab und zu", "demnächst", "später", "in kürze", "nahezu in echtzeit",
        ),
        "amount": (
            "einige", "mehrere", "viele", "wenige", "diverse", "verschiedene", "zahlreiche", "ausreichend", "genügend",
            "ca.",
            "etwa", "ungefähr", "minimal", "möglichst viele", "möglichst wenige", "erheblich", "deutlich", "wesentlich",
        ),
        "condition": (
            "bei bedarf", "nach bedarf", "falls nötig", "wenn nötig", "falls erforderlich", "soweit möglich",
            "wenn möglich",
            "nach möglichkeit", "gegebenenfalls", "ggf.", "ggf", "eventuell", "evtl.", "evtl", "angemessen", "geeignet",
            "entsprechend", "in der regel", "normalerweise", "üblicherweise", "grundsätzlich", "im allgemeinen", "meist",
        ),
        "quality": (
            "benutzerfreundlich", "einfach", "leicht", "nahtlos", "robust", "flexibel", "skalierbar", "effizient", "modern",
            "intuitiv", "zuverlässig", "stabil", "reibungslos", "besser", "optimal", "optimieren", "hochwertig", "sauber",
            "zufriedenstellend", "gut", "performant",
        ),
        "end": ("usw.", "usw", "u. a.", "u.a.", "etc.", "etc", "und so weiter", "und dergleichen", "unter anderem"),
        "effort": ("bestmöglich", "nach bestem wissen", "bemühen uns", "bemüht sich", "versuchen", "versucht",
            "unterstützen bei"),
        "open": ("noch offen", "noch zu klären", "wird noch geklärt", "zu definieren", "tbd", "noch festzulegen"),
    },
    (
        "das system", "die systeme", "dem system", "das andere system", "die software", "das tool", "die plattform",
        "die anwendung", "die app", "die datenbank", "unser system", "unsere software", "das quellsystem", "das zielsystem",
        "die cloud",
    ),
    (
        "reduzieren", "reduziert", "reduzierung", "senken", "senkt", "senkung", "erhöhen", "steigern", "weniger", "kürzer",
        "verbessern", "verbessert", "innerhalb", "höchstens", "mindestens", "spätestens", "einsparen", "spart", "frist",
    ),
    (
        "null", "ein", "eine", "einem", "einer", "eines", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht",
        "neun", "zehn",
        "zwölf", "halb", "hälfte", "kein", "keine", "keinen", "alle", "aller", "jede", "jeder", "jedes", "doppelt",
    ),
    ("der", "die", "das", "und", "ist", "wird", "werden", "mit", "für", "von", "nicht", "auf", "den", "zu"),
)  # fmt: skip
"""Its words."""
