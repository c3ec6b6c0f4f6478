"""Article -> words and shingles as numbers -> MinHash signature -> candidate pairs.

`shingle` and `sign` are pure; `candidate_pairs` says which articles are worth comparing. datasketch
is imported here only.
"""

from crawler.fingerprint.candidates import candidate_pairs
from crawler.fingerprint.minhash import SCHEME, Sketch, kind_of, sign
from crawler.fingerprint.normalise import SHINGLING_VERSION, place_words, read_words
from crawler.fingerprint.plain import similar_pairs
from crawler.fingerprint.shingles import packed, restored, shingle

__all__ = [
    "SCHEME",
    "SHINGLING_VERSION",
    "Sketch",
    "candidate_pairs",
    "kind_of",
    "packed",
    "place_words",
    "read_words",
    "restored",
    "shingle",
    "sign",
    "similar_pairs",
]
