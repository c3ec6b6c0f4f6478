"""The typed, frozen configuration and every threshold with its reason.

Rooms receive these values; only `crawler.config.reader` fills them, from defaults, then the file,
then the environment, then flags.
"""

from dataclasses import dataclass, field
from pathlib import Path

SOURCE_KINDS = ("feed", "sitemap", "section", "urls", "archive")
"""What a `[[source]]` can be; each names the key that holds its address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One `[[source]]`: where leads come from. Exactly one of the five address keys is given."""

    name: str
    """Unique; by default the host (or file name) and the kind."""
    kind: str
    """One of `SOURCE_KINDS`."""
    location: str
    """URL of the feed, sitemap or front; path of the URL list or WARC file (`-` is stdin)."""
    max_leads: int = 500
    """Most leads taken from one reading: a feed has 10 to 100 entries, a news sitemap up to 1,000
    (its standard's limit for two days); 500 keeps one careless site from filling the frontier."""
    max_pages: int = 5
    """Fronts of a section read through its pagination; news older than five fronts is an
    archive."""
    max_depth: int = 2
    """Sitemap indexes nested: the protocol forbids an index inside an index, some sites do it
    once."""
    max_documents: int = 50
    """Sitemap files read in one run: an index may name 50,000, the newest are enough."""
    delay_s: float | None = None
    """Least seconds between two requests to the host; None takes `crawl.delay_s`."""
    max_requests_per_day: int = 5_000
    """Most requests made for it in a day (UTC), repetitions included; the rest waits for the next.
    The largest publishers run some 1,000 stories a day, each fetched up to five times while it may
    change; more than that is an archive, or a trap."""
    allow_private: bool = False
    """Whether its addresses may be of this machine or a private network. Otherwise they are
    refused: a feed could name any service that is reachable from here only."""
    render: bool = False
    """Whether a browser draws its pages before they are read: for sites whose pages are empty until
    their scripts have run. Needs the extra `render` and Chromium, and costs seconds a page, since
    what the scripts ask for keeps the host's delay, too."""
    min_interval_s: float | None = None
    """Least seconds between two readings; None takes `schedule.min_interval_s`."""
    max_interval_s: float | None = None
    """Most seconds between two readings; None takes `schedule.max_interval_s`. The same as the
    least gives a fixed interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One `[[story]]` that is watched. Exactly one of `text`, `url` and `words` is given."""

    name: str
    """Unique."""
    text: Path | None = None
    """File with the story's text."""
    url: str | None = None
    """Address of one copy of it."""
    words: tuple[str, ...] = ()
    """Key words: a lead may be about the story when it names enough of them."""
    since: str | None = None
    """ISO 8601; leads that claim an earlier time are left out."""
    until: str | None = None
    """ISO 8601; leads that claim a later time are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkTable:
    """One `[[network]]`: sites that belong to one owner and count as one outlet."""

    name: str
    """Unique; how reports call the owner."""
    sites: tuple[str, ...]
    """Registered domains or addresses, two or more; none may stand in a second network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlLimits:
    """How the crawl treats other people's servers, and how much it takes from them."""

    user_agent: str = "wiretrace/{version} (+{contact})"
    """Sent with each request and matched against robots.txt; `{contact}` and `{version}` are filled
    in."""
    contact: str = "https://pypi.org/project/wiretrace/"
    """URL or mail address under which a site's owner finds you."""
    delay_s: float = 1.0
    """Seconds between two requests to one host; robots.txt may only raise it. One page a second is
    what a quick reader causes."""
    max_crawl_delay_s: float = 60.0
    """A Crawl-delay above this is taken as this: at 60 s a host still gives 60 pages an hour."""
    concurrency: int = 32
    """Requests in flight over all hosts; one host never has more than one."""
    timeout_s: float = 30.0
    """Seconds for one answer; Scrapy's 180 s would hold a place for a dead host."""
    max_bytes: int = 20_000_000
    """Largest answer taken, after decompression; the heaviest real news pages are near 5 MB, news
    sitemaps may reach 50 MB but the newest entries stand first."""
    retries: int = 3
    """Further tries of a request that failed in a way that passes (429, 503, time-out)."""
    max_retry_after_s: float = 120.0
    """A Retry-After above this ends the host's turn in this run."""
    run_pages: int = 20_000
    """Most article pages fetched in one run; the rest stays in the frontier for the next."""
    article_pages: int = 20
    """Most pages fetched of one paginated article; a longer one is marked as partial. Stories have
    two to five pages, long reads up to ten; what has more is a gallery or a document."""
    revisit_hours: tuple[float, ...] = (1.0, 6.0, 24.0, 72.0)
    """Ages, in hours since its first fetch, at which an article is looked at again for changes, the
    newest articles first. Corrections come within the first day, nearly all of them within three;
    an empty list fetches each page once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionLimits:
    """What a page may cost."""

    workers: int = 0
    """Worker processes; 0 takes one a core, at most 8."""
    deadline_s: float = 20.0
    """Seconds after which a page's worker is killed: 1,000 times the usual 12-20 ms."""
    max_memory_mb: int = 1000
    """Megabytes of data a worker process may hold; 0 sets no limit. A worker needs about 250, and a
    page of `max_bytes` three times as much."""
    max_bytes: int = 10_000_000
    """Larger pages are refused: trafilatura takes seconds a megabyte on hostile markup."""
    max_depth: int = 800
    """Nested tags: trafilatura gives nothing from 1,000 on, libxml2 recurses; real pages stay below
    100."""
    max_elements: int = 30_000
    """Larger trees are refused: from there on each further ten thousand elements take seconds, and
    more the more there are. Real news pages have 1,000, the largest of 370 has 4,100."""
    min_words: int = 20
    """A shorter body is not a story; the shortest real briefs have about 30 words, of which a short
    last line may be missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FingerprintParams:
    """Shingles and MinHash; changing one changes signatures, so all are stored with them."""

    shingle_words: int = 5
    """Words in a shingle: 5 is where shared phrases of the language end and copying begins."""
    permutations: int = 128
    """Minima in a signature: 64 bands of 2 rows."""
    seed: int = 1
    """Seed of datasketch's permutations; its own default, so that others' signatures compare."""
    bands: int = 64
    """LSH bands. 64 x 2 finds a pair of Jaccard j with probability 1-(1-j**2)**64: .93 at .2 (a
    copy cut to a fifth), .47 at .1; 42 x 3 finds .29 and .04. What it finds too much costs one
    exact comparison of some 50 microseconds."""
    rows: int = 2
    """Rows in a band."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusteringParams:
    """When two articles are copies, and when a copy joins a cluster."""

    window_days: int = 14
    """Articles are compared when their times (of the fetch, else of publication) are no further
    apart. Wire copies follow within days; what is older than a fortnight is a reprint. It also
    keeps the cost of a day's articles from growing with the store. 0 compares all with all."""
    repeat_floor: int = 3
    """Fewest articles of a site in which a shingle must stand to count as furniture."""
    repeat_share: float = 0.05
    """Share of a site's articles likewise; a fixed count would delete story text on big sites."""
    copy_share: float = 0.6
    """Share of the shorter text's words that must stand in the longer, in runs of eight or more,
    for a copy. Reports made from one template (quarterly earnings) stay below .6, edited copies of
    news stories above: 122 and 3,700 measured pairs, without an exception."""
    copy_prose_share: float = 0.4
    """Share of its words outside quotation marks that must stand there, in runs of five or more."""
    partial_run_words: int = 40
    """Consecutive shared words outside quotation marks that make a passage: two sentences."""
    partial_runs_words: int = 60
    """Shared words in runs of 12 or more, where edits break the passage."""
    quote_share: float = 0.1
    """Share of either text that is shared, nearly all of it in quotation marks, worth telling."""
    cut_share: float = 0.6
    """Share of the shorter text that must stand in a much longer one to count as that cut down."""
    head_words: int = 40
    """A cut text begins within this many words of the whole one's beginning: a sentence or two of
    dateline, byline or local lede may differ."""
    head_share: float = 0.15
    """Likewise as a share of the longer text."""
    kin_share: float = 0.3
    """Share of a medoid's other copies with which each copy must be a copy, too. Copies of one text
    are, nearly always; reports made from one template are not. On Reuters' wire of 1987 precision
    goes from .973 without it to .979 at .3 and .990 at .5; made copies that are cut and heavily
    edited are lost from .4 on."""
    held_share: float = 0.75
    """Share of a copy's words that stand in the medoid, from which on that alone is proof enough:
    two stories cut down at different places are hardly copies of each other."""
    beginning_share: float = 0.35
    """A text that holds the medoid and of which less than this stands in it only begins with it,
    unless it is a copy of the others that do. Copies with an outlet's own paragraphs below keep .37
    and more on measured pages; pages behind one notice have .06 to .32 of it."""
    composite_part: float = 0.4
    """Share of a foreign text in a page, beside its main story, that makes the page a composite.
    Between .4 and .45 nothing changes on measured pages; from .5 on pages with two cut stories pass
    for copies of the longer one, at .33 copies that borrow a paragraph are refused."""
    composite_share: float = 0.25
    """Share of a page's words, beside its main story, that stand in foreign texts, likewise."""
    composite_twins: float = 0.8
    """Share of both that two composites must have in common to be copies of each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleParams:
    """When runs happen, and which sources are due in them."""

    every_s: float = 900.0
    """Seconds between the starts of two runs, for `schedule` and `timers`. A run in which nothing
    is due takes no time, so a short interval costs nobody anything."""
    first_interval_s: float = 3_600.0
    """Interval of a source until its second reading tells how much it publishes: an hour, after
    which a feed of 20 entries and a few hundred a day has lost none."""
    min_interval_s: float = 900.0
    """Least seconds between two readings of a source: what the most hurried feed readers take, and
    four times what most feeds themselves ask for (an hour)."""
    max_interval_s: float = 21_600.0
    """Most seconds between two readings of a source: an article is first seen a quarter of a day
    late at worst, and a source that is silent is asked four times a day."""
    max_backoff_s: float = 86_400.0
    """Most seconds between two tries of a source that fails: one request a day finds out that it is
    back and harms nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyParams:
    """Who is told of new clusters and new copies, besides the feed `feed.xml`."""

    webhook: str | None = None
    """Address that is sent the events of a run as one JSON document by POST."""
    webhook_secret_env: str | None = None
    """Name of the environment variable that holds the secret which signs what is sent; the secret
    itself stands in no file."""
    command: tuple[str, ...] = ()
    """Program and arguments that get the same document on standard input; no shell reads them."""
    timeout_s: float = 15.0
    """Seconds that either may take: a receiver that works longer should first say that it has the
    events."""
    attempts: int = 8
    """Tries of what was certainly not taken. The waits double from a minute: the eighth comes two
    hours after the first, which is longer than most outages."""
    feed_entries: int = 200
    """Newest events in `feed.xml`; a reader that asks once a day misses none of a usual watchlist.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that can be set, resolved."""

    file: Path | None = None
    """The watchlist it was read from."""
    output: Path = Path("output")
    """Folder of the store, the report and the exports."""
    sources: tuple[Source, ...] = ()
    """Where leads come from."""
    stories: tuple[Story, ...] = ()
    """What is watched; empty: everything the sources publish."""
    networks: tuple[NetworkTable, ...] = ()
    """Sites that belong together by the user's own knowledge."""
    crawl: CrawlLimits = field(default_factory=CrawlLimits)
    """Politeness and sizes."""
    extraction: ExtractionLimits = field(default_factory=ExtractionLimits)
    """Cost of a page."""
    fingerprint: FingerprintParams = field(default_factory=FingerprintParams)
    """Signatures."""
    clustering: ClusteringParams = field(default_factory=ClusteringParams)
    """Grouping."""
    schedule: ScheduleParams = field(default_factory=ScheduleParams)
    """Times."""
    notify: NotifyParams = field(default_factory=NotifyParams)
    """News of a run."""
    webhook_secret: str | None = field(default=None, repr=False)
    """Value of the variable that `notify.webhook_secret_env` names; never shown, never stored."""

    @property
    def store_path(self) -> Path:
        """The SQLite file."""
        return self.output / "wiretrace.sqlite"

    @property
    def report_dir(self) -> Path:
        """Folder of the HTML report."""
        return self.output / "report"
