"""A page in the manner of common news themes, with holes for what a test is about."""

PARAGRAPHS = tuple(
    """\
The town council decided on Monday evening to build a second bridge, after a four-hour debate.
Engineers expect the work to take two years and to cost eleven million, a third of it promised.
Shopkeepers on the old market fear that drivers will pass them by once the new road is open.
The mayor said that the first stone would be laid before the winter and the ferry would stay.
""".splitlines()
)
HEADLINE = "Council votes for a second bridge"


def story_page(
    *, before: str = "", middle: str = "", after: str = "", outside: str = "", head: str = ""
) -> str:
    """Give the page's markup; `before` to `after` stand in the story's container."""
    one, two, three, four = (f"<p>{text}</p>" for text in PARAGRAPHS)
    return (
        f"<!doctype html><html lang=en><head><title>{HEADLINE} | Town Post</title>{head}</head>"
        "<body><nav><a href=/>Home</a> <a href=/sport>Sport</a></nav><main><article>"
        f"<header><h1>{HEADLINE}</h1></header><div class='story-body'>"
        f"{before}{one}{two}{middle}{three}{four}{after}</div></article>{outside}</main>"
        "<footer><p>Town Post, Market Street 1</p></footer></body></html>"
    )
