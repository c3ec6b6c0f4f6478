"""`wiretrace serve`: the report's pages, live, for this machine."""

import secrets

import click

from crawler.cli.command import Command
from crawler.cli.live import LivePages
from crawler.cli.session import session_of
from crawler.cli.viewer import LOOPBACK, Viewer, server_of
from crawler.errors import NotFound, UsageError

PORT = 8377
"""Of no service that is registered with IANA."""


@click.command(
    cls=Command,
    examples=(
        "wiretrace serve",
        "wiretrace serve --open",
        "wiretrace serve --host 0.0.0.0 --port 8080",
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=PORT, show_default=True, help="Port; 0 takes a free one.")
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
@click.pass_context
def command(context: click.Context, host: str, port: int, *, opens: bool) -> None:
    """Show the report's pages as the store is now, until Ctrl-C.

    Clusters can be split, merged and labelled there, and each decision taken back. On this machine
    alone anybody on it may look; on another address of it a token is needed, which is printed with
    the address and changes with each start.
    """
    config = session_of(context).config()
    if not config.store_path.is_file():
        raise NotFound(f"There is no store at {config.store_path}.", "`wiretrace run` makes one.")
    token = None if host in LOOPBACK else secrets.token_urlsafe(24)
    viewer = Viewer(pages=LivePages(config), token=token)
    try:
        server = server_of(viewer, host, port)
    except OSError as error:
        raise UsageError(
            f"{host}:{port} cannot be listened on ({error.strerror or error}).",
            "Name another address with --host or --port.",
        ) from error
    with server:
        place = f"[{host}]" if ":" in host else host
        address = f"http://{place}:{server.server_address[1]}/"
        address += f"?token={token}" if token else ""
        click.echo(address)
        if opens:
            click.launch(address)
        server.serve_forever()
