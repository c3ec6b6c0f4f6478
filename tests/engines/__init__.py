"""Whole sets of articles."""
