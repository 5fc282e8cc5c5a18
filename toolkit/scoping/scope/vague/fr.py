"""French."""

from toolkit.scoping.scope.vague._language import Language

LANGUAGE = Language(
    "fr",
    {
        "time": (
            "rapidement", "rapide", "vite", "bientôt", "dès que possible", "le plus vite possible", "au plus vite",
            "dans les meilleurs délais", "immédiatement", "régulièrement", "périodiquement", "de temps en temps", "souvent",
            "fréquemment", "à court terme", "à long terme", "ultérieurement", "plus tard", "quasi temps réel",
        ),
        "amount": (
            "plusieurs", "quelques", "certains", "certaines", "divers", "diverses", "beaucoup de", "la plupart", "nombreux",
            "nombreuses", "suffisant", "suffisamment", "environ", "à peu près", "minimal", "sensiblement", "nettement",
        ),
        "condition": (
            "si nécessaire", "si besoin", "au besoin", "le cas échéant", "si possible", "dans la mesure du possible",
            "approprié", "appropriée", "adapté", "adaptée", "pertinent", "pertinente", "généralement", "en général",
            "normalement", "habituellement", "en principe", "éventuellement",
        ),
        "quality": (
            "convivial", "conviviale", "facile", "facilement", "simple", "simplement", "transparent", "robuste", "flexible",
            "évolutif", "évolutive", "efficace", "efficacement", "moderne", "intuitif", "intuitive", "fiable", "stable",
            "fluide", "meilleur", "meilleure", "optimal", "optimiser", "de qualité", "propre", "raisonnable",
            "satisfaisant",
        ),
        "end": ("etc.", "etc", "et ainsi de suite", "entre autres", "notamment"),
        "effort": ("au mieux", "s'efforcer", "s'efforce", "essayer de", "essaie de", "tenter de", "aider à",
            "contribuer à"),
        "open": ("à définir", "à déterminer", "à préciser", "à confirmer", "à discuter", "reste à définir"),
    },
    (
        "le système", "les systèmes", "du système", "l'autre système", "le logiciel", "l'outil", "les outils",
        "la plateforme",
        "l'application", "la base de données", "notre système", "notre logiciel", "le système source", "le système cible",
        "le cloud",
    ),
    (
        "réduire", "réduit", "réduction", "diminuer", "diminution", "augmenter", "moins", "améliorer", "amélioration",
        "au plus", "au moins", "au plus tard", "économiser", "délai", "dans un délai",
    ),
    (
        "zéro", "un", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "douze", "moitié",
        "aucun",
        "aucune", "tous", "toutes", "chaque", "double",
    ),
    ("le", "la", "les", "et", "est", "des", "du", "pour", "avec", "dans", "que", "sont", "une", "sera"),
    ("au plus tard",),
)  # fmt: skip
"""Its words."""
