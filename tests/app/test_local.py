"""Local figures on the pages: five uses, beside the published figures and apart from them."""

import json
import shutil
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cscdash.catalogue import Indicator, catalogue
from cscdash.extracts import Store
from cscdash.extracts.store import PACKAGE, current
from cscdash.local.row import EXAMPLE
from cscdash.local.template import template
from cscdash.places import places
from cscdash.views.frame import navigation, reader, sign_in
from cscdash.views.frame.permission import SignIn
from tests.app.reading import PAGES, ROOT, Page, Visit
from tests.unit.local_files import keep
from tests.unit.test_local_kept_figures import OWN, STATEMENT
from tests.wording import unwanted

COUNT = "section_47_number"
FOCUS = {"area": "383", "indicator": COUNT, "view": "time"}
LOCAL = "local, not published"
CASES = ROOT / "tests" / "unit" / "local_cases"


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration store, said to be published, so that local figures stand beside it."""
    shipped = ROOT / "data" / "demonstration"
    if current(shipped) is None:
        pytest.skip("the demonstration store is not drawn: data/demonstration")
    folder = tmp_path_factory.mktemp("plain") / "store"
    shutil.copytree(shipped, folder)
    package = Store.open(folder).path / PACKAGE
    said = json.loads(package.read_text(encoding="utf-8"))
    package.write_text(json.dumps({**said, "demonstration": False}), encoding="utf-8")
    return folder


@pytest.fixture
def local(plain: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setenv("CSCDASH_DATA", str(plain))
    for name in ("LOCAL", "STATEMENTS"):
        monkeypatch.setenv(f"CSCDASH_{name}", str(tmp_path / name))
    for name in ("HOSTED", "LOCAL_ON", "HOME_AREA"):
        monkeypatch.delenv(f"CSCDASH_{name}", raising=False)
    yield tmp_path / "LOCAL"


def quarters(area: str, number: int, id: str = COUNT) -> str:
    months = ("Jan-Mar", "Apr-Jun", "Jul-Sep", "Oct-Dec")
    rows = [
        f"{id},{area},{months[at % 4]} {2023 + at // 4},{300 + 7 * (at % 5)}"
        for at in range(number)
    ]
    return "\n".join(["indicator,area,period,value", *rows])


def sound(page: Page) -> Page:
    assert page.exceptions == [] and page.errors == []
    for text in page.texts():
        assert unwanted(text) == [], text
    return page


def local_charts(page: Page) -> list[str]:
    return [chart.alt for chart in page.charts if "not published" in chart.alt]


def test_in_year_quarters_of_one_authority(local: Path) -> None:
    before = sound(Visit()("outcome_3", **FOCUS))
    keep(local, quarters("383", 14))
    page = sound(Visit()("outcome_3", **FOCUS))
    chart = next(c for c in page.charts if LOCAL in c.alt)
    old = next(c for c in before.charts if c.alt.startswith(chart.alt.split(":")[0]))
    assert (chart.rows["mark"] == "local").sum() == 14
    assert chart.bytes < 60_000
    assert chart.table is not None and old.table is not None
    published = chart.table.iloc[: len(old.table)][old.table.columns]
    assert published.equals(old.table), "no published figure has changed"
    same = ["mark", "role", "name", "period", "value"]
    drawn = chart.rows[~chart.rows["mark"].isin(["local", "local line", "frame", "label"])]
    assert drawn[same].astype(str).values.tolist() == (
        old.rows[~old.rows["mark"].isin(["frame", "label"])][same].astype(str).values.tolist()
    )
    assert page.address == before.address, "nothing local is in the address"
    assert any("to June 2026" in c.value and "three months" in c.value for c in page.at.caption)


def test_a_switch_hides_them_and_a_long_series_says_what_is_usual(local: Path) -> None:
    keep(local, quarters("383", 14))
    visit = Visit()
    page = visit("outcome_3", **FOCUS)
    (usual,) = (t for t in page.at.toggle if str(t.key).startswith("usual"))
    usual.set_value(True)
    page.at.run()
    page = sound(Page(page.at))
    assert any("are usual for this series" in text.value for text in page.at.markdown)
    (shown,) = (t for t in page.at.toggle if str(t.key).startswith("local shown"))
    shown.set_value(False)
    page.at.run()
    assert local_charts(Page(page.at)) == []
    assert "local" not in Page(page.at).address


def test_a_regional_quarterly_set(local: Path) -> None:
    members = places().members("E12000003")
    for area in members:
        keep(local, quarters(area.code, 5), f"{area.code}.csv")
    for area in members[:3]:
        page = sound(Visit()("outcome_3", **{**FOCUS, "area": area.code}))
        (alt,) = local_charts(page)
        assert f"{LOCAL}: {area.short}" in alt and alt.count(LOCAL) == 1
    assert local_charts(Visit()("outcome_3", **{**FOCUS, "area": "E12000003"})) == []


def test_a_survey_as_an_own_measure(local: Path) -> None:
    local.mkdir()
    (local / "own.toml").write_text(OWN)
    keep(local, "indicator,area,period,value,denominator\nlistened_to,383,Jan-Mar 2026,50,80\n")
    page = sound(Visit()("outcome_1", area="383"))
    said = " ".join(text.value for text in page.at.markdown)
    assert "Did your worker listen to you?" in said and "All children seen" in said
    assert len(local_charts(page)) == 1
    assert local_charts(Visit()("outcome_1", area="380")) == []


def test_a_partners_measure_fills_a_gap(local: Path) -> None:
    gap = next(i for i in catalogue().indicators if i.standing == "gap")
    local.mkdir()
    own = OWN.replace("outcome_1", gap.chapter).replace('base = "', f'fills = "{gap.id}"\nbase = "')
    (local / "partner.toml").write_text(own)
    keep(local, "indicator,area,period,value,denominator\nlistened_to,383,Jan-Mar 2026,50,80\n")
    page = sound(Visit()(gap.chapter, area="383", indicator=gap.id))
    assert len(local_charts(page)) == 1


@pytest.mark.parametrize("gap", [i for i in catalogue().indicators if i.standing == "gap"])
def test_a_gap_indicator_from_its_template(local: Path, gap: Indicator) -> None:
    text = template(gap, "383", date.today())
    keep(local, text.replace(EXAMPLE, "from our own list"))
    page = sound(Visit()(gap.chapter, area="383", indicator=gap.id))
    assert len(local_charts(page)) == 1


def test_small_counts_are_on_no_page(local: Path) -> None:
    text = quarters("383", 9).replace(",307\n", ",4\n", 1)
    keep(local, text)
    page = sound(Visit()("outcome_3", **FOCUS))
    chart = next(c for c in page.charts if LOCAL in c.alt)
    assert chart.table is not None
    own = chart.table[chart.table["Area"].str.startswith("local")].iloc[0]
    hidden = [cell for cell in own if str(cell).startswith("[c]")]
    assert len(hidden) >= 2 and not any(str(cell) == "4" for cell in own)


def test_a_hosted_app_shows_none_and_says_why(local: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(local, quarters("383", 5))
    monkeypatch.setenv("CSCDASH_HOSTED", "1")
    assert local_charts(Visit()("outcome_3", **FOCUS)) == []
    page = sound(Visit()("data", area="383"))
    assert any("CSCDASH_LOCAL_ON=1" in info.value for info in page.at.info)
    monkeypatch.setenv("CSCDASH_LOCAL_ON", "1")
    assert local_charts(Visit()("outcome_3", **FOCUS)) == [], "without sign-in nobody is known"
    # a complete sign-in, and somebody whom it lets in
    for module in (reader, sign_in):
        monkeypatch.setattr(module, "sign_in_settings", lambda: SignIn(True, ("example.org",)))
    monkeypatch.setattr(reader, "permitted", lambda: True)
    monkeypatch.setattr(navigation, "permitted", lambda: True)
    monkeypatch.setattr(sign_in, "permitted", lambda: True)
    assert len(local_charts(Visit()("outcome_3", **FOCUS))) == 1
    page = sound(Visit()("data", area="383"))
    assert not page.at.get("file_uploader"), "nobody adds files to a hosted app from a page"
    assert "Remove this addition" not in [button.label for button in page.at.button]


@pytest.mark.parametrize(
    "found",
    [
        None,
        reader.Connection(None, {"host": "127.0.0.1:8501"}),
        reader.Connection("192.168.1.20", {"host": "192.168.1.10:8501"}),
        reader.Connection("127.0.0.1", {"host": "127.0.0.1:8501", "x-forwarded-for": "127.0.0.1"}),
    ],
)
def test_a_reader_elsewhere_sees_and_changes_nothing_local(
    local: Path, monkeypatch: pytest.MonkeyPatch, found: reader.Connection | None
) -> None:
    local.mkdir()
    (local / "own.toml").write_text(OWN)
    keep(local, quarters("383", 5))
    keep(
        local,
        "indicator,area,period,value,denominator\nlistened_to,383,Jan-Mar 2026,50,80\n",
        "b.csv",
    )
    monkeypatch.delenv("CSCDASH_DATA")
    monkeypatch.setattr(reader, "connection", lambda: found)
    visit = Visit()
    for name in ("outcome_1", "outcome_3", "data"):
        page = visit(name, **{**FOCUS, "area": "383"})
        assert page.exceptions == [] and local_charts(page) == []
        assert not page.at.get("file_uploader")
        assert not any("Did your worker listen" in text for text in page.texts())
    labels = [button.label for button in page.at.button]
    assert "Remove this addition" not in labels and "Get the published data" not in labels
    assert any("http://127.0.0.1:" in info.value for info in page.at.info)


def test_none_stand_beside_invented_values(local: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(local, quarters("383", 5))
    monkeypatch.setenv("CSCDASH_DATA", str(ROOT / "data" / "demonstration"))
    assert local_charts(Visit()("outcome_3", **FOCUS)) == []
    page = sound(Visit()("data", area="383"))
    assert any("not drawn beside invented" in info.value for info in page.at.info)


def test_a_folder_of_rubbish_breaks_no_page(local: Path) -> None:
    local.mkdir()
    for name in ("a.parquet", "b.toml", "c.csv"):
        (local / name).write_bytes(b"\x00\xffrubbish <script>alert(1)</script>")
    statements = local.parent / "STATEMENTS"
    statements.mkdir()
    (statements / "d.md").write_bytes(b"\xff\x00")
    visit = Visit()
    for name in PAGES:
        assert visit(name, area="383").exceptions == [], name
    told = " ".join(one.value for one in visit("data", area="383").at.warning)
    assert all(name in told for name in ("a.parquet", "b.toml", "d.md"))


def test_statements_stand_beside_the_figures_as_they_were_written(local: Path) -> None:
    folder = local.parent / "STATEMENTS"
    folder.mkdir()
    wild = "We **saw** more <script>alert(1)</script> families.\n\n# Loud\n\n![x](http://e.org/x)"
    (folder / "a.md").write_text(STATEMENT.replace("We opened a new team.", wild))
    page = sound(Visit()("outcome_3", area="383"))
    shown = next(text.value for text in page.at.markdown if "families.  " in text.value)
    assert r"\*\*saw\*\*" in shown and r"\<script\>" in shown and r"\!\[x\]" in shown
    assert any("Director, Leeds, 1 March 2026" in text.value for text in page.at.caption)
    assert r"\*\*saw" not in str([t.value for t in Visit()("outcome_3", area="380").at.markdown])


def test_a_statement_is_written_and_downloaded(local: Path) -> None:
    visit = Visit()
    page = sound(visit("statement", area="383"))
    assert not page.at.get("download_button")
    at = page.at
    next(box for box in at.text_input if "role" in box.label).set_value("Director")
    at.text_area[0].set_value("We opened a new team.")
    at.run()
    assert not at.exception and len(at.get("download_button")) == 1
    at.text_area[0].set_value("Born on 1 March 2011, UPN A123456789012")
    at.run()
    assert at.warning, "a gentle reminder about details of one child"
    assert any(
        "Choose an authority" in i.value for i in visit("statement", area="E92000001").at.info
    )


def test_files_are_added_and_removed_through_the_page(local: Path) -> None:
    page = sound(Visit()("data", area="383"))
    at = page.at
    at.file_uploader[0].upload("a.csv", quarters("383", 5).encode(), "text/csv")
    at.run()
    assert not at.exception and not local.exists(), "nothing is kept before it is asked for"
    next(button for button in at.button if button.label == "Keep these figures").click()
    at.run()
    assert not at.exception and [one.value for one in at.success] == ["Kept 5 figures."]
    assert len(list(local.glob("*.parquet"))) == 1
    assert len(local_charts(Visit()("outcome_3", **FOCUS))) == 1
    at.selectbox(key="local remove").run()
    next(button for button in at.button if button.label == "Remove this addition").click()
    at.run()
    assert not at.exception and list(local.glob("*.parquet")) == []


REGION = (
    "Section 47 enquiries by quarter,,\n,,\nLocal authority,2025/26 Q1,2025/26 Q2\n"
    "Leeds City Council,410,396\nCity of Bradford MDC,388,402\nRegional total,798,798\n"
)


@pytest.mark.parametrize(
    ("name", "content", "indicator", "period", "value", "number"),
    [
        ("percent_as_fraction.xlsx", None, "", "Q1 2025/26: April to June 2025", "21.4%", 2),
        ("region.csv", REGION.encode(), COUNT, "Q1 2025/26: April to June 2025", "410", 4),
        ("months_36.csv", None, "", "January 2023", "228", 36),
    ],
)
def test_from_a_spreadsheet_to_figures_that_are_kept(
    local: Path,
    name: str,
    content: bytes | None,
    indicator: str,
    period: str,
    value: str,
    number: int,
) -> None:
    at = sound(Visit()("data", area="383")).at
    at.file_uploader[0].upload(name, content or (CASES / name).read_bytes(), "text/csv")
    at.run()
    if indicator:
        at.selectbox(key="local of").set_value(indicator).run()
    read = next(frame.value for frame in at.dataframe if "Value" in frame.value)
    first = read.iloc[0]
    assert (first["Area"], first["Period"], first["Value"]) == ("Leeds", period, value)
    assert len(read) == number
    next(button for button in at.button if button.label == "Keep these figures").click()
    at.run()
    assert [one.value for one in at.success] == [f"Kept {number} figures."]
    if number >= 12:
        page = Visit()("outcome_3", **FOCUS)
        (usual,) = (t for t in page.at.toggle if str(t.key).startswith("usual"))
        assert usual.label == "What is usual from month to month"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"child_id,dob\n1,2\n", "records of children"),
        ("a.xlsx", b"PK\x03\x04", "not a whole spreadsheet"),
        ("a.csv", quarters("383", 5).replace("383", "Leds").encode(), "Did you mean 383"),
    ],
)
def test_a_wrong_file_is_told_on_the_page(
    local: Path, name: str, content: bytes, says: str
) -> None:
    at = sound(Visit()("data", area="383")).at
    at.file_uploader[0].upload(name, content, "application/octet-stream")
    at.run()
    assert not at.exception
    assert any("Nothing is kept until every row is right" in one.value for one in at.error)
    assert any(says in frame.value.to_string() for frame in at.dataframe)
    assert "Keep these figures" not in [button.label for button in at.button]
    assert not local.exists()


def test_what_is_usual_of_a_stock_says_that_it_counts_again(local: Path) -> None:
    ends = [f"{2024 + m // 12}-{m % 12 + 1:02d}" for m in range(14)]
    days = [f"{end}-{monthrange(int(end[:4]), int(end[5:]))[1]}" for end in ends]
    rows = [f"looked_after_number,383,{day},{1400 + 9 * (at % 4)}" for at, day in enumerate(days)]
    keep(local, "\n".join(["indicator,area,period,value", *rows]))
    page = Visit()("outcome_1", area="383", indicator="looked_after_number")
    (usual,) = (t for t in page.at.toggle if str(t.key).startswith("usual"))
    assert usual.label == "What is usual from month to month"
    usual.set_value(True)
    page.at.run()
    page = sound(Page(page.at))
    said = " ".join(page.texts())
    assert "A stock: many of the same children are counted again each month" in said
    assert "New baseline from" in said and "(XmR chart)" in said
