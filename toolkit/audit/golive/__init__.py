"""Parallel run and cut-over of an engagement: from its snapshots and results to a decision, its page and its evidence."""
