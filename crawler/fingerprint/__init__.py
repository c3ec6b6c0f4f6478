"""Article -> words and shingles as numbers -> MinHash signature -> candidate pairs.

`shingle` and `sign` are pure; `candidate_pairs` says which articles are worth comparing. datasketch
is imported here only.
"""

from crawler.fingerprint.anchors import anchored_pairs
from crawler.fingerprint.lsh import candidate_pairs
from crawler.fingerprint.minhash import SCHEME, sign
from crawler.fingerprint.normalise import SHINGLING_VERSION, read_words
from crawler.fingerprint.shingles import shingle

__all__ = [
    "SCHEME",
    "SHINGLING_VERSION",
    "anchored_pairs",
    "candidate_pairs",
    "read_words",
    "shingle",
    "sign",
]
