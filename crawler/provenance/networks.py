"""Which sites belong to one owner: articles and the user's tables in, networks out.

Forty papers of one chain that run one text are one decision, not forty. A network is only ever made
of what the sites say of themselves (publisher, holder of the copyright) and of what stands under
their pages; that they print the same agency, or run on the same publishing system, makes none.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from crawler.items import Article, Network, Testimony
from crawler.provenance.pointers import folded

# What speaks for one owner; two sites are joined when it adds up to 1.
OWNER_NAME = 1.0
"""One publisher's or holder's name that names a company, such as "Gale & Sons Media Group"."""
MASTHEAD = 0.5
"""One name that may as well be the paper's: there are many a "Daily News"."""
FURNITURE = 0.5
"""Sentences of their own under the pages of both: also what a common publishing system does."""
ENOUGH = 1.0
# Words by which a name is a company's and not a paper's, in the languages of larger markets; the
# short legal forms are words elsewhere, so they count at the end of a name alone.
COMPANY = re.compile(
    r"\b(?:incorporated|limited|corporation|company|group|holdings?|media|publishing|publishers"
    r"|publications|communications|newspapers|partners|gmbh|verlag|verlagsgesellschaft"
    r"|mediengruppe|gruppe|medien|gesellschaft|groupe|éditions|grupo|editora|comunicación"
    r"|comunicação|editore|editoriale|edizioni|gruppo|uitgeverij|koncern|konsern|холдинг"
    r"|издательский|yayıncılık)\b"
    r"|[\s,](?:inc|llc|ltd|plc|corp|co|ag|kg|se|sarl|sas|s\.?\s?a|s\.?\s?l|s\.?\s?p\.?\s?a|bv|nv"
    r"|s\.?\s?r\.?\s?l|as|asa|ab|oy|oyj|a/s|aps|sp\.?\s?z\s?o\.?\s?o|a\.?ş|pvt|pty|kk)\.?$"
    r"|^(?:ооо|ао|зао)\s",
    re.IGNORECASE,
)
# Who made or serves the page, and words that name nobody. None of them owns what they serve.
NOT_OWNERS = frozenset(
    folded(name)
    for name in (
        "WordPress", "WordPress.com", "WordPress VIP", "Automattic", "Automattic Inc", "Blogger",
        "Blogspot", "Medium", "Substack", "Ghost", "Ghost Foundation", "Arc XP", "Arc Publishing",
        "Drupal", "Joomla", "Wix", "Wix.com", "Squarespace", "Squarespace Inc", "Webflow", "Tumblr",
        "BLOX", "BLOX CMS", "BLOX Digital", "TownNews", "TownNews.com", "Town News", "Naviga",
        "Newspack", "Newspaper Theme", "tagDiv", "Escenic", "Sitecore", "Adobe", "Contentful",
        "Brightspot", "Chorus", "Piano", "Piano Software", "Taboola", "Outbrain", "Disqus",
        "Google", "Google Inc", "Google LLC", "Google News", "Facebook", "Meta", "Twitter", "X",
        "Yahoo", "MSN", "Microsoft", "Apple", "Apple News", "Cloudflare", "Getty Images",
        "Shutterstock", "iStock", "Creative Commons", "GitHub", "Shopify", "Weebly", "GoDaddy",
        "publisher", "admin", "administrator", "editor", "editorial", "staff", "news", "media",
        "copyright", "all rights reserved", "company", "organization", "the company", "group",
    )
)  # fmt: skip
# A sentence that says something of its owner has more words than "Read our newsletter".
FURNITURE_WORDS = 10
# On so many pages of a site it belongs to the site; and two sentences are no accident.
FURNITURE_PAGES = 2
FURNITURE_SENTENCES = 2
# What stands under more sites than the largest chains have is the web's, not a chain's.
MOST_SITES = 400
STATEMENTS = {"publisher": "publisher", "holder": "holder of the copyright"}


@dataclass(slots=True)
class _Site:
    """What one site says of itself."""

    names: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Pages by statement and folded name."""
    printed: dict[str, str] = field(default_factory=dict)
    """A folded name as it is printed."""
    furniture: Counter[str] = field(default_factory=Counter)
    """Pages by folded sentence."""


class Networks:
    """Learns from articles which sites belong together, one article after the other.

    Args:
        declared: the user's tables: name to registered domains. A site named there takes part in
            nothing else, for the user knows better.
    """

    def __init__(self, declared: Mapping[str, Sequence[str]]) -> None:
        self._declared = declared
        self._sites: dict[str, _Site] = defaultdict(_Site)

    def add(self, said: Testimony) -> None:
        """Take in what one page says of its site."""
        site = self._sites[said.site]
        for statement, name in said.names:
            key = folded(name)
            site.names[statement, key] += 1
            site.printed[key] = min(name, site.printed.get(key, name))
        for sentence in said.sentences:
            site.furniture[sentence] += 1

    def networks(self) -> tuple[Network, ...]:
        """Give the networks of two sites and more, by name; a site is in one at the most."""
        settled = {site for group in self._declared.values() for site in group}
        free = {site: each for site, each in sorted(self._sites.items()) if site not in settled}
        joined = _Joined()
        for name, group in self._declared.items():
            for site in group:
                joined.join(group[0], site, "The watchlist says so.")
                joined.names[joined.root(site)] = name
        weights: dict[tuple[str, str], float] = defaultdict(float)
        reasons: dict[tuple[str, str], list[str]] = defaultdict(list)
        for one, other, weight, reason in [*_by_name(free), *_by_furniture(free)]:
            weights[one, other] += weight
            reasons[one, other].append(reason)
        for (one, other), weight in sorted(weights.items()):
            if weight >= ENOUGH:
                for reason in reasons[one, other]:
                    joined.join(one, other, reason)
        return joined.networks(free)


def barred_names(agencies: Iterable[str]) -> frozenset[str]:
    """Give the folded names that own nothing: vendors, and agencies, which are only credited."""
    return NOT_OWNERS | {folded(name) for name in agencies}


def names_in(article: Article, barred: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Give whom a page names as its publisher or holder, with the statement, sorted."""
    found = {
        (piece.supports, piece.value.strip())
        for piece in article.evidence
        if piece.supports in STATEMENTS
    }
    return tuple(
        (statement, name)
        for statement, name in sorted(found)
        if (key := folded(name)) and key not in barred and "://" not in name
    )


