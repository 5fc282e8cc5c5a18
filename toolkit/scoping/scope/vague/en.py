"""English."""

from toolkit.scoping.scope.vague._language import Language

LANGUAGE = Language(
    "en",
    {
        "time": (
            "quickly", "quick", "fast", "soon", "promptly", "timely", "in a timely manner", "as soon as possible", "asap",
            "immediately", "near real time", "near real-time", "in due course", "later", "regularly", "periodically",
            "occasionally", "from time to time", "frequently", "often", "short-term", "long-term",
        ),
        "amount": (
            "several", "some", "many", "few", "a few", "various", "most", "numerous", "a number of", "minimal",
            "minimum effort",
            "sufficient", "adequate", "large", "small", "approximately", "roughly", "significant", "significantly",
        ),
        "condition": (
            "as needed", "as required", "if needed", "if necessary", "where necessary", "when necessary", "if possible",
            "where possible", "as appropriate", "where appropriate", "appropriate", "if applicable", "where applicable",
            "usually", "normally", "generally", "typically", "in most cases", "relevant", "suitable",
        ),
        "quality": (
            "user-friendly", "user friendly", "easy", "easily", "simple", "seamless", "seamlessly", "robust", "flexible",
            "scalable", "efficient", "efficiently", "modern", "state of the art", "state-of-the-art", "intuitive",
            "reliable",
            "stable", "smooth", "smoothly", "better", "improved", "optimal", "optimise", "optimize", "high quality",
            "clean",
            "reasonable", "reasonably", "satisfactory", "good",
        ),
        "end": ("etc", "etc.", "and so on", "and so forth", "and the like", "among others", "including but not limited to"),
        "effort": ("best effort", "best efforts", "try to", "tries to", "aim to", "aims to", "strive", "help with",
            "assist with"),
        "open": ("tbd", "to be determined", "to be decided", "to be defined", "to be discussed", "tbc", "to be confirmed"),
    },
    (
        "the system", "the systems", "the other system", "the other systems", "the software", "the tool", "the tools",
        "the platform", "the application", "the app", "the database", "our system", "our software", "their system",
        "the source system", "the target system", "the cloud",
    ),
    (
        "reduce", "reduces", "reduced", "reduction", "increase", "increases", "fewer", "less", "faster", "shorter", "lower",
        "improve", "improves", "within", "at most", "at least", "no later than", "save", "saves", "deadline", "accuracy",
    ),
    (
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "half", "none",
        "no",
        "all", "every", "each", "double", "twice",
    ),
    ("the", "and", "of", "to", "is", "in", "for", "with", "that", "are", "be", "by", "will", "from"),
    (
        "at most", "no later than", "not later than", "how soon", "as few as", "as many as", "how many", "most complete",
        "the most",
    ),
)  # fmt: skip
"""Its words."""
