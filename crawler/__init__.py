"""wiretrace: find every copy of a news story, who ran it first, and what each copy changed."""

__version__ = "0.1.0"
