"""Texts to numbers, signatures and candidates."""
