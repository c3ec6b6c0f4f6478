"""URLs: canonical form, identity, host and site.

What arrives is text from feeds, pages and people; what leaves is one spelling per address.
"""

import hashlib
import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import tldextract
from w3lib.url import canonicalize_url, safe_url_string

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
# RFC 9110 sets no limit; longer addresses than this are traps or session dumps (Scrapy's default).
MAX_URL = 2083

# The suffix list ships inside the package: no fetch over the network, no cache on disk.
_extract_site = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def canonical(url: str, base: str | None = None) -> str | None:
    """Give the one spelling of an http(s) address, or None where there is none.

    Resolves against `base`, lower-cases scheme and host, drops the fragment, default ports, user
    info, tracking parameters and names of visits (session ids), sorts the rest of the query (w3lib
    `canonicalize_url`).
    Idempotent: `canonical(canonical(u)) == canonical(u)`.
    """
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
    return form if len(form) <= MAX_URL else None


def host_of(url: str) -> str:
    """Give the host of an address in lower case, without port; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=65536)
def _site_of_host(host: str) -> str:
    known = str(_extract_site(host).top_domain_under_public_suffix)
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
