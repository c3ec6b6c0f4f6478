"""The records that pass between the rooms, and nothing else.

Each is frozen; a room takes one and gives the next. Times are ISO 8601 text: an instant has its
offset (`2026-03-02T09:30:00+01:00`, RFC 3339), a claim without a zone has none
(`2026-03-02T09:30:00`), a claim of a day only is `2026-03-02`. What our own clock says is always
UTC and ends in `Z`. `crawler.items.Published` documents how a claim keeps its source.

Longer than other modules, so that all records stand in one place.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class LeadState(StrEnum):
    """Where a lead stands on its way through the frontier."""

    NEW = "new"
    """Worth fetching, not asked for yet (or put back after a failed try)."""
    CLAIMED = "claimed"
    """Taken by a run; goes back to `new` when that run turns out to be dead."""
    DONE = "done"
    """Fetched and handed to extraction; the page says what came of it."""
    LEFT_OUT = "left-out"
    """Deliberately not fetched: off the watched story, over a limit, not an article address."""
    REFUSED = "refused"
    """Not fetched because robots.txt (or its absence behind an error) forbids it."""
    FAILED = "failed"
    """Tried and given up; `reason` has the slug."""


class Relation(StrEnum):
    """How one article relates to another; read from the first to the second."""

    IDENTICAL = "identical"
    """The same words."""
    EDITED = "edited"
    """Most of both stands in the other."""
    ABRIDGED = "abridged"
    """Most of the first stands in the second, which is longer."""
    EXPANDED = "expanded"
    """Most of the second stands in the first, which is longer."""
    PARTIAL = "partial"
    """A passage of one stands in the other, but they are different articles."""
    QUOTE_ONLY = "quote_only"
    """They share nothing but what people said in quotation marks."""
    NONE = "none"
    """Nothing that counts is shared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A URL worth fetching, with where it was found."""

    url: str
    """Absolute http(s) URL in canonical form (`crawler.urls.canonical`); identifies the lead."""
    source: str
    """Name of the `[[source]]` that led to it."""
    kind: str
    """How it was found: `feed`, `sitemap`, `section`, `urls`, `archive` or `story`; `part` for a
    further page of an article that was fetched."""
    found_on: str
    """URL (or file path) of the document that named it."""
    found: str
    """UTC time of our finding it."""
    title: str | None = None
    """Headline as the feed, news sitemap or link text gives it."""
    summary: str | None = None
    """Plain text of the feed's summary, if any."""
    published: str | None = None
    """Publication time as the feed or news sitemap gives it, ISO 8601."""
    modified: str | None = None
    """Modification time as the feed or sitemap gives it, ISO 8601."""
    priority: int = 0
    """Higher is fetched sooner within its host."""
    state: LeadState = LeadState.NEW
    """Where it stands."""
    reason: str | None = None
    """Slug that explains a state of left-out, refused or failed."""
    attempts: int = 0
    """Tries so far."""
    visits: int = 0
    """Times its page was fetched; more than 0 on a lead to be fetched is a revisit."""
    part_of: str | None = None
    """Address of the article's first page, where this is a further one (or all in one)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was fetched: the bytes as they came (after content decoding) and how."""

    url: str
    """The URL that answered, after redirects."""
    requested_url: str
    """The URL first asked for (that of the lead)."""
    source: str
    """Name of the source."""
    status: int
    """HTTP status."""
    content_type: str
    """Content-Type header, may be empty."""
    body: bytes
    """The document, decompressed."""
    fetched: str
    """UTC time of the answer; for an archive, the record's own date."""
    last_modified: str | None = None
    """Last-Modified header as ISO 8601 UTC, if it was given and readable."""
    directives: tuple[str, ...] = ()
    """What its owner asks of those who keep it, from X-Robots-Tag and the robots meta tag, such as
    `noarchive` and `nosnippet`; sorted."""
    lead: Lead | None = None
    """The lead that caused the fetch; gives the feed's title and times as further claims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One claim of when the article was published or modified."""

    kind: str
    """`published` or `modified`."""
    value: str
    """ISO 8601; see the module docstring for what a missing offset means."""
    source: str
    """Where it was read: `json-ld`, `meta:article:published_time`, `time`, `text`, `feed`,
    `sitemap`, `http:last-modified`, `htmldate`."""
    raw: str
    """The text as it stood there."""
    flaw: str | None = None
    """Why the claim is not used: `future`, `too-old`, `before-event` or `before-published`; None
    where nothing speaks against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words, tag or link from which a statement about an article was drawn.

    It states and does not judge: a text without any is uncredited, which is not "stolen".
    """

    supports: str
    """What it speaks for. Of the text: `agency` (its name as in `agencies.toml`), `source`
    (somebody else, or "agencies" without a name), `original` (outlet or URL where it ran first),
    `translation` (the language or outlet it was translated from).
    Of the page: `publisher`, `holder` (of the copyright), `canonical` (its address on another
    site), `paywall` (`not free`), `robots` (a directive such as `noindex`).
    Of the text again: `language` (ISO 639-1; the weight is the confidence in it).
    Of neither: `photo` (credited with a picture), `mention` (an agency named in passing)."""
    value: str
    """What it says: an agency's name, an outlet, a URL."""
    quote: str
    """The words or markup as they stand on the page."""
    where: str
    """Where they stand: `dateline`, `byline`, `credit-line`, `copyright-line`, `caption`, `text`,
    `page` (outside the article), `json-ld`, `meta`, `link`."""
    weight: float
    """0 to 1: how far it alone would carry the statement."""
    reason: str = ""
    """Why it weighs that much, in a few words; empty where the maker gave none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A piece of text that stood in the extracted body and is not the story."""

    text: str
    """The piece, as extracted."""
    reason: str
    """Slug of the rule that removed it, such as `headline-repeated` or `share-prompt`."""


