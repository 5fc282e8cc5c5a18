"""Charts, one a file: each module's ``chart`` takes results tables, named like its parameters, and returns a figure.

A chart never displays itself. Its title carries the message, its axes their units, and it says what is missing where a
table is empty.
Every chart is drawn for print: 660 pixels wide, at most 400 high.
"""
