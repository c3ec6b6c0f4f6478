"""Scrapy settings of the project: literals and their reasons.

What a user sets in `wiretrace.toml` (delay, concurrency, sizes, user agent) is not here:
`crawler.middlewares.addon.WiretraceAddon` turns it into settings when a crawl starts.
https://docs.scrapy.org/en/latest/topics/settings.html
"""

BOT_NAME = "wiretrace"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
ADDONS = {"crawler.middlewares.addon.WiretraceAddon": 0}

# Nothing may reach into a running crawl: the console and the remote control both run code.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# News pages need no session; the cookie middleware would also fetch a suffix list over the network.
COOKIES_ENABLED = False
# Our own middlewares do these: robots.txt by RFC 9309, retries that honour Retry-After.
ROBOTSTXT_OBEY = False
RETRY_ENABLED = False
# A <meta refresh> on a news front reloads it or leads to an app; neither is a page of a story.
METAREFRESH_ENABLED = False
# RFC 9309 asks for five hops for robots.txt; real moved articles need two or three.
REDIRECT_MAX_TIMES = 5
# http_proxy, https_proxy and no_proxy of the environment are honoured.
HTTPPROXY_ENABLED = True
# Where a page came from is nobody's business but ours.
REFERER_ENABLED = True
REFERRER_POLICY = "no-referrer"

# The web only: no file:, data:, ftp: or s3: address that a feed may name.
DOWNLOAD_HANDLERS = {
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
    "http": "crawler.middlewares.connections.BoundedHandler",
    "https": "crawler.middlewares.connections.BoundedHandler",
}
DOWNLOAD_VERIFY_CERTIFICATES = True
# An answer cut in transfer still has its beginning, where the story is.
DOWNLOAD_FAIL_ON_DATALOSS = False
# Requests that wait for their host's delay count as active for Scrapy; a limit here would let slow
# hosts hold all places. BoundedHandler limits the connections that are open instead.
CONCURRENT_REQUESTS = 0
# One request at a time to one host, and never a random part of the delay below it.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY_JITTER = 0
# Bytes of answers that wait for extraction; about 150 pages of the usual size.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 25_000_000
# An answer gives one page; leads are filed in batches and never travel as items. Scrapy starts so
# many tasks for each answer.
CONCURRENT_ITEMS = 2
# Scrapy would read the source of each callback at run time; the type checker has seen them.
WARN_ON_GENERATOR_RETURN_VALUE = False

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.rendering.RenderingMiddleware": 40,
    "crawler.middlewares.guard.GuardMiddleware": 50,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "crawler.middlewares.arrivals.ArrivalsMiddleware": 90,
    "crawler.middlewares.conditional.ConditionalMiddleware": 540,
    "crawler.middlewares.patience.PatienceMiddleware": 550,
    "crawler.middlewares.budget.BudgetMiddleware": 560,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.middlewares.unpacking.UnpackingMiddleware": 590,
}
SPIDER_MIDDLEWARES = {"crawler.middlewares.frontier.FrontierMiddleware": 100}
ITEM_PIPELINES = {"crawler.pipelines.ExtractionPipeline": 100}
EXTENSIONS = {"crawler.middlewares.gap.HostGap": 0}

# One line a page would bury what matters; -L DEBUG shows them.
LOG_LEVEL = "INFO"
LOGSTATS_INTERVAL = 30.0
LOG_FORMATTER = "crawler.middlewares.loglines.QuietFormatter"
