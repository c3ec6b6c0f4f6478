"""Judge one link of a front page: is it an article?

The place of the link, its text and its address each give points; no single sign decides, because
sites hide articles behind `/r/123456` and give long names to their privacy pages.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

# Points at which a link counts as an article: a headline inside a heading (3 + 2), or a headline
# with a telling address (2 + 1), but neither a telling address in a menu nor a bare headline.
THRESHOLD = 3
# Languages without spaces: this many of their characters say what a headline of words says.
_DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
DENSE_HEADLINE = 10
# Words from which on a link text reads like a headline, and from which on like the name of a page.
HEADLINE_WORDS = 5
PHRASE_WORDS = 3

_DATE_PATH = re.compile(
    r"/(?:19|20)\d{2}[/\-_]?(?:0?[1-9]|1[0-2]|[a-z]{3})(?:[/\-_]?\d{1,2})?(?=[/\-_.]|$)"
)
_NUMBER = re.compile(
    r"(?<!\d)\d{5,}(?!\d)|(?<=[a-z/_-])[0-9a-f]{8}-[0-9a-f]{4}-|-[a-z]?\d{4,}(?=$|[./?])"
)
_DOCUMENT = re.compile(r"\.(?:s?html?|php|aspx?|cms|ece|jsp)$")
_WORDS = re.compile(r"[^\W\d_]+")
# Segments under which sites keep lists and services, in the languages met most.
_SEGMENTS = """
    tag tags topic topics tema temas thema themen theme schlagwort etiqueta etiquetas keyword
    keywords category categories categoria categorias categorie kategorie rubrik rubrique author
    authors autor autoren autores auteur auteurs redakteur profile profiles user users people
    login signin sign-in register registrierung subscribe subscription subscriptions abo abonnement
    account konto cart checkout shop store search suche buscar recherche ricerca zoeken contact
    kontakt contacto about about-us ueber-uns impressum imprint datenschutz privacy privacy-policy
    terms terms-of-use agb nutzungsbedingungen cookies cookie-policy legal aviso-legal help hilfe
    faq newsletter newsletters rss feed feeds jobs careers karriere advertise werbung mediadaten
    publicidad donate spenden page seite pagina wp-content wp-admin wp-login.php cdn-cgi
    live-tv podcasts podcast video videos gallery galleries fotostrecke webcam wetter weather
    horoscope horoskop sudoku games spiele tv-programm tvguide share comments
    archive archives archiv
"""
_SERVICE_SEGMENTS = frozenset(_SEGMENTS.split())
# Words that name the site's own papers wherever they stand in a slug.
_PAPERS = """
    privacy cookie cookies impressum datenschutz datenschutzerklaerung disclaimer
    advertise newsletter newsletters subscribe abonnement terms conditions
"""
_SERVICE_WORDS = frozenset(_PAPERS.split())
_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|avi|mov|zip|gz|rss|xml|json|css|js|ics|docx?|xlsx?|apk)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSigns:
    """What is known of a link besides its address."""

    text: str
    """Its text, white space squashed."""
    in_heading: bool = False
    """Whether it stands in or around a heading."""
    in_card: bool = False
    """Whether it stands in a teaser, or in one of several blocks of the same build."""
    in_furniture: bool = False
    """Whether it stands in a menu, header, footer or bar."""
    in_aside: bool = False
    """Whether it stands in a side column."""


def text_points(text: str, *, in_heading: bool) -> int:
    """Give 0 to 5 points for a link's text: headline-like length, more in a heading."""
    words = len(_WORDS.findall(text))
    dense = len(_DENSE.findall(text))
    if words >= HEADLINE_WORDS or dense >= DENSE_HEADLINE:
        return 5 if in_heading else 2
    if words >= PHRASE_WORDS or dense >= DENSE_HEADLINE // 2:
        return 3 if in_heading else 1
    return 0


def address_points(url: str) -> int:
    """Give -6 to 6 points for an address: a date, a long slug, a number, a document's ending."""
    parts = urlsplit(url)
    path = unquote(parts.path).lower()
    segments = [segment for segment in path.split("/") if segment]
    if not segments and not parts.query:
        return -6
    if _FILES.search(path):
        return -6
    slug = max((len(_slug_words(segment)) for segment in segments), default=0)
    points = 2 if slug >= 4 else 1 if slug == 3 else 0  # noqa: PLR2004 - words of a slug, as above
    dated = bool(_DATE_PATH.search(path))
    numbered = bool(_NUMBER.search(path + "?" + parts.query))
    points += 2 * dated + numbered + bool(_DOCUMENT.search(path))
    if not _is_article_under_service(segments, dated=dated, numbered=numbered, slug=slug):
        points -= 5
    if segments and _SERVICE_WORDS & set(_slug_words(segments[-1])):
        points -= 3
    if len(segments) == 1 and slug < PHRASE_WORDS and not dated and not numbered:
        points -= 2  # `/sport/` is a section
    return max(-6, min(6, points))


def is_service(url: str) -> bool:
    """Whether an address alone shows that it is no article: a list, a login, a file, the home."""
    return address_points(url) <= -3  # noqa: PLR2004 - one clear sign against, nothing for it


def judge(url: str, signs: LinkSigns) -> int:
    """Give a link's points; `THRESHOLD` and more make it an article."""
    points = text_points(signs.text, in_heading=signs.in_heading) + address_points(url)
    points += signs.in_card
    if signs.in_furniture:
        points -= 4
    elif signs.in_aside:
        points -= 1
    return points


def _slug_words(segment: str) -> list[str]:
    return [
        word for word in re.split(r"[-_+,.\s]+", segment) if len(word) > 1 and not word.isdigit()
    ]


def _is_article_under_service(
    segments: list[str], *, dated: bool, numbered: bool, slug: int
) -> bool:
    """Whether no segment names a service, or the last one is an article's in spite of it.

    `/topic/economy` is a list; `/videos/2026/03/02/mayor-opens-bridge` and
    `/themen/zug/kim-faehrt-nach-peking-4711123` are articles.
    """
    named = [at for at, segment in enumerate(segments) if segment in _SERVICE_SEGMENTS]
    if not named:
        return True
    deeper = len(segments) - 1 > named[-1]
    return deeper and (dated or numbered) and slug >= PHRASE_WORDS
