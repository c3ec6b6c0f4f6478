"""Speed and quality, measured on data that lies outside this tree; results are committed.

`make bench DATA=path` runs all of them; `python -m benchmarks --help` runs one.
"""
