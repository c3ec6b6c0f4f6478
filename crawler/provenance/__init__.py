"""Clusters and their articles -> who ran each text first, whose it is, how its versions descend.

Evidence, times and texts arrive; answers leave, each with its reasons, its certainty and what was
not seen. "Unknown" and "one of these three" are answers. Nothing depends on the order of arrival.
"""

from crawler.provenance.gaps import Coverage
from crawler.provenance.surveying import Survey, hear, survey
from crawler.provenance.tracing import look_again, trace

__all__ = ["Coverage", "Survey", "hear", "look_again", "survey", "trace"]
