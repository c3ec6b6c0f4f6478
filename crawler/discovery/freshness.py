"""How long a publisher calls a document fresh: said in a feed's head, or in a header of HTTP.

The beginning of a document and a header arrive, seconds leave. A reader who comes sooner finds
nothing; the schedule decides how far it believes this.
"""

import re

# The head of a feed ends before its first entry; what real feeds put there takes 1 to 3 KB.
HEAD_BYTES = 8_192
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
# RSS 2.0: minutes (https://www.rssboard.org/rss-specification#ltttlgtSubelementOfLtchannelgt).
_TTL = re.compile(rb"<ttl>\s*(\d{1,7})\s*</ttl>", re.IGNORECASE)
# RSS 1.0 syndication module, in use by most RSS 2.0 feeds of blog software
# (https://web.resource.org/rss/1.0/modules/syndication/).
_PERIOD = re.compile(rb"<sy:updatePeriod>\s*(\w+)\s*</sy:updatePeriod>", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<sy:updateFrequency>\s*(\d{1,5})\s*</sy:updateFrequency>", re.IGNORECASE)
_PERIODS_S = {
    b"hourly": 3_600,
    b"daily": 86_400,
    b"weekly": 604_800,
    b"monthly": 2_592_000,
    b"yearly": 31_536_000,
}
# RFC 9111: the time after which a cache would have to ask again.
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)


def fresh_for_s(body: bytes, cache_control: str) -> int | None:
    """Give the longest time for which anything calls the document fresh, in seconds.

    None where nothing does, or where it says zero.

    Args:
        body: the document, or its beginning.
        cache_control: the header, empty where there is none.
    """
    head = body[:HEAD_BYTES]
    entry = _ENTRY.search(head)
    head = head[: entry.start()] if entry else head
    found = [0]
    ttl = _TTL.search(head)
    if ttl:
        found.append(int(ttl.group(1)) * 60)
    period = _PERIOD.search(head)
    if period:
        times = _FREQUENCY.search(head)
        # The module's default is once in the period; zero times is no frequency.
        often = max(1, int(times.group(1))) if times else 1
        found.append(_PERIODS_S.get(period.group(1).lower(), 0) // often)
    age = _MAX_AGE.search(cache_control)
    if age:
        found.append(int(age.group(1)))
    return max(found) or None
