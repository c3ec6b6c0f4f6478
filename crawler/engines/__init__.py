"""Fingerprint and clustering over many articles; `local` is the embedded engine."""
