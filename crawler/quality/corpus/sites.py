"""A seed and a number -> invented sites with furniture, some of them in chains.

A site prints its furniture under each of its articles; the sites of a chain print their owner's as
well. Large sites print more than small ones: the share of the n-th is near 1/n (Zipf).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from crawler.quality.corpus.grammar import Rules, compile_rules
from crawler.quality.corpus.languages import Language, language, lexicon
from crawler.quality.corpus.worlds import full_name, invent_world, place_name

CHAINS = 12
MOST_SITES, LEAST_SITES = 400, 40
ARTICLES_A_SITE = 25
"""A corpus has a site for each this many articles, within the bounds above."""
CHAIN_SHARE = 0.4
"""Share of the sites that belong to a chain."""
_PAPERS = ("Courier", "Herald", "Gazette", "Post", "Echo", "Observer", "Chronicle", "Star", "Voice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One outlet."""

    host: str
    """Its registered domain."""
    language: str
    """ISO 639-1 code of what it prints."""
    top: tuple[str, ...]
    """Lines above each story."""
    middle: tuple[str, ...]
    """Lines inside each story of more than three paragraphs."""
    bottom: tuple[str, ...]
    """Lines below each story."""
    related: bool
    """Whether headlines of other stories stand below each."""
    typography: int
    """Number of its way to set quotation marks, dashes and soft hyphens."""
    local: Rules
    """Its own names, for what its desk adds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """The sites of one language, to draw from."""

    sites: tuple[Site, ...]
    """The largest first."""
    weights: tuple[float, ...]
    """Running totals of their shares."""

    def draw(self, rng: Random) -> Site:
        """Draw a site, large ones more often."""
        return rng.choices(self.sites, cum_weights=self.weights)[0]


def invent_sites(
    articles: int, languages: Sequence[tuple[str, float]], seed: int
) -> dict[str, Sites]:
    """Invent the sites of a corpus.

    Args:
        articles: of the corpus; a small one has fewer sites.
        languages: code and share of each.
        seed: of the corpus.
    """
    count = max(LEAST_SITES, min(MOST_SITES, articles // ARTICLES_A_SITE))
    rng = Random(f"{seed}/sites")  # noqa: S311 - a corpus that can be made again, not a secret
    found = {}
    for code, share in languages:
        own = max(4, round(count * share))
        tongue = language(code)
        owners = [_owner(tongue, rng) for _ in range(CHAINS if code == "en" else 1)]
        sites = tuple(_site(tongue, owners, rng) for _ in range(own))
        # A flattened Zipf law: 1/(n + 8) keeps the largest site below a twentieth of the corpus.
        weights = tuple(accumulate(1 / (place + 8) for place in range(own)))
        found[code] = Sites(sites=sites, weights=weights)
    return found


def furniture_of(tongue: Language) -> dict[str, list[str]]:
    """Give what sites of a language print around stories."""
    lists: dict[str, list[str]] = tongue.lists.get("furniture") or lexicon("furniture")
    return lists


def _owner(tongue: Language, rng: Random) -> tuple[str, str]:
    """Give a chain's name and the line that all its sites print."""
    town = place_name(tongue, rng)
    name = f"{town} Media" if tongue.code == "en" else f"{town}{tongue.lists['names']['media']}"
    own = compile_rules({"owner": [name], "owner_town": [place_name(tongue, rng)]})
    own |= {"site": [("this paper",)]} if tongue.code == "en" else {"site": [(name,)]}
    lists = compile_rules(furniture_of(tongue)) | invent_world(tongue, rng) | own
    lists["line"] = [rng.choice(lists["owner_line"])]
    return name, tongue.say("line", rng, lists)


def _site(tongue: Language, owners: Sequence[tuple[str, str]], rng: Random) -> Site:
    town = place_name(tongue, rng)
    chain = owners[rng.randrange(len(owners))] if rng.random() < CHAIN_SHARE else None
    paper = rng.choice(tongue.lists["names"].get("paper", _PAPERS))
    name = f"{town} {paper}" if tongue.spaced else f"{town}{paper}"
    own = compile_rules({"site": [name], "town": [town], "owner": [name], "owner_town": [town]})
    lists = compile_rules(furniture_of(tongue)) | invent_world(tongue, rng) | own

    def some(where: str, least: int, most: int) -> tuple[str, ...]:
        chosen = rng.sample(lists[where], min(rng.randint(least, most), len(lists[where])))
        return tuple(tongue.say("line", rng, lists | {"line": [line]}) for line in chosen)

    return Site(
        host=f"{_host(town, rng)}.example",
        language=tongue.code,
        top=some("top", 0, 1),
        middle=some("middle", 0, 1),
        bottom=(*some("bottom", 1, 2), *((chain[1],) if chain else ())),
        related=rng.random() < 0.25,  # noqa: PLR2004 - see docs/quality.md
        typography=rng.randrange(5),
        local=compile_rules(
            {
                "site_town": [town],
                "person_local": [full_name(tongue, rng) for _ in range(20)],
                "site": [name],
            }
        ),
    )


def _host(town: str, rng: Random) -> str:
    """Make a host's name of a town and a number, in letters that every host may have."""
    base = "".join(letter for letter in town.lower() if letter.isascii() and letter.isalpha())
    return f"{base or 'news'}{rng.randrange(10_000)}"
