"""Decode a body: bytes and a content type in, UTF-8 out, whatever the page claims.

The order is that of the HTML standard (byte order mark, header, meta tag), with one change that
experience forces: text that is valid UTF-8 is UTF-8, even where the page says otherwise, since
other encodings produce valid multi-byte UTF-8 by accident only in a few bytes.
https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
"""

import codecs
import re

from trafilatura.utils import detect_encoding

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# The standard looks at 1,024 bytes; pages put scripts before their charset, browsers forgive it.
META_WITHIN = 16_384
# What browsers take these labels for (WHATWG Encoding Standard): supersets, or one for another.
SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
# Seven-bit encodings hide in bytes that are valid UTF-8: there the label must be believed.
SEVEN_BIT = frozenset(("iso2022_jp", "iso2022_kr", "hz"))
# A cut-off body or one foreign advertisement leaves a few bad bytes in good UTF-8: more than one
# in a hundred of its multi-byte characters and it is something else.
BAD_UTF8_SHARE = 0.01
# A sample this long decides a statistical guess as well as the whole, at bounded cost.
GUESS_BYTES = 100_000
# Fewer bytes outside ASCII prove nothing; then it is what most such pages are.
GUESS_LEAST = 40
# Characters no XML tree may hold; NUL would end the text in C parsers.
CONTROL_BYTES = bytes((*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F))
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def as_utf8(body: bytes, content_type: str) -> bytes:
    """Give the text of a page in UTF-8; never fails, undecodable bytes become U+FFFD."""
    for mark, name in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return _clean(body[len(mark) :].decode(name, "replace"))
    declared = _declared(body, content_type)
    if _is_wide(body):
        wide = "utf-16-le" if body[1:2] == b"\x00" else "utf-16-be"
        return _clean(body.decode(wide, "replace"))
    if declared in SEVEN_BIT:
        return _clean(body.decode(declared, "replace"))
    # In UTF-8 a control is one byte and part of nothing else: most pages need no second encoding.
    plain = body.translate(None, CONTROL_BYTES)
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError:
        return _clean(_decode_other(body, declared))
    return _clean(text) if "\ufffe" in text or "\uffff" in text else plain


def _declared(body: bytes, content_type: str) -> str:
    """Give Python's name of the encoding that the header or the page declares, or an empty text."""
    header = HEADER.search(content_type)
    meta = META.search(body[:META_WITHIN])
    labels = [header.group(1)] if header else []
    labels += [meta.group(1).decode("ascii", "replace")] if meta else []
    for label in labels:
        try:
            name = codecs.lookup(label).name
        except (LookupError, ValueError):
            continue
        return SUPERSETS.get(name, name)
    return ""


def _is_wide(body: bytes) -> bool:
    """Tell UTF-16 without a mark: every other byte of its markup is NUL."""
    start = body[:400]
    return start.count(b"\x00") > len(start) // 3


def _decode_other(body: bytes, declared: str) -> str:
    """Decode what is not valid UTF-8: as declared, as damaged UTF-8, or by statistics."""
    if declared and declared != "utf-8":
        try:
            return body.decode(declared)
        except (UnicodeDecodeError, LookupError):
            pass
    forgiving = body.decode("utf-8", "replace")
    bad = forgiving.count("\ufffd")
    good = sum(len(run) for run in re.findall(r"[^\x00-\x7f\ufffd]+", forgiving))
    if bad <= max(1, BAD_UTF8_SHARE * good):
        return forgiving
    sample = body[:GUESS_BYTES]
    odd = len(sample) - len(sample.decode("ascii", "ignore"))
    guesses = [declared, *(detect_encoding(sample) if odd >= GUESS_LEAST else ()), "cp1252"]
    for name in guesses:
        if name and name.replace("_", "-") != "utf-8":
            try:
                return body.decode(SUPERSETS.get(codecs.lookup(name).name, name), "replace")
            except LookupError:
                continue
    return forgiving


def _clean(text: str) -> bytes:
    return CONTROLS.sub("", text).encode("utf-8", "replace")
