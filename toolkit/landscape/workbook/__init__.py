"""The systems-and-handoffs workbook as data: what it asks, what is known already, what answers mean and what they change.

The walk of an answer: ``form`` has the sheets, ``known`` fills them in. ``files/landscape_workbook.py`` reads the file that
came back; ``answers`` and ``cells`` say what its cells mean, ``changes`` what that changes in the settings' tree, and
``reading`` says it in sentences. Nothing here touches a file: ``audit/landscape.py`` brings the settings and writes them.
"""
