"""Spanish."""

from toolkit.scoping.scope.vague._language import Language

LANGUAGE = Language(
    "es",
    {
        "time": (
            "rápidamente", "rápido", "rápida", "pronto", "lo antes posible", "cuanto antes", "inmediatamente",
            "de inmediato",
            "regularmente", "periódicamente", "de vez en cuando", "a menudo", "frecuentemente", "a corto plazo",
            "a largo plazo", "más tarde", "más adelante", "casi en tiempo real", "oportunamente",
        ),
        "amount": (
            "varios", "varias", "algunos", "algunas", "muchos", "muchas", "pocos", "pocas", "diversos", "diversas",
            "la mayoría", "numerosos", "numerosas", "suficiente", "suficientes", "aproximadamente", "alrededor de",
            "mínimo",
            "significativamente", "considerablemente",
        ),
        "condition": (
            "si es necesario", "si fuera necesario", "cuando sea necesario", "según sea necesario", "si es posible",
            "en la medida de lo posible", "según corresponda", "si procede", "en su caso", "apropiado", "apropiada",
            "adecuado",
            "adecuada", "pertinente", "generalmente", "en general", "normalmente", "habitualmente", "eventualmente",
        ),
        "quality": (
            "fácil", "fácilmente", "sencillo", "sencilla", "amigable", "intuitivo", "intuitiva", "robusto", "robusta",
            "flexible", "escalable", "eficiente", "eficientemente", "moderno", "moderna", "fiable", "estable", "fluido",
            "mejor",
            "óptimo", "optimizar", "de calidad", "limpio", "razonable", "satisfactorio", "transparente",
        ),
        "end": ("etc.", "etc", "y así sucesivamente", "entre otros", "entre otras", "y similares"),
        "effort": ("mejor esfuerzo", "mejores esfuerzos", "intentar", "intentará", "procurar", "procurará", "ayudar a",
            "tratar de"),
        "open": ("por definir", "por determinar", "por confirmar", "a definir", "pendiente de definir", "pendiente"),
    },
    (
        "el sistema", "los sistemas", "del sistema", "el otro sistema", "el software", "la herramienta", "las herramientas",
        "la plataforma", "la aplicación", "la base de datos", "nuestro sistema", "el sistema de origen",
        "el sistema de destino", "la nube",
    ),
    (
        "reducir", "reduce", "reducción", "disminuir", "aumentar", "menos", "mejorar", "mejora", "como máximo", "al menos",
        "a más tardar", "ahorrar", "ahorra", "plazo", "dentro de",
    ),
    (
        "cero", "un", "uno", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "doce",
        "mitad",
        "ningún", "ninguno", "ninguna", "todos", "todas", "cada", "doble",
    ),
    ("el", "la", "los", "las", "y", "es", "de", "para", "con", "que", "en", "son", "será", "por"),
    ("a más tardar", "como mínimo"),
)  # fmt: skip
"""Its words."""
