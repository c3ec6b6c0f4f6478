"""The phrases that credit, ready to match: `credits.toml` in, compiled patterns out."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

# Where a name ends: its closing mark, the next sentence, or the words that go on about it.
WHO = (
    r"[\W_]*(?P<who>[^\W_].{1,80}?)(?=[”“\"«»’]?\s*(?:[.;|(,:–—](?:\s|$)|$|\b(?:and|under|on|in|with|und"
    r"|et|par|por|por|da|von|by|erschienen|veröffentlicht|publiziert|и|y|e|übersetzt|ins|into|à)\b))"
)
LANGUAGE = r"[\W_]*(?P<who>[^\W\d_]+)"


@lru_cache(maxsize=1)
def phrases() -> dict[str, re.Pattern[str]]:
    """Give the pattern of each table; where it names somebody, a group holds the name."""
    table = tomllib.loads(files(__package__).joinpath("credits.toml").read_text("utf-8"))
    either = {name: "|".join(sorted(table[name], key=len, reverse=True)) for name in table}
    shapes = {
        "source": r"^\W*(?:{0})(?P<mark>\s*[:：/–—-]\s*|\s+|(?<=[来來源])\s*)"
        r"(?P<rest>.{{2,90}})$",
        "drawn": r"^\W*(?:{0})(?:\s*[:：]\s*|\s+|(?<=’|')|(?<=[合據])\s*)(?P<rest>.{{2,110}})$",
        "fed": r"(?<!\w)(?:{0})\s*[:：]?\s*(?P<rest>.{{2,60}})$",
        "gave": r"^\W*(?P<who>.{{2,200}}?)\s+(?:{0})\W*$",
        "agencies": r"^\W*(?:{0})\W*$",
        "reading": r"^\W*(?:{0})\W*$",
    }
    found = {name: shape.format(either[name]) for name, shape in shapes.items()}
    ends = {"original": WHO, "translation": LANGUAGE}
    # A name of its own for each place where a line may name somebody: Python wants them distinct.
    for name in ("original", "translation"):
        parts = [
            rf"(?<!\w){part.replace('WHO', ends[name].replace('<who>', f'<who{at}>'))}"
            for at, part in enumerate(table[name])
        ]
        found[name] = "|".join(parts)
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in found.items()}
