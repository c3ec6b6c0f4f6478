"""What a person can meet is documented: every command, option, setting, slug and reason."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from crawler import errors
from crawler.cli.command import Command
from crawler.cli.main import SUMMARIES
from crawler.config import load_config
from crawler.config.handbook import page
from crawler.errors import WiretraceError
from crawler.items import LeadState

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SHARED = {"--config", "--output-dir", "--verbose", "--quiet", "--help"}


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """Give what stands under a heading, to the next of the same depth."""
    depth = heading.split(" ", 1)[0]
    _, _, rest = text.partition(f"\n{heading}\n")
    return rest.split(f"\n{depth} ", 1)[0]


@pytest.mark.parametrize("name", SUMMARIES)
def test_every_command_is_documented_with_its_options_and_examples(name: str) -> None:
    told = section(read("commands.md"), f"## `wiretrace {name}`")
    command = importlib.import_module(f"crawler.cli.{name}").command
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--") and option not in SHARED:
                assert option in told, f"docs/commands.md does not tell {option} of {name}"
    shown = [
        line.strip() for line in told.split("\n### ", 1)[0].splitlines() if line.startswith("    ")
    ]
    assert shown
    assert set(shown) <= {example.split("    ")[0] for example in command.examples}


def test_every_command_of_a_group_is_documented_with_its_options_and_examples() -> None:
    text = read("commands.md")
    for name in SUMMARIES:
        group = importlib.import_module(f"crawler.cli.{name}").command
        commands = group.commands if isinstance(group, click.Group) else {}
        named = re.findall(rf"^### `wiretrace {name} (\w+)`$", text, re.MULTILINE)
        assert named == list(commands)
        for sub, command in commands.items():
            assert isinstance(command, Command)
            told = section(text, f"### `wiretrace {name} {sub}`").split("\n## ", 1)[0]
            for parameter in command.params:
                for option in parameter.opts:
                    if option.startswith("--") and option not in SHARED:
                        assert option in told, f"docs/commands.md does not tell {option} of {sub}"
            shown = {line.strip() for line in told.splitlines() if line.startswith("    ")}
            assert shown
            assert shown <= set(command.examples)


def test_no_command_is_documented_that_does_not_exist() -> None:
    named = re.findall(r"^## `wiretrace (\w+)`$", read("commands.md"), re.MULTILINE)
    assert named == list(SUMMARIES)


@pytest.mark.parametrize("option", sorted(SHARED))
def test_the_shared_options_are_documented(option: str) -> None:
    assert option in read("commands.md").split("\n## ")[0]


def test_every_setting_is_documented_as_the_code_has_it() -> None:
    assert read("settings.md") == page(), (
        "write it again: python -m crawler.config.handbook > docs/settings.md"
    )


def slugs() -> Iterator[str]:
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, WiretraceError):
            yield kind.slug


def test_every_error_is_documented_under_its_slug_and_no_other() -> None:
    errors_told = section(read("messages.md"), "## Errors")
    assert sorted(re.findall(r"^#### (.+)$", errors_told, re.MULTILINE)) == sorted(set(slugs()))


# Reasons are literals where they are given; each of these is a way of giving one.
GIVEN = re.compile(
    r"(?:Refused\(|reason=|DropItem\(|return )\"([a-z]+(?:-[a-z]+)*)\""
    r"|\w+Error, \"([a-z-]+)\"\)"
    r"|else \"([a-z]+-[a-z-]+)\""
)


def reasons(*places: str) -> set[str]:
    found: set[str] = set()
    for place in places:
        path = ROOT / place
        for file in path.rglob("*.py") if path.is_dir() else [path]:
            for groups in GIVEN.findall(file.read_text(encoding="utf-8")):
                found |= {slug for slug in groups if slug}
    return found


@pytest.mark.parametrize(
    ("places", "known"),
    [
        (("crawler/extraction/cleaning.py", "crawler/extraction/wording.py"), "caption"),
        (("crawler/extraction/prune.py",), "caption"),
        (("crawler/discovery/stories.py",), "off-story"),
        (("crawler/middlewares", "crawler/pipelines.py", "spiders"), "robots-denied"),
    ],
)
def test_every_reason_is_documented(places: tuple[str, ...], known: str) -> None:
    """`known` shows that the search finds what it should."""
    told = read("messages.md")
    found = reasons(*places) - {"finished", "interrupted"}
    assert known in found
    missing = {slug for slug in found if f"`{slug}`" not in told and f"\n#### {slug}\n" not in told}
    assert not missing, f"docs/messages.md does not explain {sorted(missing)}"


@pytest.mark.parametrize("state", LeadState)
def test_every_state_of_a_lead_is_documented(state: LeadState) -> None:
    assert f"`{state.value}`" in read("messages.md")


@pytest.mark.parametrize("file", sorted(DOCS.glob("*.md")), ids=lambda file: file.name)
def test_links_between_the_pages_lead_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", file.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        if name.startswith(("http://", "https://")):
            continue
        page_file = file.parent / name if name else file
        assert page_file.exists(), f"{file.name} links to {target}"
        if anchor:
            heads = re.findall(r"^#+ (.+)$", page_file.read_text(encoding="utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
            assert anchor in anchors, f"{file.name} links to {target}"


@pytest.mark.parametrize("name", ["tutorial.md", "scheduling.md", "commands.md"])
def test_commands_in_the_texts_exist(name: str) -> None:
    text = read(name)
    for command in re.findall(
        r"^    wiretrace (?:-c \S+ |--config \S+ )?(\w+)", text, re.MULTILINE
    ):
        assert command in SUMMARIES


def test_every_command_in_the_readme_exists_and_its_watchlist_is_read(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^ +(?:\$ )?wiretrace (?:-\S+ \S+ )?([a-z]+)", text, re.MULTILINE))
    assert {"init", "run", "show", "extract", "cluster", "probe"} <= named <= set(SUMMARIES)
    toml = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert len(toml) == 1
    file = tmp_path / "wiretrace.toml"
    file.write_text(toml[0], encoding="utf-8")
    config = load_config(file, environ={})
    assert [source.kind for source in config.sources] == ["feed", "section"]
    assert config.stories[0].words == ("bridge", "ferry", "Northport")


def test_the_two_commands_of_the_readme_are_targets_of_the_makefile() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    told = re.findall(r"^    make (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert told == ["run", "test"]
    assert set(told) <= set(targets)
