"""URLs: canonical form, identity, host and site.

What arrives is text from feeds, pages and people; what leaves is one spelling per address.
"""

import hashlib
import re
from enum import IntEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

if TYPE_CHECKING:
    from tldextract import TLDExtract

# Parameters that say where a click came from and never what is shown. Collected from the
# documentation of the analytics and mail products that add them; a parameter that any common
# publishing system uses to address content (id, p, page, article, print) must not be here.
TRACKING = re.compile(
    r"^(utm_\w+|(?:fb|g|d|ms|y|tw|tt)clid|gbraid|wbraid|msclkid|igshid|igsh|_ga|_gl|mc_[ce]id"
    r"|mkt_tok|ns_\w+|cmpid|cmp|ito|ocid|at_\w+|xtor|wt_mc|wtrid|spm|ref_src|ref_url|_hsenc|_hsmi"
    # Names of a visit, not of a page: the same address has another one each time.
    r"|phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|cfid|cftoken"
    r"|vero_id|oly_\w+|s_cid|piwik_\w+|pk_\w+|mtm_\w+|matomo_\w+|guccounter|guce_\w+|ref)$",
    re.IGNORECASE,
)
# A servlet's name of the visit, which stands in the path where cookies are off.
SESSION = re.compile(r";(?:jsessionid|phpsessid|sessionid)=[^;/?#]*", re.IGNORECASE)
# Most addresses have their one spelling already, which a look tells a hundred times quicker than
# taking them apart: no port, query, escape or dot segment, nothing that is not plain ASCII.
SIMPLE = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?:/(?!\.)[\w.~-]*)+", re.ASCII
)
# The AMP caches, which keep publishers' AMP pages under hosts of their own, and the viewers of the
# search engines that run two of them. The address of the page stands whole in the path, with `s/`
# before it where it is https (https://amp.dev/documentation/guides-and-tutorials/learn/
# amp-caches-and-cors/amp-cache-urls; the caches are registered in amphtml's caches.json).
CACHED = re.compile(
    r"https?://(?:(?:[\w-]+\.)?(?:cdn\.ampproject\.org|bing-amp\.com|amp\.cloudflare\.com)/(?:c|v|wp)"
    r"|(?:www\.)?(?:google(?:\.[a-z]{2,3}){1,2}|bing\.com)/amp)"
    r"/(?P<tls>s/)?(?P<inside>(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+(?::\d{1,5})?/.*)",
    re.ASCII,
)
# What caches and viewers add to the query.
VIEWING = re.compile(r"^(?:amp_(?:js_v|gsa|kit|r|ct|tf|latest_update_time)|ampshare|aoh|usqp)$")
# RFC 9110 sets no limit; longer addresses than this are traps or session dumps (Scrapy's default).
MAX_URL = 2083


class Spelling(IntEnum):
    """Which page of an article an address names, the one that stands for it first."""

    PLAIN = 0
    """The page itself."""
    MOBILE = 1
    """For small screens."""
    AMP = 2
    """AMP (https://amp.dev/documentation/guides-and-tutorials/optimize-and-measure/discovery)."""
    PRINT = 3
    """For printing."""
    WHOLE = 4
    """All pages of a paginated article in one."""


# Labels before the site's own name that lead to the same pages.
_HOSTS = {"www": Spelling.PLAIN, "m": Spelling.MOBILE, "mobile": Spelling.MOBILE,
          "mobil": Spelling.MOBILE, "touch": Spelling.MOBILE, "amp": Spelling.AMP,
          "print": Spelling.PRINT}  # fmt: skip
# A segment or an ending of the path, in the languages met most. `/amp/` and `/print/` stand before
# or behind the article's own path; the others behind it.
_PATHS = (
    (Spelling.AMP, re.compile(r"^/amp(?=/.)|/amp(?:html)?/?$|[._-]amp(?=\.html?$)|\.amp$")),
    (
        Spelling.PRINT,
        re.compile(
            r"^/print(?=/.)|/(?:print|printpage|print-version|drucken|druckversion|imprimer"
            r"|imprimir|stampa|afdrukken|drukuj|tisk|utskrift)/?$|[.,_-]print(?=\.html?$)",
        ),
    ),
    (
        Spelling.WHOLE,
        re.compile(
            r"/(?:komplettansicht|all-pages|allpages|view-?all|single-?page|full-?page"
            r"|page/all|seite-alle)/?$",
        ),
    ),
)
# Names and values of parameters likewise; a value of 1, true or none at all says yes.
_SAID = {"amp": Spelling.AMP, "print": Spelling.PRINT, "printable": Spelling.PRINT,
         "printversion": Spelling.PRINT, "mobile": Spelling.MOBILE, "singlepage": Spelling.WHOLE,
         "single": Spelling.WHOLE, "viewall": Spelling.WHOLE, "fullpage": Spelling.WHOLE,
         "allpages": Spelling.WHOLE, "onepage": Spelling.WHOLE}  # fmt: skip
_YES = frozenset(("", "1", "true", "yes", "on", "y"))
_NAMED = {"amp": Spelling.AMP, "print": Spelling.PRINT, "mobile": Spelling.MOBILE,
          "all": Spelling.WHOLE, "alle": Spelling.WHOLE, "single": Spelling.WHOLE}  # fmt: skip
