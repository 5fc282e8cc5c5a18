"""Whole invented clients whose truth is known, and the proof that a report's intervals hold it.

``python -m benchmarks.clients --clients 200 --seed 1001`` draws clients, writes their exports, audits them and counts how
often the truth lies in what the report states. Nothing here reads the sample client or its generator, and the arithmetic of
the truth (``oracle``) is written from the cost model, not from ``toolkit.roi``.

=============== ===================================================================================================
``chance``      the stated distributions: lognormal waits pushed to working hours, seasons, PERT answers
``places``      countries: currency, tax, zone, how dates and numbers are written; invented firms and how people type them
``plans``       what a client is: which systems, which handoffs between them, the rates that everything is drawn from
``documents``   the documents of one company's systems, and what became of each at every handoff
``slips``       what a person gets wrong when carrying a document
``faults``      flaws of single records, planted to be found by the checks of data quality
``vendors``     the same documents as vendors' exports; ``plain`` as tables of systems that nobody knows
``answers``     what the client says in the interview, and what is true
``oracle``      truth of every figure: rates, waits, volumes, money
``client``      all of it together: files (``written``), engagement.yaml and truth
``spoiling``    twelve ways to spoil one input, and what they touch; ``alarms`` what a report then shows
``audited``     an audit in this process; ``judged`` holds it to the truth; ``proof`` pools and prints
=============== ===================================================================================================
"""
