"""Compare: a region side by side, two or three areas, and the numbers that leave."""

import csv
import io
from pathlib import Path
from unittest.mock import patch

from cscdash.analysis.printed import Printed
from cscdash.extracts import Store
from cscdash.places import places
from cscdash.views.compare import region as module
from tests.app.reading import Visit
from tests.app.test_local import local, plain  # noqa: F401  (fixtures)
from tests.unit.local_files import keep


def numbers(visit: Visit, **query: str) -> list[dict[str, str]]:
    """The file of the table, read as a reader would."""
    made: list[list[Printed]] = []
    real = module._cells
    with patch.object(module, "_cells", lambda *a: made.append(real(*a)) or made[-1]):
        page = visit("compare", by="region", **query)
    assert not page.exceptions
    text = module.numbers_csv(made[-1], False).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_regions_table_holds_what_the_extract_holds(visit: Visit, in_use: Store) -> None:
    rows = numbers(visit, area="E12000005", measures="repeat_referrals.family_networks")
    (table,) = visit.at.table
    members = [area.short for area in places().members("E12000005")]
    assert list(table.value.index) == [*members, "Median", "West Midlands", "England"]
    found = {
        (r["indicator"], r["old_la_code"]): (r["value"], r["status"])
        for r in rows
        if r["old_la_code"]
    }
    codes = [area.code for area in places().members("E12000005")]
    for id in ("repeat_referrals", "family_networks"):
        frame = in_use.table(id).to_pandas().astype({"area": str, "period": str, "status": str})
        frame = frame[(frame["breakdown"] == "total") & frame["area"].isin(codes)]
        last = frame[frame["period"] == frame.loc[frame["value"].notna(), "period"].max()]
        assert len(last) > 10
        for _, row in last.iterrows():
            value, status = found[id, row["area"]]
            assert status == row["status"]
            assert (value == "") == (row["status"] != "ok"), "a hidden value stays empty"
            assert not value or float(value) == row["value"]


def test_rows_stand_by_closeness_where_the_address_says_so(visit: Visit) -> None:
    visit("compare", by="region", area="926", order="close")
    names = list(visit.at.table[0].value.index)
    assert names[0] == "Norfolk" and sorted(names[:11]) == sorted(
        area.short for area in places().members("E12000006")
    )


def test_counts_are_not_shaded_and_say_why(visit: Visit) -> None:
    page = visit("compare", by="region", area="926", measures="looked_after_number")
    assert "differ by size alone" in " ".join(page.texts())
    assert "◦" not in "".join(visit.at.table[0].value.iloc[:, 0])


def test_two_or_three_areas_stand_in_the_address(visit: Visit) -> None:
    chosen = {"by": "peers", "area": "926", "with": "935", "on": "repeat_referrals"}
    page = visit("compare", **chosen)
    assert not page.exceptions and page.address.items() >= chosen.items()
    assert len(page.charts) == 2
    titles = [button.label for button in visit.at.get("download_button")]
    assert titles == ["Peer challenge pack (Word)", "Peer challenge pack (PowerPoint)"]


def test_local_figures_fill_the_table_and_hidden_ones_stay_hidden(local: Path) -> None:  # noqa: F811
    codes = [area.code for area in places().members("E12000003")][:6]
    rows = [
        f"section_47_number,{code},Apr-Jun 2025,{50 + 10 * at}" for at, code in enumerate(codes)
    ]
    rows[0] = f"section_47_number,{codes[0]},Apr-Jun 2025,4"
    keep(local, "\n".join(["indicator,area,period,value", *rows]))
    visit = Visit()
    visit("compare", by="region", area="E12000003")
    visit.at.toggle(key="region local").set_value(True).run()
    (table,) = visit.at.table
    shown = list(table.value.iloc[:, 0])
    assert shown[0] == "[c]"
    assert "60" in shown[1] and shown.count("[x]") == len(places().members("E12000003")) - 6
    assert "local" not in "".join(visit.at.query_params)
