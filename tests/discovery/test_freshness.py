"""What publishers say of how long their documents hold."""

import pytest

from crawler.discovery import fresh_for_s

RSS = "<rss><channel><title>Courier</title>{}<item><title>Ferry</title>{}</item></channel></rss>"


@pytest.mark.parametrize(
    ("head", "header", "seconds"),
    [
        ("", "", None),
        ("<ttl>60</ttl>", "", 3_600),
        ("<ttl> 0 </ttl>", "", None),
        ("<ttl>soon</ttl>", "", None),
        ("<sy:updatePeriod>\n\thourly\t</sy:updatePeriod>", "", 3_600),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            "",
            21_600,
        ),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
         "", 3_600),
        ("<sy:updatePeriod>often</sy:updatePeriod>", "", None),
        ("", "public, max-age=300", 300),
        ("", 'private, Max-Age="900"', 900),
        ("", "s-maxage=900", None),
        ("", "no-cache", None),
        ("<ttl>5</ttl>", "max-age=120", 300),
    ],
)  # fmt: skip
def test_the_longest_claim_counts(head: str, header: str, seconds: int | None) -> None:
    assert fresh_for_s(RSS.format(head, "").encode(), header) == seconds


def test_what_stands_in_an_entry_is_not_the_feeds() -> None:
    assert fresh_for_s(RSS.format("", "<ttl>60</ttl>").encode(), "") is None
