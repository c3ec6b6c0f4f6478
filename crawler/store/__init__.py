"""The store: every record comes in, and comes out again as it was; the only room that speaks SQL.

`docs/schema.md` describes the file for those who read it with other tools.
"""

from crawler.store.pages import compress
from crawler.store.runs import new_run_id
from crawler.store.store import Store

__all__ = ["Store", "compress", "new_run_id"]
