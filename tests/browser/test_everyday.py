"""From a spreadsheet to the figures beside the published ones, in at most eight clicks."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from cscdash.extracts import Store
from cscdash.extracts.store import PACKAGE
from tests.browser.looking import Sight
from tests.serving import ROOT, Server, running

CASES = ROOT / "tests" / "unit" / "local_cases"
REGION = (
    "Section 47 enquiries by quarter,,\n,,\nLocal authority,2025/26 Q1,2025/26 Q2\n"
    "Leeds City Council,410,396\nCity of Bradford MDC,388,402\nRegional total,798,798\n"
)
LOCAL = "Local, not published: latest"


def test_from_a_spreadsheet_to_the_figures_beside_the_published_ones(
    data: Path, tmp_path: Path, sights: Callable[..., Sight]
) -> None:
    store = data
    if Store.open(data).demonstration:  # beside invented values local figures are not drawn
        store = tmp_path / "store"
        shutil.copytree(data, store)
        package = Store.open(store).path / PACKAGE
        told = {**json.loads(package.read_text(encoding="utf-8")), "demonstration": False}
        package.write_text(json.dumps(told), encoding="utf-8")
    (tmp_path / "region.csv").write_text(REGION, encoding="utf-8")
    files = {
        CASES / "percent_as_fraction.xlsx": f"{LOCAL} Q2 2025/26: July to September 2025",
        tmp_path / "region.csv": f"{LOCAL} Q2 2025/26: July to September 2025",
        CASES / "months_36.csv": f"{LOCAL} December 2025",
    }
    kept = tmp_path / "kept"
    with running(Server(store, CSCDASH_LOCAL=str(kept))) as server:
        sight = sights(server.base).open("definitions?area=383")
        page = sight.page
        for file, latest in files.items():
            shutil.rmtree(kept, ignore_errors=True)
            for step in ("Data and help", "Data in use"):
                page.get_by_text(step, exact=True).first.click()
            page.locator("summary", has_text="Add figures of your own").click()
            page.locator("input[type=file]").set_input_files(file)  # two clicks by hand
            page.get_by_role("button", name="Keep these figures").click()
            page.get_by_role("link", name="See ").first.click()
            page.get_by_text(latest).first.wait_for()  # after seven clicks
            assert sight.area == "Leeds" and sight.path.startswith("outcome_")
