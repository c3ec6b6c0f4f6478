"""The loopback proxy as its clients see it."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

from crawler.newsroom import Document, Newsroom, NewsroomServer
from tests.newsroom.reader import Reader

HOME = "http://harbour-courier.example/"


def test_absolute_targets_and_host_headers_give_the_same_page(server: NewsroomServer) -> None:
    proxied = Reader(server.port).get(HOME)
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request("GET", "/", headers={"Host": "Harbour-Courier.example:80"})
    direct = connection.getresponse().read()
    connection.close()
    assert proxied.status == 200
    assert direct == proxied.body


def test_tunnels_are_refused_so_that_nothing_real_is_asked(server: NewsroomServer) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request("CONNECT", "harbour-courier.example:443")
    assert connection.getresponse().status == 501
    connection.close()


def test_unknown_hosts_and_paths_are_not_found(server: NewsroomServer) -> None:
    reader = Reader(server.port)
    assert reader.get("http://www.example.org/").status == 404
    assert reader.get(f"{HOME}no/such/page").status == 404


def test_a_query_that_addresses_content_counts_and_tracking_does_not(
    server: NewsroomServer,
) -> None:
    reader = Reader(server.port)
    assert reader.get(f"{HOME}?utm_source=x").body == reader.get(HOME).body
    first = reader.get("http://daily-beacon.example/")
    assert reader.get("http://daily-beacon.example/?page=2").body != first.body


def test_a_head_request_gets_the_header_alone(server: NewsroomServer) -> None:
    answer = Reader(server.port).get(HOME, method="HEAD")
    assert answer.body == b""
    assert int(answer.headers["content-length"]) > 1000


def test_the_log_names_every_request_in_order(server: NewsroomServer) -> None:
    reader = Reader(server.port)
    reader.get(HOME)
    reader.get(f"{HOME}nothing?x=1")
    log = server.log
    assert [(line.host, line.path, line.status) for line in log] == [
        ("harbour-courier.example", "/", 200),
        ("harbour-courier.example", "/nothing?x=1", 404),
    ]
    assert log[0].time <= log[1].time
    assert log[0].user_agent == "newsroom-test"


def test_connections_are_kept_and_hundreds_of_requests_a_second_answered(
    server: NewsroomServer,
) -> None:
    def read(count: int) -> int:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
        for _ in range(count):
            connection.request("GET", HOME)
            connection.getresponse().read()
        connection.close()
        return count

    started = time.perf_counter()
    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(read, [50] * 4))
    assert done == 200
    # Measured near 1,500 a second; a fifth of a second's delay each would show here.
    assert time.perf_counter() - started < 4


def test_a_stopped_server_answers_nobody(newsroom: Newsroom) -> None:
    with newsroom.serve() as server:
        port = server.port
    connection = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", HOME)
        refused = False
    except ConnectionRefusedError:
        refused = True
    connection.close()
    assert refused


def test_refusals_come_first_and_the_document_after_them() -> None:
    busy = Document(status=429, headers={"Retry-After": "1"})
    documents = {("a.example", "/"): Document(body=b"in the end", refusals=(busy, busy))}
    with NewsroomServer(documents, host="127.0.0.1", port=0) as server:
        reader = Reader(server.port)
        answers = [reader.get("http://a.example/") for _ in range(4)]
    assert [answer.status for answer in answers] == [429, 429, 200, 200]
    assert answers[0].headers["retry-after"] == "1"
    assert answers[3].body == b"in the end"


def test_a_repeated_document_is_streamed_in_pieces() -> None:
    documents = {("a.example", "/"): Document(body=b"0123456789", repeat=50_000)}
    with NewsroomServer(documents, host="127.0.0.1", port=0) as server:
        answer = Reader(server.port).get("http://a.example/")
    assert answer.headers["transfer-encoding"] == "chunked"
    assert len(answer.body) == 500_000


def test_a_json_feed_is_served_as_one(server: NewsroomServer) -> None:
    answer = Reader(server.port).get("http://eastgate-standard.example/feed.json")
    assert answer.headers["content-type"] == "application/feed+json"
    assert json.loads(answer.body)["version"].startswith("https://jsonfeed.org/")
