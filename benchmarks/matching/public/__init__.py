"""Labelled sets that public packages bring, half of them set aside by lot before any was run."""
