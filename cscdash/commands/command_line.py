"""The whole command line, put together from the commands."""

import typer

from cscdash.commands.build import build, check, restore
from cscdash.commands.catalogue import show_catalogue, sources
from cscdash.commands.demonstration import demonstrate
from cscdash.commands.doctor import doctor
from cscdash.commands.local import local
from cscdash.commands.maps import boundaries, hexes
from cscdash.commands.returns import invent_returns, own_returns, returns_app
from cscdash.commands.run import run
from cscdash.commands.update import update

app = typer.Typer(
    help="Build, check and describe the extracts behind the cscdash pages.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(local)
app.command()(run)
app.command()(build)
app.command()(check)
app.command("catalogue")(show_catalogue)
app.command()(demonstrate)
app.command()(boundaries)
app.command()(hexes)
app.command()(update)
app.command()(doctor)
app.command()(restore)
app.command("returns")(own_returns)
app.command()(returns_app)
app.command()(invent_returns)
app.command()(sources)
