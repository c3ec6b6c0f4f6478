"""ISO 8601 text -> an instant to order by."""

from datetime import UTC, datetime, time


def instant(when: str) -> datetime | None:
    """Read a time of our records as UTC; None for what is empty or cannot be read.

    A claim without a zone is taken as UTC. A claim of a day only counts as its end, so that it is
    never first on the strength of hours nobody stated.
    """
    try:
        found = datetime.fromisoformat(when)
        if "T" not in when and " " not in when:
            found = datetime.combine(found.date(), time.max, tzinfo=found.tzinfo)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
