"""Made-up stories: sentences of random words, so that nothing is shared unless a test shares it."""

import random

from crawler.items import Article

SYLLABLES = ["ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "zu", "dor", "fen", "gal", "pir"]


def story(seed: int, words: int = 300) -> str:
    """Give a text of about `words` words in paragraphs of some forty."""
    rng = random.Random(seed)
    vocabulary = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(400)]
    tokens = [rng.choice(vocabulary) for _ in range(words)]
    return "\n".join(" ".join(tokens[at : at + 40]) for at in range(0, words, 40))


def cut(text: str, share: float) -> str:
    """Keep the beginning, as an editor does."""
    tokens = text.split(" ")
    return " ".join(tokens[: round(share * len(tokens))])


def edit(text: str, every: int, seed: int = 0) -> str:
    """Replace one word in `every`."""
    rng = random.Random(seed)
    tokens = text.split(" ")
    for at in range(rng.randrange(every), len(tokens), every):
        tokens[at] = f"edited{at}x{seed}"
    return " ".join(tokens)


def article(name: str, text: str, site: str = "", published: str | None = None) -> Article:
    """Give the record of a text; every article has a site of its own unless one is named."""
    return Article(
        id=name,
        url=f"https://{site or name}.example/{name}",
        site=site or f"{name}.example",
        title=name,
        text=text,
        published=published,
    )