_WAYS = frozenset(
    (
        *("outputtype", "output", "view", "format", "mode", "layout", "template", "type"),
        *("page", "pagewanted", "seite", "pagina", "showpage"),
    )
)


# A page names its own address a dozen times; more than one page need not be remembered.
@lru_cache(maxsize=256)
def canonical(url: str, base: str | None = None) -> str | None:
    """Give the one spelling of an http(s) address, or None where there is none.

    Resolves against `base`, lower-cases scheme and host, drops the fragment, default ports, user
    info, tracking parameters and names of visits (session ids), sorts the rest of the query (w3lib
    `canonicalize_url`). The address of a page in an AMP cache is that of the page at its publisher.
    Idempotent: `canonical(canonical(u)) == canonical(u)`.
    """
    if SIMPLE.fullmatch(url) and len(url) <= MAX_URL:
        return _published(url)
    try:
        joined = urljoin(base, url.strip()) if base else url.strip()
        parts = urlsplit(safe_url_string(joined))
        host = parts.hostname
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or len(joined) > MAX_URL:
        return None
    scheme = parts.scheme.lower()
    netloc = f"[{host}]" if ":" in host else host.rstrip(".")
    if port is not None and port != (80 if scheme == "http" else 443):
        netloc = f"{netloc}:{port}"
    query = urlencode(
        [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(k)]
    )
    try:
        path = SESSION.sub("", parts.path) or "/"
        form = str(canonicalize_url(urlunsplit((scheme, netloc, path, query, ""))))
    except ValueError:
        return None
    # Encoding makes three bytes of one; what is too long then has no form that could be read again.
    return _published(form) if len(form) <= MAX_URL else None


def _published(form: str) -> str:
    """Give the address inside that of an AMP cache; any other canonical form as it is."""
    cached = CACHED.fullmatch(form) if "amp" in form else None
    if cached is None:
        return form
    address, _, query = cached["inside"].partition("?")
    kept = [(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not VIEWING.match(k)]
    scheme = "https" if cached["tls"] else "http"
    # What cannot be read is none; it stays the cache's.
    return canonical(f"{scheme}://{address}{'?' if kept else ''}{urlencode(kept)}") or form


def host_of(url: str) -> str:
    """Give the host of an address in lower case, without port; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


@cache
def _suffixes() -> "TLDExtract":
    """Give the reader of the suffix list, which ships inside the package: no fetch, no cache.

    It brings a client for the network that is never used, and takes longer to import than all that
    a command needs in order to print its help.
    """
    from tldextract import TLDExtract  # noqa: PLC0415 - see above

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=65536)
def _site_of_host(host: str) -> str:
    known = str(_suffixes()(host).top_domain_under_public_suffix)
    if known or not re.fullmatch(r"[^.:]+(\.[^.:]+)*\.[^.:\d]+", host):
        return known or host
    # The list's own rule for a suffix that it does not name: the last label is the suffix.
    return ".".join(host.rsplit(".", 2)[-2:])


def site_of(url: str) -> str:
    """Give the registered domain (public suffix plus one label), or the host without one."""
    return _site_of_host(host_of(url))


def article_id(url: str) -> str:
    """Give the stable id of the article at an address.

    16 hex digits of SHA-256 of its canonical form.
    """
    return hashlib.sha256((canonical(url) or url).encode()).hexdigest()[:16]


@lru_cache(maxsize=65536)
def spelling_of(url: str) -> tuple[str, Spelling]:
    """Give what all spellings of an article's address share, and which of them this one is.

    Shared are host, path and query, without scheme, `www.`, a closing slash and the marks of AMP,
    print and mobile pages; it is a key and no address. An address that is nothing but such a mark
    (`/amp/`, `/print`) is a page of its own. Two addresses with one key are very likely two
    spellings of one article; whether they are, their texts tell.
    """
    parts = urlsplit(canonical(url) or url)
    host, by_host = _bare_host(parts)
    path, by_path = _bare_path(parts.path)
    kept, by_query = [], Spelling.PLAIN
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        said = _said(name.lower(), value.lower())
        kept += [(name, value)] if said is None else []
        by_query = max(by_query, said or Spelling.PLAIN)
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{path.rstrip('/')}{query}", max(by_host, by_path, by_query)


def _bare_host(parts: SplitResult) -> tuple[str, Spelling]:
    host = parts.netloc
    label, _, rest = host.partition(".")
    said = _HOSTS.get(label)
    # `m.example` itself may be the site.
    if said is None or not _site_of_host(rest.partition(":")[0]) or rest.count(".") == 0:
        return host, Spelling.PLAIN
    return rest, said


def _bare_path(path: str) -> tuple[str, Spelling]:
    for said, pattern in _PATHS:
        bare = pattern.sub("", path, count=1)
        if bare != path and bare.strip("/"):
            return bare, said
    return path, Spelling.PLAIN


def _said(name: str, value: str) -> Spelling | None:
    """Give the spelling that a parameter asks for, if it asks for one."""
    if name in _SAID and value in _YES:
        return _SAID[name]
    return _NAMED.get(value) if name in _WAYS else None
