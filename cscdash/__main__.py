"""The command line: ``python -m cscdash --help``."""

import sys

from cscdash.commands.command_line import app
from cscdash.errors import CscdashError


def main() -> None:
    """Run a command; what a person can mend ends in one or two sentences and exit code 2."""
    try:
        app(prog_name="python -m cscdash")
    except CscdashError as error:
        print(f"cscdash: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
