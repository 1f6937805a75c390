"""Run the measurements and print them: ``python -m benchmarks [build|open|pages|…]``."""

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import (
    browser,
    building,
    framework,
    learning,
    opening,
    pages,
    replicas,
    returns,
    sessions,
    soak,
    sound,
)

PUBLISHED = Path(__file__).resolve().parents[2] / "shared" / "published"
ALL = {"build": building.measure, "open": opening.measure, "pages": pages.measure}
ALL["framework"] = framework.measure
ALL["learning"] = learning.measure
ALL["browser"] = browser.measure
ALL["sessions"] = sessions.measure
ALL["sound"] = sound.measure
ALL["returns"] = returns.measure
LONG = {"soak": soak.measure, "replicas": replicas.measure}  # only when named


def main() -> int:
    if not PUBLISHED.is_dir():
        print("The published files are not here: ../shared/published")
        return 2
    wanted = sys.argv[1:] or list(ALL)
    console = Console(width=120)
    for name in wanted:
        table = Table("What", "Measured", "Floor or budget", "Note", title=name)
        for row in (ALL | LONG)[name](PUBLISHED):
            table.add_row(*row)
        console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
