"""Which addresses may be those of a page's parts and other forms: its own in, a judge out."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from crawler.extraction.numbered import numbers_of
from crawler.urls import MAX_URL, canonical, site_of, spelling_of

# "./" and ".." lead to a first page as well.
SHORT = 3
NOWHERE = ("#", "javascript:", "mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Turning:
    """What is known of a page's pager before its links are read."""

    here: str
    """The page's own address, canonical."""
    stems: tuple[str, ...]
    """Its key, and those of the first pages whose part it may be."""
    names: frozenset[str]
    """What the addresses of its parts have in common: what each stem ends in."""

    @classmethod
    def of(cls, url: str) -> Self:
        """Read a page's address."""
        here = canonical(url) or url
        stems = (spelling_of(here)[0], *(stem for stem, _ in numbers_of(here)))
        return cls(here, stems, frozenset(map(_name_in, stems)))

    def near(self, hrefs: Collection[str]) -> set[str]:
        """Give those links that may lead to a part or form of the page: most do not.

        Args:
            hrefs: as they stand on the page.
        """
        told = {href for name in self.names for href in hrefs if name in href}
        told |= {href for href in hrefs if "/" not in href or len(href) <= SHORT}
        return {href for href in told if len(href) <= MAX_URL and not href.startswith(NOWHERE)}

    def address(self, href: str) -> str | None:
        """Give the address of a link on the page's own site; None where it leads elsewhere."""
        url = canonical(href, self.here) if href else None
        return url if url is not None and site_of(url) == site_of(self.here) else None

    def leads_to_part(self, href: str) -> bool:
        """Tell whether a link's address is that of another part of the article."""
        url = self.address(href)
        if url is None or (key := spelling_of(url)[0]) == self.stems[0]:
            return False
        return key in self.stems or any(stem in self.stems for stem, _ in numbers_of(url))

    def leads_to_form(self, href: str) -> bool:
        """Tell whether a link's address is another spelling of the page's own."""
        url = self.address(href)
        return url is not None and url != self.here and spelling_of(url)[0] == self.stems[0]


def _name_in(stem: str) -> str:
    """Give what an address ends in, without its query and its document's ending."""
    name = stem.partition("?")[0].rpartition("/")[2]
    return name.rpartition(".")[0] or name
