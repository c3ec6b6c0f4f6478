"""Typed, frozen configuration: every setting and threshold, with its reason."""

from crawler.config.model import (
    SOURCE_KINDS,
    ClusteringParams,
    Config,
    CrawlLimits,
    ExtractionLimits,
    FingerprintParams,
    NetworkTable,
    NotifyParams,
    ScheduleParams,
    Source,
    Story,
)
from crawler.config.reader import load_config

__all__ = [
    "SOURCE_KINDS",
    "ClusteringParams",
    "Config",
    "CrawlLimits",
    "ExtractionLimits",
    "FingerprintParams",
    "NetworkTable",
    "NotifyParams",
    "ScheduleParams",
    "Source",
    "Story",
    "load_config",
]
