"""The command that opens the app, and what every server for one machine is started with."""

import os
import subprocess
import sys
from typing import Annotated

import typer

from cscdash.errors import CscdashError
from cscdash.settings import settings, site

ADDRESS = "127.0.0.1"  # not "localhost", which hangs in browsers of some company networks
ON_THIS_MACHINE = (  # what keeps records where they are; `reader.only_here` looks for it
    f"--server.address={ADDRESS}",
    f"--browser.serverAddress={ADDRESS}",
    "--browser.gatherUsageStats=false",
    "--client.showErrorDetails=none",
    "--server.enableXsrfProtection=true",
)


def run(
    port: Annotated[
        int | None, typer.Option("--port", help="Where the app listens; 8501, or the next free.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Whether to open it in the browser.")] = True,
) -> None:
    """Open the app in the browser, for this machine alone."""
    if settings().hosted:
        raise CscdashError(
            "CSCDASH_HOSTED says that this copy is served to others; those who serve it start"
            f" streamlit itself, as docs/hosting.md says: streamlit run {site() / 'app.py'}"
        )
    options = [f"--server.headless={str(not browser).lower()}"]
    options += [f"--server.port={port}"] if port is not None else []
    raise typer.Exit(serve("app.py", *options))


def serve(script: str, *options: str) -> int:
    """Serve one of the site's scripts to this machine alone, until it ends.

    Returns
    -------
    int
        The exit code of the server. Where a process can become another, this one becomes the
        server and never returns: whoever ends it ends the server.
    """
    command = [sys.executable, "-m", "streamlit", "run", str(site() / script), *options]
    command += ON_THIS_MACHINE
    if os.name == "posix":
        os.chdir(site())
        sys.stdout.flush()
        os.execv(sys.executable, command)
    return subprocess.run(command, cwd=site(), check=False).returncode
