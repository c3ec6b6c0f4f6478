"""A `Progress` for callers that show none."""


class Quiet:
    """Says nothing."""

    def start(self, stage: str, total: int | None) -> None:
        """Begin a stage."""

    def advance(self, stage: str, n: int = 1, **counts: int) -> None:
        """Count units."""

    def note(self, line: str) -> None:
        """Say one line."""

    def done(self, stage: str) -> None:
        """End a stage."""