def sentences_under(article: Article, barred: frozenset[str]) -> tuple[str, ...]:
    """Give the sentences under a page that may be its owner's, folded and sorted."""
    found = {_sentence(piece.text) for piece in article.removed}
    return tuple(
        sentence
        for sentence in sorted(found)
        if len(sentence.split()) >= FURNITURE_WORDS and not _names_any(sentence, barred)
    )


def _sentence(text: str) -> str:
    """Fold a sentence; numbers go, for years and prices change under it."""
    return " ".join(re.findall(r"[^\W\d_]+", text.casefold()))


def _names_any(sentence: str, barred: frozenset[str]) -> bool:
    """Say whether an agency or a vendor is named: then it is theirs and stands everywhere."""
    words = sentence.split()
    runs = {"".join(words[at : at + size]) for size in (1, 2, 3) for at in range(len(words))}
    return any(len(run) > 2 and run in barred for run in runs)  # noqa: PLR2004 - "x" and "ap" are words of other languages


def _by_name(sites: Mapping[str, _Site]) -> Iterator[tuple[str, str, float, str]]:
    """Give pairs of sites that name the same publisher or holder on most of their pages."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for name, site in sites.items():
        for statement in STATEMENTS:
            usual = _usual(site, statement)
            if usual:
                groups[usual].setdefault(name, statement)
    for key, members in sorted(groups.items()):
        named = sorted(members)
        printed = sites[named[0]].printed[key]
        weight = OWNER_NAME if COMPANY.search(printed) else MASTHEAD
        for one, other in _pairs(named):
            yield (
                one,
                other,
                weight,
                (
                    f"Both name “{printed}” as {STATEMENTS[members[one]]}"
                    + (
                        "."
                        if members[one] == members[other]
                        else f" or {STATEMENTS[members[other]]}."
                    )
                ),
            )


def _usual(site: _Site, statement: str) -> str:
    """Give the name that most of a site's pages with such a statement make."""
    counts = {key: n for (what, key), n in site.names.items() if what == statement}
    if not counts:
        return ""
    best = min(counts, key=lambda key: (-counts[key], key))
    return best if counts[best] * 2 > sum(counts.values()) else ""


def _by_furniture(sites: Mapping[str, _Site]) -> Iterator[tuple[str, str, float, str]]:
    """Give pairs of sites with the same sentences under their pages."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name, site in sites.items():
        for sentence, pages in site.furniture.items():
            if pages >= FURNITURE_PAGES:
                groups[sentence].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    quoted: dict[tuple[str, str], str] = {}
    for sentence, named in sorted(groups.items()):
        for pair in _pairs(named):
            shared[pair] += 1
            quoted.setdefault(pair, sentence)
    for (one, other), count in shared.items():
        if count >= FURNITURE_SENTENCES:
            yield one, other, FURNITURE, f"Under the pages of both stands “{quoted[one, other]}”."


def _pairs(sites: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give the pairs to be judged; of what is under all the web, none."""
    if len(sites) > MOST_SITES:
        return
    for number, one in enumerate(sites):
        for other in sites[number + 1 :]:
            yield one, other


class _Joined:
    """Sites joined so far: union by the smallest name, with the reasons."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self._reasons: dict[str, list[str]] = defaultdict(list)
        self.names: dict[str, str] = {}
        """The name under which a site was declared."""

    def root(self, site: str) -> str:
        """Give the site that stands for a group."""
        while self._above.setdefault(site, site) != site:
            site = self._above[site]
        return site

    def join(self, one: str, other: str, reason: str) -> None:
        """Put two sites into one group."""
        first, second = sorted((self.root(one), self.root(other)))
        self._above[second] = first
        reasons = [*self._reasons[first], *self._reasons[second], reason]
        self._reasons[first] = list(dict.fromkeys(reasons))

    def networks(self, sites: Mapping[str, _Site]) -> tuple[Network, ...]:
        """Give the groups of two and more, by name."""
        groups: dict[str, list[str]] = defaultdict(list)
        for site in self._above:
            groups[self.root(site)].append(site)
        found = [
            Network(
                name=self.names.get(root) or _name_of(group, sites),
                sites=tuple(sorted(group)),
                reasons=tuple(self._reasons[root]),
            )
            for root, group in groups.items()
            if len(group) > 1
        ]
        found.sort(key=lambda network: (network.name.casefold(), network.sites))
        twice = Counter(network.name for network in found)
        # Two owners of one name are told apart by a site of theirs.
        return tuple(
            replace(network, name=f"{network.name} ({network.sites[0]})")
            if twice[network.name] > 1
            else network
            for network in found
        )


def _name_of(group: Sequence[str], sites: Mapping[str, _Site]) -> str:
    """Give the name that most sites of a group use, else the first site's."""
    counts = Counter(
        usual
        for site in group
        if site in sites
        for usual in {_usual(sites[site], statement) for statement in STATEMENTS}
        if usual
    )
    if not counts:
        return min(group)
    best = min(counts, key=lambda key: (-counts[key], key))
    return next(sites[site].printed[best] for site in sorted(group) if best in sites[site].printed)
