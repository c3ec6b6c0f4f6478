"""Write numbers in Prometheus' text format: families of samples arrive, text leaves.

https://prometheus.io/docs/instrumenting/exposition_formats/ has the format, and
https://prometheus.io/docs/practices/naming/ the manner of the names: base units, `_total` for what
only grows, `_seconds` and `_bytes` at the end.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One number."""

    value: float
    """The number."""
    labels: tuple[tuple[str, str], ...] = ()
    """Names and values of its labels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """All samples of one name."""

    name: str
    """Name of the metric."""
    kind: str
    """`gauge` (may fall) or `counter` (only grows)."""
    told: str
    """What it is, one sentence."""
    samples: tuple[Sample, ...]
    """Its samples; a family without any is left out."""


def gauge(name: str, told: str, value: float | None) -> Family:
    """Give a gauge of one sample, or of none where nothing is known."""
    samples = () if value is None else (Sample(value=value),)
    return Family(name=name, kind="gauge", told=told, samples=samples)


def by_label(
    name: str, kind: str, told: str, label: str, values: Mapping[str, float | None]
) -> Family:
    """Give a family with one sample for each value of a label."""
    samples = tuple(
        Sample(value=value, labels=((label, key),))
        for key, value in values.items()
        if value is not None
    )
    return Family(name=name, kind=kind, told=told, samples=samples)


def exposition(families: Iterable[Family]) -> str:
    """Give the text."""
    lines: list[str] = []
    for family in families:
        if not family.samples:
            continue
        told = family.told.replace("\\", r"\\").replace("\n", r"\n")
        lines += [f"# HELP {family.name} {told}", f"# TYPE {family.name} {family.kind}"]
        lines += [
            f"{family.name}{_labels(sample)} {_number(sample.value)}" for sample in family.samples
        ]
    return "\n".join(lines) + "\n"


def _labels(sample: Sample) -> str:
    if not sample.labels:
        return ""
    pairs = (f'{name}="{_escaped(value)}"' for name, value in sample.labels)
    return "{" + ",".join(pairs) + "}"


def _escaped(value: str) -> str:
    clean = value.encode("utf-8", "replace").decode()
    return clean.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))