class Testimony(NamedTuple):
    """What one article says of its site; a tuple, since every run reads those of all articles."""

    site: str
    """Its site."""
    shown: tuple[str, float] | None
    """Day, and the offset from UTC in hours that its page shows on it."""
    paired: bool
    """Whether the page gives one moment both with a zone and without."""
    names: tuple[tuple[str, str], ...]
    """Statement (`publisher`, `holder`) and the name as printed, sorted."""
    sentences: tuple[str, ...]
    """What stands under the page, folded, sorted."""


class FormKind(StrEnum):
    """What another address of an article is to it."""

    SPELLING = "spelling"
    """The same page: http and https, with or without `www`, another section's path."""
    MOBILE = "mobile"
    """The page for small screens."""
    AMP = "amp"
    """The AMP page."""
    PRINT = "print"
    """The page for printing."""
    WHOLE = "whole"
    """A paginated article on one page."""
    PART = "part"
    """A further page of a paginated article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """Another address of the same article that a page names."""

    kind: str
    """`amp`, `print`, `mobile`; of a paginated article `first`, `part` (with its number) and
    `whole`."""
    url: str
    """The address, in canonical form, on the same site."""
    number: int | None = None
    """Of a part: which page it is, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Another address of an article, and what was read there."""

    kind: str
    """Value of `FormKind`."""
    url: str
    """The address."""
    number: int | None = None
    """Of a part: which page of the article it is, from 1."""
    fetched: str | None = None
    """UTC time of the fetch; None where it was not fetched."""
    published: str | None = None
    """Best claim of the publication time that this page makes, ISO 8601."""
    published_source: str | None = None
    """Where that was read, as in `Published.source`."""
    words: int = 0
    """Words of the text that it gave."""
    missing: str | None = None
    """Why a part is not in the text: `part-waiting`, `part-limit`, or the slug that its lead ended
    with; None where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Title, body, times and evidence taken from a page (or given by a reader of ours)."""

    id: str
    """Stable identity; for our own pages `crawler.urls.article_id(url)`."""
    url: str
    """Address it was read from; may be empty for texts given from outside."""
    site: str
    """Registered domain (`crawler.urls.site_of`), or what the input says."""
    title: str
    """Headline without the site's suffix."""
    text: str
    """The story: paragraphs separated by one newline."""
    published: str | None = None
    """Best claim of the publication time, ISO 8601."""
    published_source: str | None = None
    """Where `published` was read, as in `Published.source`."""
    modified: str | None = None
    """Best claim of the modification time, ISO 8601."""
    times: tuple[Published, ...] = ()
    """Every claim found, best first."""
    canonical_url: str | None = None
    """rel=canonical as the page declares it, absolute; never used as `url`."""
    language: str | None = None
    """ISO 639-1 code."""
    author: str | None = None
    """Names as printed, joined with "; "."""
    agency: str | None = None
    """Agency that the evidence credits with the text."""
    evidence: tuple[Evidence, ...] = ()
    """The pieces behind `agency` and other statements."""
    removed: tuple[Removed, ...] = ()
    """What was cut out of the body, with reasons."""
    fetched: str | None = None
    """UTC time of the fetch."""
    status: int | None = None
    """HTTP status of the page."""
    source: str | None = None
    """Name of the source, for our own pages."""
    links: tuple[PageLink, ...] = ()
    """Its other forms and further pages, as its page names them."""
    part: int | None = None
    """Which page of a paginated article it was read from, from 1; None where it is whole."""
    forms: tuple[Form, ...] = ()
    """Its other addresses, and the further pages that its text was joined from, those missing
    included."""
    partial: str | None = None
    """Why a part of its text is missing (slug); None where none is known to be."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Unknown fields of an input record, kept and written out again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one address gave by itself, before it was joined with the others of its article."""

    article: Article
    """As it was extracted."""
    page_id: int | None
    """The stored page it was taken from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A former text of an article: its address was fetched again later and had other words."""

    article_id: str
    """The article."""
    number: int
    """From 1, the oldest."""
    title: str
    """Headline."""
    text: str
    """The story, as in `Article.text`."""
    published: str | None
    """As in `Article`."""
    modified: str | None
    """As in `Article`."""
    fetched: str | None
    """UTC time of the fetch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Where the story stands in the pages of one section of a host.

    One page gives what its own extraction found; what several pages of a section have in common is
    the template by which its later pages are read.
    """

    host: str
    """Host of the pages."""
    section: str
    """First part of their path, such as `news`; empty where the address names none."""
    container: tuple[str, ...]
    """The element that holds the story: tag and class names, then those around it."""
    best: tuple[str, ...]
    """The wrapping of most of its paragraphs, named likewise from the inside."""
    main: frozenset[tuple[str, ...]]
    """All wrappings of its paragraphs."""
    kept: frozenset[tuple[str, ...]]
    """Wrappings of all lines that stayed: paragraphs, subheadings, lists, quotes."""
    scope: str = ""
    """The element around headline and story: tag and class names; empty where none can be told by
    them, or where a page says more of its article outside."""
    language: str | None = None
    """Language of the stories, ISO 639-1; None where they have several, or it cannot be told."""
    pages: int = 1
    """How many pages it was learned from."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shingled:
    """An article's words and shingles as numbers: what clustering compares.

    Equality is identity, since arrays do not compare to one truth.
    """

    article_id: str
    """The article."""
    site: str
    """Its site; empty where unknown."""
    when: str
    """Time to order copies by: published, else fetched; empty where neither is known."""
    at: int | None
    """Time by which articles are near each other: fetched, else published, in seconds since 1970
    UTC; None where neither is known."""
    unit: float
    """Words of this text that say as much as one of a script with spaces; 1 for those."""
    words: "NDArray[np.uint64]"
    """Hash of each word, in order; shape (n,)."""
    quoted: "NDArray[np.bool_]"
    """Whether the word stands inside quotation marks; shape (n,)."""
    shingles: "NDArray[np.uint64]"
    """Hash of the shingle that begins at each word; shape (max(n - k + 1, 0),)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The same as bytes, as it is kept between runs."""

    article_id: str
    """The article."""
    site: str
    """Its site."""
    period: int
    """Look-back window since 1970 in which it counts for what its site repeats; -1 where its time
    is unknown."""
    when: str
    """As in `Shingled.when`."""
    at: int | None
    """As in `Shingled.at`."""
    unit: float
    """As in `Shingled.unit`."""
    words: bytes
    """Hash of each word: little-endian uint64."""
    quoted: bytes
    """A bit for each word, the highest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What clustering keeps of an article between runs, to find and group its copies again."""

    article_id: str
    """The article it was drawn from."""
    site: str
    """Its site; empty where unknown."""
    when: str
    """As in `Shingled.when`."""
    at: int | None
    """As in `Shingled.at`."""
    kind: str
    """How it was drawn: words to a shingle, version of the normalisation, hash scheme, seed and
    number of permutations. Signatures of two kinds do not compare."""
    words: int
    """Words in all."""
    length: int
    """Story words: those that are not furniture of the site."""
    left_out: bytes
    """The furniture: where it begins, and how many words it has, as little-endian uint32."""
    digest: bytes
    """Digest of the story words in order, equal for identical texts; 16 bytes."""
    shingles: int
    """Number of distinct shingles it was drawn from."""
    hashvalues: bytes
    """The permutations' minima: little-endian uint32, 4 bytes each; empty without shingles."""
    anchors: bytes
    """The sampled shingles: little-endian uint64, sorted, each once."""


