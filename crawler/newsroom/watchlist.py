"""Write the watchlist of a newsroom: the text of a `wiretrace.toml` that crawls all of it."""

import json

from crawler.newsroom.newsroom import Newsroom

DELAY_S = 0.05
"""Seconds between two requests to a publisher: on loopback nobody else is waiting, and the whole
crawl should take seconds. A Crawl-delay in robots.txt still raises it."""


def watchlist(newsroom: Newsroom) -> str:
    """Give the text of a watchlist that names each publisher's seeds.

    Names are the publisher's label in its host and the kind, such as `harbour-courier-feed`.
    """
    lines = [
        "# The bundled newsroom: invented publishers on this machine, reached through a proxy on",
        "# loopback. The delay is short because nobody else reads them.",
        "",
        "[crawl]",
        f"delay_s = {DELAY_S}",
        'contact = "https://newsroom.example/"',
    ]
    for publisher in newsroom.publishers:
        for seed in publisher.seeds:
            label = publisher.host.split(".")[-2]
            lines += ["", "[[source]]", f"name = {json.dumps(f'{label}-{seed.kind}')}"]
            # A JSON string of plain ASCII is a TOML basic string as well.
            lines.append(f"{seed.kind} = {json.dumps(seed.url)}")
    return "\n".join(lines) + "\n"
