"""Find the links of a front page that lead to more of the same: next page, older, more news."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.urls import canonical, host_of

# What sites write on the link, in the languages met most; compared with the whole link text.
MORE = re.compile(
    r"""^[\W\d]*(?:
    (?:read\s|see\s|view\s|show\s|load\s|all\s|the\s)*(?:more|latest|older|all|next|previous)
        (?:\s(?:latest|recent))?(?:\s(?:news|stories|posts|articles|headlines|entries|page|updates))?
    |latest\snews|news\sarchive|just\sin|breaking\snews
    |(?:alle\s|mehr\s|weitere\s|ältere\s|neueste\s|aktuelle\s)+(?:news|nachrichten|artikel|meldungen|beiträge|einträge)?
    |weiter|mehr|nächste(?:\sseite)?|newsticker|ticker|letzte\smeldungen
    |(?:toutes?\s(?:les\s)?|plus\s(?:de\s|d['’])?|dernières?\s|suite\sdes\s)+(?:actualités?|articles|infos?|nouvelles|news)?
    |suivante?|page\ssuivante|articles\splus\sanciens|en\scontinu|fil\sinfo
    |(?:más|todas\slas|últimas|ver\smás|ver\stodas?)(?:\s(?:las\s)?(?:noticias|artículos|notas|entradas))?(?:\santiguas)?
    |siguiente|página\ssiguiente|cargar\smás|anteriores|lo\súltimo
    |(?:mais|todas\sas|últimas|ver\smais)(?:\s(?:as\s)?notícias)?|próxima(?:\spágina)?|carregar\smais
    |(?:altre|tutte\sle|ultime)\s(?:notizie|news)|ultim['’]ora|avanti|successiv[ao]
    |(?:meer|al\shet|laatste)\s(?:nieuws|artikelen|berichten)|volgende(?:\spagina)?
    |(?:fler|alla|senaste|flere|alle|siste|seneste)\s(?:nyheter|nyheder|artiklar|artikler|saker)|nästa|neste|næste
    |(?:więcej|wszystkie|najnowsze)(?:\swiadomości|\sartykuły)?|następna(?:\sstrona)?|starsze\swpisy
    |(?:další|všechny|nejnovější)(?:\szprávy|\sčlánky)?|(?:daha\sfazla|tüm|son)\s?(?:haber\w*|dakika)?|sonraki
    |(?:все|ещё|еще|последние|больше)\s?(?:новост\w*|стат\w*)?|далее|следующая
    |(?:усі|всі|більше|останні)\s?новини|далі|المزيد|اخر\sالأخبار|التالي|もっと(?:見る|読む)?|次へ|次のページ|更多(?:新闻|新聞)?|下一页|下一頁|더보기|다음
    )[\W\d]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_NEXT_NAME = re.compile(
    r"\b(?:next|older|load-?more|nav-previous|pagination-next)\b", re.IGNORECASE
)
_PAGE_PATH = re.compile(
    r"/(?:page|seite|pagina|pag|p|sida|strana|strona)[/\-_]?(\d{1,4})/?$", re.IGNORECASE
)
_PAGE_KEYS = ("page", "paged", "pagenum", "p", "seite", "pagina", "pg", "pageno")
_LATEST_PATH = re.compile(
    r"/(?:latest(?:-news)?|all-?news|news|newest|neueste|schlagzeilen|ticker|ultimas(?:-noticias)?"
    r"|dernieres-infos|en-continu|ultime(?:-notizie)?)/?$",
    re.IGNORECASE,
)
# The next pages of a front: page 2 and the one after it, never the last page of an archive.
MAX_JUMP = 2


def find_more(
    tree: LexborHTMLParser, url: str, resolve: Callable[[str], str | None]
) -> tuple[str, ...]:
    """Give further fronts of the same host, best first, each once, never the page itself.

    Args:
        tree: the page.
        url: its address.
        resolve: gives the canonical address of a link, or None.
    """
    here, host = canonical(url), host_of(url)
    ranked: dict[str, int] = {}
    for node in tree.css("a[href], link[rel][href]"):
        if node.tag == "link" and not _is_next(node):
            continue
        address = resolve(node.attributes.get("href") or "")
        if address is None or address == here or host_of(address) != host:
            continue
        rank = min(_ranks(node, address, url), default=None)
        if rank is not None and rank < ranked.get(address, 9):
            ranked[address] = rank
    return tuple(sorted(ranked, key=ranked.__getitem__))


def _is_next(node: LexborNode) -> bool:
    return "next" in (node.attributes.get("rel") or "").lower().split()


def page_number(url: str) -> int | None:
    """Give the number in an address of a numbered page, if it is one."""
    parts = urlsplit(url)
    found = _PAGE_PATH.search(parts.path)
    if found:
        return int(found.group(1))
    query = parse_qs(parts.query)
    for key in _PAGE_KEYS:
        value = query.get(key, [""])[0]
        if value.isdecimal() and len(value) <= 4:  # noqa: PLR2004 - more digits are an article's id
            return int(value)
    return None


def _ranks(node: LexborNode, address: str, url: str) -> Iterator[int]:
    """Yield the rank of each sign: 0 is a declared next page, 3 a page called latest."""
    attributes = node.attributes
    if _is_next(node):
        yield 0
    if node.tag != "a":
        return
    number = page_number(address)
    if number is not None and 0 < number - (page_number(url) or 1) <= MAX_JUMP:
        yield 1
    texts = (
        " ".join((node.text() or "").split()),
        attributes.get("aria-label") or "",
        attributes.get("title") or "",
    )
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if _NEXT_NAME.search(named) and number is not None:
        yield 1
    if any(text and MORE.match(text) for text in texts):
        yield 2 if number is None else 1
    if _LATEST_PATH.search(urlsplit(address).path):
        yield 3