class Passage(NamedTuple):
    """Consecutive words that two texts share; a tuple, since there are millions of them."""

    start_a: int
    """Word of the first text at which it begins, from 0."""
    start_b: int
    """Likewise for the second."""
    words: int
    """Its length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two articles compared exactly (never estimated)."""

    a: str
    """Article id; a < b."""
    b: str
    """Article id."""
    relation: Relation
    """Read from a to b."""
    jaccard: float
    """Shared shingles over all shingles of both, 0 to 1."""
    containment_a: float
    """Share of a's shingles that stand in b."""
    containment_b: float
    """Share of b's shingles that stand in a."""
    shared_a: float = 0.0
    """Share of a's words that stand in common passages."""
    shared_b: float = 0.0
    """Share of b's words that stand in common passages."""
    whole: bool = False
    """Whether one is a copy of the whole other, so that both may stand in one cluster."""
    aligned: bytes = b""
    """The common passages, in order of a: `Passage` after `Passage` as little-endian uint32."""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The common passages, in order of a."""
        return tuple(Passage(*each) for each in struct.iter_unpack("<3I", self.aligned))


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One article in its cluster."""

    article_id: str
    """The article."""
    version: int
    """Number of the version in the cluster, from 1 in order of time; identical texts share it."""
    first: bool
    """Whether it is the earliest copy that can be trusted."""
    relation: Relation
    """Read from this article to the medoid."""
    containment_in_medoid: float
    """Share of its shingles that stand in the medoid."""
    containment_of_medoid: float
    """Share of the medoid's shingles that stand in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The identical copies in a cluster, and what their text adds to the earlier ones."""

    number: int
    """From 1, in order of the earliest known time."""
    members: tuple[str, ...]
    """Article ids, in order of time, then id."""
    words: int
    """Story words."""
    based_on: int | None
    """Number of the earlier version that has most in common with it; None for the first."""
    relation: Relation
    """Read from this version to the one it is based on; identical for the first."""
    added: int
    """Words that stand in no earlier version."""
    dropped: int
    """Words of the version it is based on that do not stand in it."""
    write_through: bool
    """Whether it is an update of the whole story: it keeps most of the version it is based on, adds
    a sentence or more, and more than one site carries it."""
    additions: tuple[Passage, ...] = ()
    """Where the added words stand in the text of the first member (`start_a`); `start_b` is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """All copies of one text, each verified against the medoid; singletons too."""

    id: str
    """Short stable id, `c` and ten hex digits."""
    medoid: str
    """Id of the article most similar to all others."""
    members: tuple[Member, ...]
    """In order of time, then id."""
    versions: tuple[Version, ...] = ()
    """By number."""
    weakest: str | None = None
    """Id of the member whose tie to the medoid is the weakest; None in a singleton."""
    weakest_share: float = 1.0
    """Share of the shorter one's words that this member and the medoid have in common."""
    label: str | None = None
    """What a person calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """An article that would have joined clusters that are not one."""

    article_id: str
    """The article."""
    reason: str
    """`composite`: it holds unrelated stories; `loose`: it is a copy of some members only."""
    beside: tuple[str, ...]
    """Ids of articles, one in each of the other clusters, of which it is a copy as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What a site repeats under story after story, and so is no story."""

    site: str
    """The site; empty for what several sites repeat (a chain's)."""
    period: int
    """Fortnight (or whatever the look-back window is) since 1970 in which it was seen; -1 where the
    articles' times are unknown."""
    articles: int
    """Articles it was learned from."""
    shingles: bytes
    """Its shingles: little-endian uint64, sorted, each once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterEvent:
    """A change of clusters between two runs that a reader of the older report should know."""

    at: str
    """UTC time of the clustering."""
    kind: str
    """`formed`, `merged` (the cluster went into `other`) or `split` (`other` came out of it)."""
    cluster: str
    """Id of the cluster it happened to."""
    other: str | None
    """Id of the other cluster."""
    members: int
    """Members that moved, or that it was formed of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's word on a cluster; every later clustering keeps to it."""

    id: int
    """Its number in the log, from 1."""
    at: str
    """UTC time at which it was taken."""
    kind: str
    """`split`: `articles` are no copies of `others`; `merge`: all of both belong together; `label`:
    the cluster of the first of `articles` is called `label`."""
    articles: tuple[str, ...]
    """Article ids."""
    others: tuple[str, ...] = ()
    """Article ids."""
    label: str | None = None
    """Name, or why it was decided so."""
    undone: str | None = None
    """UTC time at which it was taken back; None while it holds."""


class Certainty(StrEnum):
    """How sure an answer of provenance is."""

    CERTAIN = "certain"
    """Nothing that is known speaks against it."""
    LIKELY = "likely"
    """The evidence points there; what speaks against it is told with it."""
    ONE_OF = "one_of"
    """One of the candidates named; they cannot be told apart."""
    UNKNOWN = "unknown"
    """The evidence does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """A copy that may be the first one, with what speaks for it."""

    article_id: str
    """The copy."""
    score: float
    """Probability, 0 to 1, that it ran before every other copy seen."""
    earliest: str | None
    """UTC; it ran no earlier than this. None where nothing bounds it."""
    latest: str | None
    """UTC; it ran no later than this. None where nothing bounds it."""
    basis: str
    """What the two rest on, such as `claimed by json-ld, zone unknown`."""
    reasons: tuple[str, ...]
    """Sentences: what speaks for it, and what against it, the weightiest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageGap:
    """Something that was not seen while copies of a text may have run there."""

    source: str
    """Name of the source; empty where a whole run is meant."""
    site: str
    """Registered domain, or empty where several or none is known."""
    reason: str
    """Slug: a drop's or an error's, or `runs-missed`, `paywalled`, `original-not-seen`."""
    count: int
    """Pages, documents or runs that it hit."""
    since: str | None
    """UTC; when it began, as far as is known."""
    until: str | None
    """UTC; when it ended, None where it goes on or is not known."""
    detail: str
    """One sentence for the reader."""
    url: str | None = None
    """The address, where it is about one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAnswer:
    """Who ran a text first among the copies seen, how sure that is, and why."""

    certainty: Certainty
    """`certain` and `likely` mean the first candidate, `one_of` means all of them."""
    candidates: tuple[Claimant, ...]
    """The copies that may be first, the most likely first; empty where nothing is known."""
    origin: str | None
    """Whose text it is: an agency's name, a site, a URL outside what was seen; None is unknown."""
    origin_reasons: tuple[str, ...]
    """Sentences with the evidence for `origin`."""
    lead_low_s: float | None
    """Least seconds by which the first candidate was before the next outlet; None is unknown."""
    lead_high_s: float | None
    """Most seconds likewise."""
    gaps: tuple[CoverageGap, ...]
    """What was not seen, the most relevant first; counted against certainty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Sites of one owner or chain, which count as one outlet."""

    name: str
    """As the user's `[[network]]` or the evidence names it."""
    sites: tuple[str, ...]
    """Registered domains, two or more, sorted."""
    reasons: tuple[str, ...]
    """Sentences with the evidence that joins them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One place at which two versions differ."""

    before: str
    """Words of the earlier reading; empty where words were put in."""
    after: str
    """Words of the later reading; empty where words were taken out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """From which version another was most likely made: one edge of the version tree."""

    child: int
    """Number of the version in its cluster."""
    parent: int | None
    """Number of the version it was made from; None is the common source, not among the copies."""
    certainty: Certainty
    """`one_of` where `alternatives` are as good."""
    alternatives: tuple[int, ...]
    """Other versions that may be the parent, the best first."""
    shared: tuple[Edit, ...]
    """Readings that both have and the common source has not: what speaks for the edge."""
    shared_count: int
    """How many there are; `shared` holds the longest."""
    own: tuple[Edit, ...]
    """What the child itself changed."""
    own_count: int
    """How many changes there are; `own` holds the longest."""
    reasons: tuple[str, ...]
    """Sentences: what speaks for it, what against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Whose text a cluster is, who ran it first, and how its versions descend."""

    cluster_id: str
    """The cluster."""
    first: FirstAnswer
    """Who ran it first."""
    branches: tuple[Branch, ...]
    """The version tree, a branch for each version, by child; empty for a single version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Something that was not taken further, counted under its reason."""

    source: str
    """Name of the source, or empty."""
    reason: str
    """Slug."""
    url: str | None = None
    """What it was, if it had an address."""
    detail: str | None = None
    """One line for the person who wants to know more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A page that killed the workers which read it; its document is kept and read no more."""

    url: str
    """Its address."""
    source: str
    """Name of the source."""
    reason: str
    """Slug of the last death: `work-timeout` or `work-crashed`."""
    detail: str
    """One line about it."""
    deaths: int
    """Workers that died under its document, whatever address served it."""
    since: str
    """UTC time of the first death."""
    last: str
    """UTC time at which it was last tried, or served again."""
    bytes: int
    """Size of the document."""
    fetched: str
    """UTC time of the fetch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """What one source gave in one run."""

    source: str
    """Its name."""
    documents: int
    """Feeds, sitemaps, fronts or files read."""
    leads: int
    """Leads found, known ones included."""
    new_leads: int
    """Leads not known before."""
    failures: int
    """Documents of the source that could not be read."""
    error: str | None = None
    """Slug and line of the last failure, or of why it was not asked."""
    pages: int = 0
    """Pages fetched for it, in this run, whenever their leads were found."""
    articles: int = 0
    """Articles taken from those pages."""
    bytes: int = 0
    """Bytes of those pages, after content decoding."""
    refresh_s: int | None = None
    """Seconds for which its publisher calls the document fresh; None where nothing says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """What one source gave in one run, with the time of that run: what a schedule learns from."""

    run_id: str
    """The run."""
    started: str
    """UTC start of the run."""
    outcome: SourceOutcome
    """What the source gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSchedule:
    """How often a source is read, drawn from all its readings."""

    source: str
    """Its name."""
    interval_s: float
    """Seconds between two readings, before the limits and the publisher's own wishes."""
    last_tried: str | None = None
    """UTC start of the last run that asked for it."""
    last_success: str | None = None
    """UTC start of the last run that could read it."""
    error_streak: int = 0
    """Tries in a row that failed."""
    last_error: str | None = None
    """Slug and line of its last failure, even if it has recovered since."""
    entries: int = 0
    """Leads of the last reading that gave any."""
    new_entries: int = 0
    """Those of them not known before."""
    refresh_s: int | None = None
    """Seconds for which the publisher called the document fresh when it was read last."""
    asked_for: bool = False
    """Whether a person wants it read in the next run, whenever it is due."""
    next_due: str | None = None
    """UTC time from which on a run reads it, as reckoned when this was kept; None is at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedRuns:
    """Runs that should have begun and could not."""

    expected: str
    """UTC time at which the first of them should have begun."""
    noticed: str
    """UTC time at which the scheduler saw it."""
    runs: int
    """How many."""
    reason: str
    """Slug: `asleep` (the machine or the process stood still), `overrun` (a run took longer than
    the interval)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCopy:
    """One copy as an event tells of it."""

    article_id: str
    """The article."""
    url: str
    """Its address; may be empty for texts given from outside."""
    site: str
    """Its site."""
    title: str
    """Its headline."""
    published: str | None
    """Best claim of the publication time, ISO 8601."""
    relation: str
    """Value of `Relation`, read from this copy to the cluster's medoid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that a run found and somebody may want to be told of."""

    id: str
    """UUID drawn from the article that made it news: the same find has the same id."""
    kind: str
    """`new-cluster` or `new-copy`."""
    cluster: str
    """Id of the cluster at that time."""
    run_id: str
    """Run that found it."""
    found: str
    """UTC."""
    title: str
    """Headline of its first copy."""
    stories: tuple[str, ...]
    """Names of the watched stories that the cluster carries."""
    copies: tuple[EventCopy, ...]
    """All copies of a new cluster, in order of time; the one new copy otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An event that waits to be sent to one receiver."""

    event: Event
    """The event."""
    attempts: int
    """Tries so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One pass: crawl, cluster, publish."""

    id: str
    """UTC start time and a short suffix; sorts by time."""
    started: str
    """UTC."""
    ended: str | None = None
    """UTC; None while it runs or when it was killed."""
    outcome: str = "running"
    """`running`, `done`, `partly`, `failed`, `interrupted`."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Numbers by name: pages, articles, clusters, bytes, and drops under `drop:<reason>`."""
    sources: tuple[SourceOutcome, ...] = ()
    """What each source gave."""
    kind: str = "run"
    """What it was for: `run`, or one leg of it: `crawl`, `cluster`, `report`, `extract`."""
    error: str | None = None
    """Slug and line of what ended it early."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How a source has been doing over all runs."""

    source: str
    """Its name."""
    last_success: str | None
    """UTC start of the last run in which one of its documents could be read."""
    error_streak: int
    """Last runs in a row in which none could."""
    last_error: str | None
    """Slug and line of its last failure, even if it has recovered since."""
    leads: int
    """Leads it was the first to name."""
    pages: int
    """Fetches made for it."""
    articles: int
    """Articles taken from its pages."""
    interval_s: float | None = None
    """Seconds between two readings as the schedule has learnt them; None before the first."""
    next_due: str | None = None
    """UTC time from which on the next run reads it; None when it is due already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsCopy:
    """A robots.txt as it was last read."""

    origin: str
    """Scheme, host and port it holds for."""
    status: int
    """HTTP status of the answer; anything but 200 allows everything."""
    body: bytes
    """Its first 500 KiB."""
    fetched: str
    """UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What is remembered of a host that is slow, fails, or has asked to be left alone."""

    host: str
    """Its name."""
    delay_s: float
    """Seconds between two requests that it was found to bear; 0 where nothing was learnt."""
    failures: int = 0
    """Times in a row that it was given up."""
    rest_until: str | None = None
    """UTC; it is not asked before then."""
    reason: str | None = None
    """Why it was given up last: slug and line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server calls the version of a document, to ask whether it changed (RFC 9110)."""

    url: str
    """Address it was asked for under."""
    etag: str | None
    """ETag header, word for word."""
    last_modified: str | None
    """Last-Modified header, word for word."""
    sha256: str
    """Of the document, 64 hex digits."""
    context: str
    """Digest of what it was read for; another reading needs the document anew."""
    read: str
    """UTC of the last whole answer."""
    checked: str
    """UTC of the last answer of either kind."""
    distrusted: str | None = None
    """UTC; they were found stale and are not used before then."""
    leads_to: tuple[str, ...] = ()
    """Further fronts that it led to when it was read: unlike its links, they may have changed."""
