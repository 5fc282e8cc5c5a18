"""How records really arrive in the next system: by hand, by file, by automation, or not at all, judged from the records.

What is measured of each flow (``timing``, ``contents``) falls into levels, each level speaks for and against each kind by a
weight that was learned (``model``), and what follows is held against what people said (``said``).
"""
