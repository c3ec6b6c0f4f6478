"""Open what a page holds for browsers without scripts or frames: a Document in, another one out.

`noscript`, `noframes` and the document inside a frame (`srcdoc`) mostly repeat what the page shows,
so the story is looked for without them. Where the page itself shows none, one of them may be all
there is.
"""

from copy import deepcopy
from dataclasses import replace

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from crawler.extraction.document import ONE_CLASS, Document

# Less holds no story, but a picture, a pixel that counts visits, or a line of apology.
LEAST_CHARS = 300
HOLDERS = ("noscript", "noframes", "iframe")


def opened(document: Document) -> Document | None:
    """Give the page with these copies in their places; None where there is none to open."""
    if not any(_is_worth_it(holder) for holder in document.tree.iter(*HOLDERS)):
        return None
    tree = deepcopy(document.tree)
    for holder in [each for each in tree.iter(*HOLDERS) if _is_worth_it(each)]:
        inner = _markup_of(holder)
        content = _parsed(inner) if inner else None
        if content is not None:
            for child in list(holder):
                holder.remove(child)
            holder.text = None
            holder.append(content)
        holder.tag = "div"
        holder.attrib.clear()
    for frames in list(tree.iter("frameset")):
        frames.tag = "body"
    return replace(document, tree=tree)


def _is_worth_it(holder: HtmlElement) -> bool:
    inner = holder.get("srcdoc") or "" if holder.tag == "iframe" else holder.text_content()
    return len(inner) >= LEAST_CHARS


def _markup_of(holder: HtmlElement) -> str:
    """Give the markup that a holder has as text; empty where the parser read it as elements."""
    if holder.tag == "iframe":
        return holder.get("srcdoc") or ""
    return holder.text or "" if len(holder) == 0 and "<" in (holder.text or "") else ""


def _parsed(markup: str) -> HtmlElement | None:
    """Give the body of a document's markup as an element to be put into another one."""
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(ONE_CLASS)
    try:
        body = document_fromstring(markup, parser=parser).find("body")
    except (etree.LxmlError, ValueError):
        return None
    if body is None:
        return None
    body.tag = "div"
    return body
