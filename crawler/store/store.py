"""The store: all parts over one file."""

from crawler.store.articles import Articles
from crawler.store.carriers import Carriers
from crawler.store.changes import Changes
from crawler.store.clusters import Clusters
from crawler.store.courtesy import Courtesy
from crawler.store.decisions import Decisions
from crawler.store.forms import Forms
from crawler.store.frontier import Frontier
from crawler.store.health import Health
from crawler.store.heard import Heard
from crawler.store.layouts import Layouts
from crawler.store.news import News
from crawler.store.provenance import Provenances
from crawler.store.quarantine import Quarantine
from crawler.store.runs import Runs
from crawler.store.schedules import Schedules
from crawler.store.words import KeptWords


class Store(
    Frontier,
    Quarantine,
    Runs,
    Articles,
    Forms,
    KeptWords,
    Changes,
    Carriers,
    Heard,
    Layouts,
    Provenances,
    Clusters,
    Decisions,
    Courtesy,
    Schedules,
    News,
    Health,
):
    """Everything wiretrace keeps, in one SQLite file.

    Open it with `Store.open(path)`, as a context manager. Each call is a transaction of its own;
    `with store.transaction():` makes one of many.
    """
