"""Comparing, relating and grouping."""
