"""How records arrive, judged on invented clients of which the truth is known.

``python -m benchmarks.flows judge --generator second --clients 20`` draws clients, writes their files, runs ``pull`` and
``flows`` as a consultant would, and holds kinds, probabilities, volumes, shares and waits to the truth. ``python -m
benchmarks.flows fit`` learns the weights from clients of the first generator only; the rules were frozen before the second
was written.

============ =====================================================================================================
``lists``    what a flow is: its two lists, habits, items and truth
``writing``  how both lists are written into files and described in engagement.yaml
``first``    the mechanisms that the rules were tuned on
``second``   other mechanisms, written after the rules were frozen
``beside``   flows measured without files, to learn from thousands
``asked``    the commands, and what they answer
``judged``   answers held to the truth
``fitting``  the weights of the model
============ =====================================================================================================
"""
