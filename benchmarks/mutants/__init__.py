"""How many small faults the tests of a room notice.

Each mutant is the package with one fault of one sign: a comparison that takes or leaves its bound, a number a little off, a
plus for a minus, a tie decided the other way. Texts are left alone. ``python -m benchmarks.mutants --help`` says how to ask.

Tools that mutate were looked at: none offers a seeded sample, a choice among these four sorts of fault and a copy of the
checkout at once.
"""
