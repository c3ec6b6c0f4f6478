"""Check what no single value shows: settings that only together make sense.

Tables of settings arrive; they leave as they are, or with what the package itself knows filled in.
"""

from dataclasses import fields

from crawler import __version__
from crawler.config.model import CrawlLimits, FingerprintParams, ScheduleParams, Source
from crawler.errors import ConfigError


def name_agent(crawl: CrawlLimits) -> CrawlLimits:
    """Fill `{version}` and `{contact}` into the user agent.

    Raises:
        ConfigError: it has another placeholder.
    """
    try:
        agent = crawl.user_agent.format(version=__version__, contact=crawl.contact)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise ConfigError(
            f"crawl.user_agent {crawl.user_agent!r} has a placeholder nobody knows.",
            "Use {version} and {contact} only.",
        ) from error
    others = {field.name: getattr(crawl, field.name) for field in fields(crawl)}
    return CrawlLimits(**{**others, "user_agent": agent})


def check_bands(params: FingerprintParams) -> None:
    """Refuse bands that need more minima than a signature has.

    Raises:
        ConfigError: they do.
    """
    if params.bands * params.rows > params.permutations:
        raise ConfigError(
            f"fingerprint.bands x fingerprint.rows is {params.bands * params.rows}, more than "
            f"fingerprint.permutations ({params.permutations}).",
            "Raise permutations, or lower bands or rows.",
        )


def check_intervals(params: ScheduleParams, sources: tuple[Source, ...]) -> None:
    """Refuse limits that leave no room between them.

    A source that sets one limit moves the general other one out of its way; only two of one place
    can contradict each other.

    Raises:
        ConfigError: the least is more than the most.
    """
    pairs = {"[schedule]": (params.min_interval_s, params.max_interval_s)}
    for source in sources:
        if source.min_interval_s is not None and source.max_interval_s is not None:
            pairs[f"source {source.name!r}"] = (source.min_interval_s, source.max_interval_s)
    for where, (least, most) in pairs.items():
        if least > most:
            raise ConfigError(
                f"min_interval_s of {where} is {least:g}, more than its max_interval_s ({most:g}).",
                "Lower the one or raise the other.",
            )
