"""News agencies by their names: a short text in, the agencies that it names out.

The names are data (`agencies.toml`). Here a text is a name, or a list of names; whether the place
where it stands credits anybody is for others to say.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.extraction.spellings import (
    EDGES,
    TOKEN,
    WORD,
    Sureness,
    agency_sites,
    first_words,
    forms,
    key_of_form,
    open_tales,
    tell_tales,
    words_of,
)
from crawler.urls import site_of

# A longer text is no list of names.
LONGEST = 120
# What joins the names of a list, in the languages of the larger markets.
JOINED = re.compile(
    r"\s*[/,;|+&·•]\s*|\s+[-–—]\s+|\s+(?:and|und|et|y|e|и|та|og|och|en|ve|i|oraz|dan|và|with|mit|avec|con|com|med)\s+"
)
# What stands around a name in a byline or credit line and is no part of it.
BEFORE = re.compile(
    r"^(?:(?:[ld][’']|dell[’'])|(?:by|von|vom|par|por|di|da|do|de|del|av|af|door|przez|от|the|der|ia"
    r"|(?:the\s+)?(?:news\s+)?agency|agence|agencia|agenzia|agência|agentur|nachrichtenagentur"
    r"|(?:информ)?агентств[оа]|иа|корр\.?|nyhetsbyrån|redaktion|redazione|redacción|redação"
    r"|rédaction(?:\s+de)?|news\s+service\s+of)\s+)+",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"\s+(?:staff|writers?|reporters?|correspondents?|news\s+agency|newswires?|wires?"
    r"|(?:wire|news)\s+services?|news|agency|ag(?:encia|ence|enzia|ência)|gmbh|inc\.?|ltd\.?|llc"
    r"|bureau|desk|newsroom|team|redaktion)$",
    re.IGNORECASE,
)
# "AP White House correspondent", "Reuters business staff".
OFFICE = re.compile(
    r"(?:\s+\w+){1,3}\s+(?:writer|reporter|editor|correspondent|staff|bureau|desk)s?$",
    re.IGNORECASE,
)
# An editor's mark beside the agency: "dpa/lni", "SDA/sep", "AFP/JK".
MARK = re.compile(r"[a-zäöüé]{1,6}|[A-ZÄÖÜ]{1,4}|Fim|Ende?|Fin")
# Sellers of pictures; who is named beside them made a picture.
PICTURES = re.compile(
    r"\b(?:getty|shutterstock|imago|alamy|istock|adobe\s*stock|picture[- ]alliance|lehtikuva"
    r"|photos?|fotos?|images?|pictures?|bilder?|фото|zumapress|sipa|scanpix|hans\s+lucas)\b",
    re.IGNORECASE,
)
# How a line begins that credits a picture, or describes one.
PICTURE_START = re.compile(
    r"^\W*(?:(?:file|handout|courtesy|ap|afp|reuters)\s+)?(?:photo|foto|fotograf|image|picture|bild"
    r"|imagen|imagem|immagine|фото|zdjęcie|fot\.|beeld|kuva|fotoğraf|video|vidéo|archiv|file\s+[-–—]"
    r"|crédit\s+photo|写真|图片|사진|صورة)\w{0,3}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Names:
    """What a list of names holds."""

    agencies: tuple[str, ...] = ()
    """Names of the agencies, in order, each once."""
    others: tuple[str, ...] = ()
    """The parts that are no agency; editors' marks are left out."""
    is_picture: bool = False
    """Whether one of the parts is a seller or a sort of pictures."""


def agency_of_site(url: str) -> str | None:
    """Give the agency to whose own site an address leads."""
    return agency_sites().get(site_of(url))


def read_names(text: str, sureness: Sureness, language: str | None = None) -> Names:
    """Take a short text as a name or a list of names.

    Args:
        text: a byline without its persons' offices, the inside of brackets, a credit's end.
        sureness: what the place says of a name that stands there.
        language: of the page, ISO 639-1.
    """
    whole = text.strip(EDGES)
    if not whole or len(whole) > LONGEST:
        return Names()
    if tell_tales().isdisjoint(TOKEN.findall(whole.casefold())):
        return Names(others=(whole,), is_picture=bool(PICTURES.search(whole)))
    if name := _agency_named(whole, sureness, language):
        return Names(agencies=(name,))
    found: list[str] = []
    others: list[str] = []
    for part in JOINED.split(whole):
        bare = part.strip(EDGES)
        if name := _agency_named(bare, sureness, language):
            found.append(name)
        elif hyphened := _hyphened(bare, sureness, language):
            found += hyphened
        elif bare and not MARK.fullmatch(bare):
            others.append(bare)
    return Names(
        agencies=tuple(dict.fromkeys(found)),
        others=tuple(others),
        is_picture=bool(PICTURES.search(whole)),
    )


def _hyphened(text: str, sureness: Sureness, language: str | None) -> list[str]:
    """Read two agencies joined by a hyphen, as in "TT-AFP"."""
    parts = re.split(r"[-–]", text)
    names = [_agency_named(part.strip(), sureness, language) for part in parts]
    return [name for name in names if name] if len(parts) > 1 and all(names) else []


def _agency_named(text: str, sureness: Sureness, language: str | None) -> str | None:
    """Give the agency whose name is the whole of a text, offices and articles left out."""
    texts = (text, BEFORE.sub("", text))
    shorter = (pattern.sub("", each) for pattern in (AFTER, OFFICE) for each in texts)
    for candidate in dict.fromkeys((*texts, *shorter)):
        form = forms().get(key_of_form(candidate))
        if form is not None and form.counts(sureness, language):
            return form.agency
    return None


def lines_with_names(texts: Iterable[str]) -> list[str]:
    """Give the lines that name an agency; most stories have none, which one look at all tells."""
    lines = list(texts)
    low = "\n".join(lines).casefold()
    tales = open_tales()
    told = tales.keys() & words_of(low)
    forms_here = [form for tale in told for form in tales[tale] if form in low]
    return [line for line in lines if any(form in line.casefold() for form in forms_here)]


def agencies_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and agency of each name that stands anywhere in a text.

    Scripts that write no spaces between words are not searched.
    """
    index, known = first_words(), forms()
    if index.keys().isdisjoint(WORD.findall(text.casefold())):
        return  # most lines name nobody, and this tells so ten times quicker
    done = 0
    for word in WORD.finditer(text):
        if word.start() < done:
            continue
        for key in index.get(word.group().casefold(), ()):
            end = word.start() + len(key)
            if text[end : end + 1].isalnum() or key_of_form(text[word.start() : end]) != key:
                continue
            yield word.start(), end, known[key].agency
            done = end
            break
