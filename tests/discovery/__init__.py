"""Tests of discovery: documents in, entries and verdicts out."""
