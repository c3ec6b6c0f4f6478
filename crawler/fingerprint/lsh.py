"""Signatures -> candidate pairs by locality-sensitive hashing (Indyk and Motwani 1998).

Candidates are worth comparing and nothing more: every one is compared exactly afterwards.
"""

from collections.abc import Iterable, Iterator

from datasketch import MinHashLSH

from crawler.config import FingerprintParams
from crawler.fingerprint.minhash import restore
from crawler.items import Signature


def candidate_pairs(
    signatures: Iterable[Signature], params: FingerprintParams
) -> Iterator[tuple[str, str]]:
    """Give each pair of article ids (smaller first) that share a band, once.

    Raises:
        ValueError: signatures of different schemes or lengths were mixed.
    """
    index = MinHashLSH(num_perm=params.permutations, params=(params.bands, params.rows))
    for signature in signatures:
        sketch = restore(signature)
        for other in sorted(index.query(sketch)):
            yield min(other, signature.article_id), max(other, signature.article_id)
        index.insert(signature.article_id, sketch)
