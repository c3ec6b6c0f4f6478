"""What stands at either end of a story, told by its shape: one placed line in, the reason out.

Words of furniture differ from site to site and language to language; its shape does not. A line of
names and nothing else is a byline; a short label before a link that runs to the end of
the line points to another story; a closing line that names a newsletter or app stores, and links
there, is a prompt.
"""

import re

from crawler.extraction.document import key_of, tidy
from crawler.extraction.placed import Placed

# A longer line is a paragraph, whatever it holds; and on one word of a megabyte these patterns take
# time with the square of its length.
MAX_CHARS = 800
# Lines counted from either end among which bylines, author boxes and prompts stand.
FIRST_LINES = 3
LAST_LINES = 4
# A byline has a first name and a last, two of them, or an office.
BYLINE_WORDS = range(2, 5)
NAME = re.compile(r"[^\W\d_][\w'’.-]*")
JOINED = re.compile(r"\s*[/,&]\s*|\s+(?:and|und|et|y|e|og|och|en)\s+")
# An author box says who somebody is: the name stands at its beginning, and nobody is quoted.
BOX_WORDS = 70
BOX_LETTERS = 40
NAME_LETTERS = 8
QUOTED = re.compile(r"[\"“”„«»「」]")
# Where to write to: a closing line that ends in an address of e-mail.
CONTACT_WORDS = 8
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+\W*$")
# A line that begins so and has a link leads away.
ARROWS = (">>", "→", "►", "▶", "➡", "👉", "➤")
# A label before a link has a few words and ends in a mark; the link is a headline.
LABEL_CHARS = 40
LABEL = re.compile(r"(?:^|.*[^\W\d_].*)[:：|｜›»→>]\s*$")
DATE = re.compile(r"[\d.\s/:-]{5,}")
LINK_WORDS = 4
# Prompts: what they offer has the same name in most languages.
PROMPT_WORDS = 45
NEWSLETTER = re.compile(r"newsletter|ニュースレター|뉴스레터|рассылк|νιουζλέτερ", re.IGNORECASE)
STORES = re.compile(r"\bandroid\b|\bios\b|\bapp store\b|google play|\bhuawei\b", re.IGNORECASE)
NETWORKS = re.compile(
    r"\b(?:facebook|instagram|whatsapp|telegram|twitter|tiktok|youtube|linkedin|threads|bluesky"
    r"|mastodon|google news)\b",
    re.IGNORECASE,
)
SEVERAL = 2
# Addresses that exist to be followed, and nothing else: a story seldom quotes them.
FOLLOWED = re.compile(
    r"//news\.google\.[a-z.]+/publications|google\.[a-z.]+/preferences/source"
    r"|^/privacy(?:-[a-z]+)?/?$",
    re.IGNORECASE,
)
# "90 % of this article are left to read": what stands where a paywall cuts the text.
REST = re.compile(
    r"^\W*(?:il vous reste|pozostało|残り|you have|sie haben noch|te queda|le queda|ti resta|resta)"
    r"\W{0,3}\d",
    re.IGNORECASE,
)
# A line that begins with the sign or the word and holds little else names the holder of rights.
HOLDER = re.compile(r"^\W*(?:©|\(c\)|copyright\s*[:©])", re.IGNORECASE)
HOLDER_WORDS = 12
# A day with its year, and a clock's time: the line of a system that says when it was published.
CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")
YEAR = re.compile(r"\b20\d\d\b")
STAMP_WORDS = 12
SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", "।", "”", '"', "»", ":", "：", ",")


def judge_end(item: Placed, at: int, count: int, names: set[str]) -> str | None:
    """Give the reason for which a line at an end of the story is none of its lines.

    Args:
        item: the line.
        at: its number among the body's lines.
        count: how many lines there are.
        names: keys of the authors' names.
    """
    text = item.line.text
    if len(text) > MAX_CHARS:
        return None
    words = text.count(" ") + 1
    if item.links and (reason := _judge_links(item, words)):
        return reason
    if item.turn < 0 or (at < FIRST_LINES and item.turn == 0):
        if words <= STAMP_WORDS and _is_stamp(text):
            return "time-stamp"
        if at < FIRST_LINES and _is_names(item, words):
            # Who wrote, or a section's name: too little to sign for an agency.
            return "name-line"
    if at >= count - LAST_LINES and at >= FIRST_LINES:
        return _judge_last(item, words, names)
    return None


def _judge_last(item: Placed, words: int, names: set[str]) -> str | None:
    text = item.line.text
    contact = words <= CONTACT_WORDS and bool(ADDRESS.search(text))
    tests = {
        "copyright": words <= HOLDER_WORDS and bool(HOLDER.match(text)),
        "time-stamp": words <= STAMP_WORDS and _is_stamp(text),
        "author-box": contact or (words <= BOX_WORDS and _tells_of(names, text)),
        "paywall-prompt": words <= PROMPT_WORDS and bool(REST.match(text)),
    }
    if reason := next((reason for reason, holds in tests.items() if holds), None):
        return reason
    return _as_prompt(text) if item.links and words <= PROMPT_WORDS else None


def _judge_links(item: Placed, words: int) -> str | None:
    """Judge a line by where its links lead, anywhere in the story."""
    if item.line.text.startswith(ARROWS) or is_pointer(item):
        return "related"
    if words > PROMPT_WORDS or item.block is None:
        return None
    links = item.block.element.iter("a")
    followed = any(FOLLOWED.search(link.get("href") or "") for link in links)
    return "share-prompt" if followed else None


def _as_prompt(text: str) -> str | None:
    if NEWSLETTER.search(text) or STORES.search(text):
        return "newsletter-prompt"
    networks = set(map(str.lower, NETWORKS.findall(text)))
    return "share-prompt" if len(networks) >= SEVERAL else None


def is_pointer(item: Placed) -> bool:
    """Tell a label before a link that runs to the end of the line: "Elsewhere: a headline"."""
    if item.block is None or item.is_under("table"):
        return False
    text = item.line.text
    link = next((tidy("".join(map(str, a.itertext()))) for a in item.block.element.iter("a")), "")
    if not link or not text.endswith(link) or text.endswith("."):
        return False
    label = text.removesuffix(link)
    if DATE.fullmatch(label):
        return True
    enough = link.count(" ") + 1 >= LINK_WORDS and len(label) <= LABEL_CHARS
    return enough and bool(LABEL.match(label))


def _is_stamp(text: str) -> bool:
    return bool(CLOCK.search(text) and YEAR.search(text)) and not text.endswith(SENTENCE_END)


def _is_names(item: Placed, words: int) -> bool:
    """Tell a line that is nothing but a name or two; a heading names what follows."""
    text = item.line.text
    heading = item.line.kind == "head" or item.is_under("h1", "h2", "h3", "h4", "h5", "h6", "li")
    if heading or text.endswith(SENTENCE_END) or words > 2 * BYLINE_WORDS.stop:
        return False
    return all(
        len(parts := name.split()) in BYLINE_WORDS
        and all(NAME.fullmatch(part) and part[0].isupper() for part in parts)
        for name in JOINED.split(text)
    )


def _tells_of(names: set[str], text: str) -> bool:
    if QUOTED.search(text):
        return False
    start = key_of(text[:BOX_LETTERS])
    return any(len(name) >= NAME_LETTERS and name in start for name in names)
