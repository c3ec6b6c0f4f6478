"""Courtesy: what a crawl remembers of hosts and documents, so that the next one asks for less."""

import json

from crawler.items import HostState, RobotsCopy, Validators
from crawler.store.connection import Database

PUT_ROBOTS = """
    INSERT INTO robots (origin, status, body, fetched) VALUES (?, ?, ?, ?)
    ON CONFLICT (origin) DO UPDATE SET
        status = excluded.status, body = excluded.body, fetched = excluded.fetched
"""
SELECT_ROBOTS = "SELECT * FROM robots WHERE origin = ?"
PUT_HOST = """
    INSERT INTO hosts (host, delay_s, failures, rest_until, reason) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (host) DO UPDATE SET
        delay_s = excluded.delay_s, failures = excluded.failures,
        rest_until = excluded.rest_until, reason = excluded.reason
"""
DELETE_HOST = "DELETE FROM hosts WHERE host = ?"
SELECT_HOSTS = "SELECT * FROM hosts ORDER BY host"
PUT_VALIDATORS = """
    INSERT INTO validators
        (url, etag, last_modified, sha256, context, read, checked, distrusted, leads_to)
    VALUES
        (:url, :etag, :last_modified, :sha256, :context, :read, :checked, :distrusted, :leads_to)
    ON CONFLICT (url) DO UPDATE SET
        etag = excluded.etag, last_modified = excluded.last_modified, sha256 = excluded.sha256,
        context = excluded.context, read = excluded.read, checked = excluded.checked,
        distrusted = excluded.distrusted, leads_to = excluded.leads_to
"""
SELECT_VALIDATORS = "SELECT * FROM validators WHERE url = ?"
SPENT = "SELECT requests FROM source_days WHERE source = ? AND day = ?"
# SQLite takes the other columns from the row that has the maximum.
LAST_SPENT = "SELECT source, MAX(day) AS day, requests FROM source_days GROUP BY source"
SPEND = """
    INSERT INTO source_days (source, day, requests) VALUES (?, ?, ?)
    ON CONFLICT (source, day) DO UPDATE SET requests = requests + excluded.requests
"""
VALIDATOR_FIELDS = (
    "url",
    "etag",
    "last_modified",
    "sha256",
    "context",
    "read",
    "checked",
    "distrusted",
)


class Courtesy(Database):
    """The part of the store that keeps what politeness needs to know."""

    def save_robots(self, copy: RobotsCopy) -> None:
        """Keep the robots.txt of an origin in place of the one before."""
        with self.transaction():
            self._execute(PUT_ROBOTS, (copy.origin, copy.status, copy.body, copy.fetched))

    def robots(self, origin: str) -> RobotsCopy | None:
        """Give the last robots.txt of an origin that could be read."""
        row = self._one(SELECT_ROBOTS, (origin,))
        if row is None:
            return None
        return RobotsCopy(
            origin=row["origin"], status=row["status"], body=row["body"], fetched=row["fetched"]
        )

    def save_host(self, state: HostState) -> None:
        """Keep what is known of a host that fails or is slow."""
        with self.transaction():
            self._execute(
                PUT_HOST,
                (state.host, state.delay_s, state.failures, state.rest_until, state.reason),
            )

    def forget_host(self, host: str) -> None:
        """Forget what was held against a host: it is well again."""
        with self.transaction():
            self._execute(DELETE_HOST, (host,))

    def hosts(self) -> list[HostState]:
        """Give the hosts that fail, are slow or are left alone, by name."""
        return [
            HostState(
                host=row["host"],
                delay_s=row["delay_s"],
                failures=row["failures"],
                rest_until=row["rest_until"],
                reason=row["reason"],
            )
            for row in self._all(SELECT_HOSTS)
        ]

    def save_validators(self, validators: Validators) -> None:
        """Keep the validators of a document that was read to its end."""
        values = {name: getattr(validators, name) for name in VALIDATOR_FIELDS}
        leads_to = json.dumps(validators.leads_to)
        with self.transaction():
            self._execute(PUT_VALIDATORS, values | {"leads_to": leads_to})

    def validators(self, url: str) -> Validators | None:
        """Give the validators of a document, if there are any."""
        row = self._one(SELECT_VALIDATORS, (url,))
        if row is None:
            return None
        values = {name: row[name] for name in VALIDATOR_FIELDS}
        return Validators(**values, leads_to=tuple(json.loads(row["leads_to"])))

    def requests_on(self, source: str, day: str) -> int:
        """Give the number of requests made for a source on a day (UTC, `2026-03-02`)."""
        row = self._one(SPENT, (source, day))
        return 0 if row is None else int(row["requests"])

    def last_requests(self) -> dict[str, tuple[str, int]]:
        """Give the last day (UTC) with requests for each source, and their number on it."""
        return {row["source"]: (row["day"], row["requests"]) for row in self._all(LAST_SPENT)}

    def count_requests(self, source: str, day: str, n: int) -> None:
        """Add to the requests made for a source on a day."""
        with self.transaction():
            self._execute(SPEND, (source, day, n))
