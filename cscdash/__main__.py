"""The command line: ``python -m cscdash --help``."""

import signal
import sys
import tempfile
import traceback
from pathlib import Path
from types import FrameType

from cscdash.commands.command_line import app
from cscdash.errors import CscdashError
from cscdash.settings import command

STOPPED = 130  # what shells expect of a program that was stopped by Ctrl-C


class _Stopped(BaseException):
    """A Ctrl-C; the library of the command line would answer a `KeyboardInterrupt` itself."""


def _stop(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a second one ends it at once
    raise _Stopped


def main() -> None:
    """Run a command; whatever happens ends in a sentence or two and an exit code.

    0: done; 1: done in part, and what is missing is named; 2: nothing done, for a reason that a
    person can mend; 3: the program failed, and where its trace is.
    """
    signal.signal(signal.SIGINT, _stop)
    try:
        app(prog_name=command(""))
    except CscdashError as error:
        _say(str(error))
        sys.exit(2)
    except _Stopped:
        _say("Stopped. What was here stays.")
        sys.exit(STOPPED)
    except Exception as error:
        _say(
            f"The program failed ({type(error).__name__}), which is no fault of yours. What was"
            f" here stays. {_kept(traceback.format_exc())}"
        )
        sys.exit(3)


def _say(text: str) -> None:
    print(f"cscdash: {text}", file=sys.stderr)


def _kept(trace: str) -> str:
    """Where the trace can be read, for a report to those who mend the program."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="cscdash-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(trace)
    except OSError:  # no room even for that: the last lines are better than nothing
        return trace.strip().splitlines()[-1]
    return f"Please report it with this file: {Path(file.name)}"


if __name__ == "__main__":
    main()
