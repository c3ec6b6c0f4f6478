"""Lists of patterns -> sentences: a small phrase-structure grammar with weights by repetition.

A pattern is text with names in braces; each name is replaced by a pattern of that name, until no
name is left. A story brings lists of its own (its people, places, topic), which go before the
language's.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from random import Random

_NAME = re.compile(r"\{(\w+)\}")

Pattern = tuple[str, ...]
"""Literal text and names in turn: `("", "who", " saw ", "what", "")`."""
Rules = dict[str, list[Pattern]]
Figure = Callable[[Random], str]
"""Something that is drawn and not listed: a number, a sum of money."""


def compile_rules(lists: Mapping[str, Iterable[str]]) -> Rules:
    """Split the patterns of each list at their names."""
    return {
        name: [tuple(_NAME.split(pattern)) for pattern in patterns]
        for name, patterns in lists.items()
    }


class Grammar:
    """A language's patterns.

    Args:
        rules: compiled lists.
        figures: what is drawn, by name.
    """

    def __init__(self, rules: Rules, figures: Mapping[str, Figure]) -> None:
        self.rules = rules
        self.figures = figures

    def expand(self, name: str, rng: Random, own: Rules) -> str:
        """Draw a pattern of a name and replace the names in it.

        Args:
            name: of a list or a figure.
            rng: the source of chance.
            own: the story's lists.

        Raises:
            KeyError: the name is in none of the lists.
        """
        parts: list[str] = []
        self._expand(name, rng.random, own, parts, rng)
        return "".join(parts)

    def _expand(
        self, name: str, chance: Callable[[], float], own: Rules, parts: list[str], rng: Random
    ) -> None:
        patterns = own.get(name) or self.rules.get(name)
        if patterns is None:
            parts.append(self.figures[name](rng))
            return
        pattern = patterns[int(chance() * len(patterns))]
        parts.append(pattern[0])
        for at in range(1, len(pattern), 2):
            self._expand(pattern[at], chance, own, parts, rng)
            parts.append(pattern[at + 1])
