"""How near the crawl comes to what the machine allows, all measured in one run.

Two bounds: fetching alone (the same crawl, its pages stored but not read) and extraction alone (the
same pages through the worker processes, nothing fetched). The crawl does both at once; the figure
is its rate over the smaller bound. The pages come from a small server on loopback which shares the
machine, as no real server does.
"""

import asyncio
import logging
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from gzip import decompress
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import record
from crawler.config import Config, CrawlLimits, ExtractionLimits, Source
from crawler.items import Page
from crawler.pipelines import ExtractionPipeline, Reading, read_page
from crawler.runs.crawling import order_for, run_order
from crawler.runs.quiet import Quiet
from crawler.store import Store, compress
from crawler.workers import WorkerPool, worker_count

PAGES = 1200
HOSTS = 100
ROUNDS = 3
AHEAD = 4
WARM_UP = 50
"""Pages fetched or read before the clock starts: imports and processes take a second or two."""


class FetchOnly(ExtractionPipeline):
    """Stores pages without reading them: the crawl less the work of the worker processes."""

    async def _read(self, page: Page) -> Reading:
        del page
        return Reading(compressed=compress(b""), article=None, reason="not-read")


def bench(data: Path, seeds: Sequence[int]) -> None:
    """Measure the bounds and the crawl in turn, several times, and quote medians."""
    del seeds
    bodies = [
        decompress(path.read_bytes())
        for path in sorted((data / "data" / "extraction" / "html").glob("*.html.gz"))
    ]
    rows = []
    with tempfile.TemporaryDirectory(prefix="throughput-") as folder, served(bodies) as proxy:
        os.environ |= {"http_proxy": proxy, "https_proxy": proxy, "no_proxy": ""}
        for number in range(ROUNDS):
            rows.append(measure(Path(folder) / str(number), bodies))
            print(rows[-1], flush=True)
    names = rows[0].keys()
    found = {name: round(median(row[name] for row in rows), 3) for name in names}
    found |= {"pages": PAGES, "hosts": HOSTS, "workers": worker_count(0), "rounds": ROUNDS}
    record.write("throughput", "", found)


def measure(folder: Path, bodies: Sequence[bytes]) -> dict[str, float]:
    """Give pages a second of each, and the ratio."""
    fetching = crawled(folder / "fetch", {"ITEM_PIPELINES": {FetchOnly: 100}})
    reading = extracted(bodies)
    crawling = crawled(folder / "crawl", {})
    return {
        "fetching alone": round(fetching, 1),
        "extraction alone": round(reading, 1),
        "crawl": round(crawling, 1),
        "crawl over smaller bound": round(crawling / min(fetching, reading), 3),
    }


def crawled(folder: Path, settings: Mapping[str, Any]) -> float:
    """Crawl all pages; give the pages a second between the first ones and the last."""
    folder.mkdir(parents=True)
    addresses = folder / "addresses.txt"
    addresses.write_text("".join(f"{address(number)}\n" for number in range(PAGES)), "utf-8")
    config = Config(
        output=folder / "output",
        sources=(Source(name="list", kind="urls", location=str(addresses), max_leads=PAGES),),
        crawl=CrawlLimits(delay_s=0.0, concurrency=32),
    )
    order = order_for(config, "urls", run_id=None)
    order = replace(order, settings={**order.settings, **settings}, log_level=logging.ERROR)
    clock = Clock()
    run_order(order, clock)
    with Store.open(config.store_path, read_only=True) as store:
        stored = store.page_count()
    if stored != PAGES:
        raise SystemExit(f"{stored} of {PAGES} pages were stored")
    return clock.rate()


class Clock(Quiet):
    """Notes when how many pages were done."""

    def __init__(self) -> None:
        self.marks: list[tuple[float, int]] = []

    def advance(self, stage: str, n: int = 1, **counts: int) -> None:
        """Note the total so far, where it grew."""
        del stage, counts
        done = self.marks[-1][1] if self.marks else 0
        if n:
            self.marks.append((time.monotonic(), done + n))

    def rate(self) -> float:
        """Give the pages a second from the warm-up to the last page."""
        first = next(mark for mark in self.marks if mark[1] >= WARM_UP)
        last = self.marks[-1]
        return (last[1] - first[1]) / (last[0] - first[0])


def extracted(bodies: Sequence[bytes]) -> float:
    """Read as many pages in the worker processes; give the pages a second."""
    limits = ExtractionLimits()
    with WorkerPool(worker_count(0), limits.deadline_s) as pool:
        waiting = []
        began, done = time.monotonic(), 0
        for number in range(PAGES + WARM_UP):
            waiting.append(pool.submit(read_page, page(number, bodies), limits))
            if len(waiting) >= AHEAD * pool.processes:
                pool.result_of(waiting.pop(0))
                done += 1
                if done == WARM_UP:
                    began = time.monotonic()
        for job in waiting:
            pool.result_of(job)
        return PAGES / (time.monotonic() - began)


def address(number: int) -> str:
    """Give the address of a page; hosts take turns."""
    return f"http://host{number % HOSTS:03}.example/news/{number}.html"


def page(number: int, bodies: Sequence[bytes]) -> Page:
    """Give a page as the crawl would fetch it."""
    url = address(number)
    return Page(
        url=url,
        requested_url=url,
        source="list",
        status=200,
        content_type="text/html; charset=utf-8",
        body=bodies[number % len(bodies)],
        fetched="2026-01-01T00:00:00Z",
    )


@contextmanager
def served(bodies: Sequence[bytes]) -> Iterator[str]:
    """Serve the pages from a process of their own, as a forward proxy; give its address."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(bodies, theirs), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()


def serve(bodies: Sequence[bytes], line: Connection) -> None:
    """Answer until terminated; say the port on `line`."""
    asyncio.run(_serve(bodies, line))


async def _serve(bodies: Sequence[bytes], line: Connection) -> None:
    heads = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body)
        for body in bodies
    ]
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                target = head.split(b" ", 2)[1]
                if target.endswith(b".html"):
                    number = int(target.rsplit(b"/", 1)[1][:-5]) % len(bodies)
                    writer.write(heads[number])
                    writer.write(bodies[number])
                else:
                    writer.write(missing)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    line.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()
