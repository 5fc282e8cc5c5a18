"""The sample client Harbor & Pine: its systems, what people really did, and what the exports show of it.

The package makes the files of ``sample_data/harbor-pine/exports`` and, beside them, the truth that the exports hide. It
imports nothing of the product, so that the truth stays an independent oracle.
"""
