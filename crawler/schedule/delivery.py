"""Send the news of runs: a webhook, a program. Each event reaches a receiver at most once.

The store keeps an outbox. An event is marked as being sent before anything leaves, and as sent
after the receiver has taken it. It is tried again only where it was certainly not taken: no
connection, or an answer that says so. Where that is not certain (the answer never came, the process
died) it is given up, with the reason: a desk that is alarmed twice stops listening, and `feed.xml`
has every event.
"""

import hashlib
import hmac
import http.client
import json
import logging
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from crawler import __version__
from crawler.config import Config, NotifyParams
from crawler.errors import ConfigError
from crawler.items import Delivery, Event
from crawler.schedule.plan import written
from crawler.store import Store

logger = logging.getLogger(__name__)

# Events in one document: 50 new clusters of ten copies are some 200 KB, which receivers take.
BATCH = 50
# Pauses before further tries in the same run, for a receiver that is just being restarted.
QUICK_S = (1.0, 4.0)
# The wait after a failed run's tries, doubled with each.
FIRST_WAIT = timedelta(minutes=1)
# Answers by which a receiver says that it did not take it and that later it may (RFC 9110, 6585).
NOT_TAKEN = frozenset({408, 425, 429, 500, 502, 503, 504})
MAX_ERROR = 300
SENT, PENDING, SENDING, GIVEN_UP = "sent", "pending", "sending", "given-up"
DIED = "The process ended while it was being sent."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one try ended."""

    state: str
    """`sent`; `pending` where it was certainly not taken; `given-up`."""
    error: str | None = None
    """Why, where it was not sent."""


Send = Callable[[bytes, Mapping[str, str]], Outcome]
"""Sends a document with headers over one channel."""


def check_notify(config: Config) -> None:
    """Refuse to run with a webhook whose secret is missing: unsigned news would be believed.

    Raises:
        ConfigError: names the variable.
    """
    name = config.notify.webhook_secret_env
    if config.notify.webhook and name and not config.webhook_secret:
        raise ConfigError(
            f"The variable {name}, which notify.webhook_secret_env names, is not set.",
            "Set it to the secret that the receiver knows.",
        )


def deliver(
    config: Config, store: Store, *, now: Callable[[], str], sleep: Callable[[float], None]
) -> None:
    """Send what waits in the outbox; call it under the lock of the output folder.

    Args:
        config: receivers.
        store: holds the outbox.
        now: our own clock.
        sleep: waits for so many seconds.
    """
    store.abandon_deliveries(now=now(), error=DIED)
    channels: dict[str, Send] = {}
    if config.notify.webhook:
        channels["webhook"] = lambda body, headers: post(config, body, headers)
    if config.notify.command:
        channels["command"] = lambda body, _headers: call(config.notify, body)
    for channel, send in channels.items():
        while batch := store.due_deliveries(channel, now=now(), limit=BATCH):
            outcome = _deliver_batch(store, channel, batch, send, now=now, sleep=sleep)
            _settle(store, channel, batch, outcome, config.notify, now())
            if outcome.state != SENT:
                logger.warning("%s: %d events [%s]: %s", channel, len(batch), outcome.state,
                               outcome.error)  # fmt: skip
                break  # the rest would meet the same receiver


def _deliver_batch(
    store: Store,
    channel: str,
    batch: Sequence[Delivery],
    send: Send,
    *,
    now: Callable[[], str],
    sleep: Callable[[float], None],
) -> Outcome:
    events = [delivery.event for delivery in batch]
    store.set_deliveries(channel, events, state=SENDING, now=now(), tried=True)
    body, headers = document(events, now())
    outcome = send(body, headers)
    for pause_s in QUICK_S:
        if outcome.state != PENDING:
            break
        sleep(pause_s)
        outcome = send(body, headers)
    return outcome


def _settle(
    store: Store,
    channel: str,
    batch: Sequence[Delivery],
    outcome: Outcome,
    params: NotifyParams,
    now: str,
) -> None:
    for delivery in batch:
        tries = delivery.attempts + 1
        state, until = outcome.state, None
        if state == PENDING and tries >= params.attempts:
            state = GIVEN_UP
        elif state == PENDING:
            until = written(datetime.fromisoformat(now) + FIRST_WAIT * 2 ** (tries - 1))
        store.set_deliveries(
            channel, [delivery.event], state=state, now=now, not_before=until, error=outcome.error
        )


def document(events: Sequence[Event], now: str) -> tuple[bytes, dict[str, str]]:
    """Give what is sent: a JSON document, and headers that name it.

    `Wiretrace-Delivery` is the same for each try of the same events.
    """
    body = json.dumps(
        {"sent": now, "events": [asdict(event) for event in events]}, ensure_ascii=False
    ).encode("utf-8", "backslashreplace")
    name = uuid5(NAMESPACE_URL, "wiretrace:" + ",".join(event.id for event in events))
    return body, {"Wiretrace-Delivery": str(name), "Wiretrace-Timestamp": now}


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Sign a document: HMAC-SHA256 (RFC 2104) of timestamp, a dot and the body, in hex.

    The timestamp is part of it, so that a receiver can refuse what somebody sends again later.
    """
    words = timestamp.encode() + b"." + body
    return f"sha256={hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()}"


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: news go where the person sends them, and nowhere else."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Give no further request; the answer then counts as an error with its status."""


def post(config: Config, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """Send a document to the webhook.

    The address is the person's own, so it may be a private one; a proxy of the environment is used.
    """
    assert config.notify.webhook is not None
    signed = dict(headers)
    if config.webhook_secret:
        signed["Wiretrace-Signature"] = signature(
            config.webhook_secret, headers["Wiretrace-Timestamp"], body
        )
    request = urllib.request.Request(  # noqa: S310 - the reader of the settings takes http(s) only
        config.notify.webhook,
        data=body,
        headers={
            "Content-Type": "application/json",
            "User-Agent": f"wiretrace/{__version__}",
            **signed,
        },
    )
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(request, timeout=config.notify.timeout_s) as response:
            response.read(1)
    except urllib.error.HTTPError as error:
        with error:
            state = PENDING if error.code in NOT_TAKEN else GIVEN_UP
            return Outcome(state=state, error=f"HTTP {error.code}")
    except urllib.error.URLError as error:
        # Raised while connecting or sending: the receiver never had the whole of it.
        return Outcome(state=PENDING, error=str(error.reason)[:MAX_ERROR])
    except (OSError, http.client.HTTPException) as error:
        # Raised while waiting for the answer: it may have been taken.
        return Outcome(state=GIVEN_UP, error=f"no answer: {error}"[:MAX_ERROR])
    return Outcome(state=SENT)


def call(params: NotifyParams, body: bytes) -> Outcome:
    """Give a document to the program on standard input.

    Once it has started it may have done anything, so a failure is given up and not repeated.
    """
    try:
        done = subprocess.run(  # noqa: S603 - the person's own program, without a shell
            params.command,
            input=body,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=params.timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Outcome(state=GIVEN_UP, error=f"did not end within {params.timeout_s:g} seconds")
    except OSError as error:
        return Outcome(state=PENDING, error=f"{params.command[0]}: {error.strerror}")
    if done.returncode:
        words = " ".join(done.stderr.decode("utf-8", "replace").split())[:MAX_ERROR]
        return Outcome(state=GIVEN_UP, error=f"exit code {done.returncode}: {words}")
    return Outcome(state=SENT)
