"""What a page loads: libraries for building and checking stay out of the server's memory."""

import subprocess
import sys

from tests.app.reading import ROOT

NEVER = ("geopandas", "shapely", "pyproj", "pyogrio", "scipy", "statsmodels", "duckdb", "s3fs")
VISITS = """
import sys
from tests.app.reading import PAGES, Visit
visit = Visit()
for page in PAGES:
    assert visit(page, area="926").exceptions == [], page
for view in ("map", "deprivation", "who"):
    shown = visit("outcome_1", area="926", indicator="cin_rate", view=view)
    assert shown.exceptions == [], view
    assert shown.charts, view
print(sorted({name.partition(".")[0] for name in sys.modules} & set(sys.argv[1].split())))
"""


def test_no_page_loads_what_only_building_or_checking_needs() -> None:
    # A process of its own: other tests load these libraries into this one.
    done = subprocess.run(
        [sys.executable, "-c", VISITS, " ".join(NEVER)],
        cwd=ROOT,
        env={"CSCDASH_DATA": str(ROOT / "data" / "demonstration"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "[]"
