"""A seed and a number -> a corpus of invented articles with their truth, as long as one likes.

Every word is from the lists in `lexicon/`, written for this purpose, so the corpus is free to ship.
docs/quality.md tells its format and its traps.
"""
