"""Extraction, tested on pages written for it."""
