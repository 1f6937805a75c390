"""The command line: ``python -m cscdash --help``."""

import sys

from cscdash.errors import CscdashError
from cscdash.update_commands import app


def main() -> None:
    """Run a command; what a person can mend ends in one or two sentences and exit code 2."""
    try:
        app(prog_name="python -m cscdash")
    except CscdashError as error:
        print(f"cscdash: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
