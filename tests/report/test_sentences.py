"""Times inside sentences."""

import pytest

from crawler.report.moments import Moment
from crawler.report.sentences import in_words, pieces


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            "It ran between 2026-03-02T08:00:00Z and 2026-03-02T08:00:59Z (claimed by json-ld).",
            "It ran between 2 Mar 2026, 08:00 UTC and 2 Mar 2026, 08:00 UTC (claimed by json-ld).",
        ),
        ("No later than 2026-03-02T09:00+01:00.", "No later than 2 Mar 2026, 08:00 UTC."),
        ("2026-03-02T08:00:00.25Z", "2 Mar 2026, 08:00 UTC"),
        ("On 2026-03-02 at 2026-03-02T08:00", "On 2026-03-02 at 2026-03-02T08:00"),
        ("No month: 2026-13-02T08:00:00Z", "No month: 2026-13-02T08:00:00Z"),
        ("“x2026-03-02T08:00:00Zx” is a file", "“x2026-03-02T08:00:00Zx” is a file"),
        ("", ""),
    ],
)
def test_instants_in_a_sentence_are_told_as_everywhere_else(given: str, told: str) -> None:
    assert in_words(given) == told


def test_the_zone_of_the_source_stays_with_its_time() -> None:
    words, time, rest = pieces("By 2026-03-02T09:00:00+01:00 at the latest.")
    assert isinstance(time, Moment)
    assert (words, time.given, rest) == ("By ", "09:00 UTC+01:00", " at the latest.")
