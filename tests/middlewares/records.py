"""Records and stores for the tests of the middlewares."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from crawler.items import Lead
from crawler.store.session import Session

NOW = "2026-03-02T10:00:00Z"
URL = "http://harbour.example/ferry"


def lead(url: str = URL, *, attempts: int = 0, **hints: str) -> Lead:
    """Make a lead."""
    values = {"source": "s", "kind": "feed", "found_on": "http://harbour.example/rss", "found": NOW}
    return Lead(url=url, attempts=attempts, **(values | hints))  # type: ignore[arg-type]  # hints are strings


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Session]:
    """Give an open session over a new store; it is closed as done unless the test closes it."""
    session = Session(
        folder / "s.sqlite",
        run_id=None,
        own_id="20260302T100000Z-test",
        now=lambda: NOW,
        heard=lambda *_: None,
    )
    await session.open()
    try:
        yield session
    finally:
        await session.close("done")
