"""What the tests of local figures share: measures, files, and the way from one to the other."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from cscdash.catalogue import catalogue
from cscdash.catalogue.models import Indicator
from cscdash.local import Local, load
from cscdash.local.kept_figures import add, look
from cscdash.local.own_measures import Known, OwnIndicator
from cscdash.local.published_figures import Published
from cscdash.local.row import Figure
from cscdash.local.row_checks import Checked
from cscdash.local.row_periods import read_when
from cscdash.local.shown_figures import known_of

TODAY = date(2026, 11, 21)


def measure(**changes: Any) -> OwnIndicator:
    return OwnIndicator.model_validate(
        {
            "id": "made",
            "title": "Made",
            "short": "Made",
            "chapter": "outcome_1",
            "unit": "count",
            "decimals": 0,
            "time_identifier": "Reporting year",
            "period_means": "year to 31 March",
            "measures": "flow",
            "why": "so",
            "reading": "so",
            "limits": "so",
            **changes,
        }
    )


def known(*measures: Indicator) -> Known:
    everything = {one.id: one for one in (*catalogue().indicators, *measures)}
    return Known(everything, lambda _: {"age": frozenset({"0 to 4", "5 to 9", "10 to 17"})})


def figure(
    value: float | None,
    area: str = "383",
    period: str = "2025 Q1",
    breakdown: str = "total",
    category: str = "total",
    indicator: str = "made",
    **changes: Any,
) -> Figure:
    when = read_when(period, "Reporting year", "year to 31 March", "calendar")
    status = "ok" if value is not None else "c"
    plain: dict[str, Any] = {"numerator": None, "denominator": None, "status": status, **changes}
    return Figure(indicator, area, when, breakdown, category, value, **plain)


def looked(content: str | bytes, name: str = "figures.csv", before: Local | None = None) -> Checked:
    raw = content.encode() if isinstance(content, str) else content
    return look({name: raw}, known(measure()), TODAY, before or Local())


def problem(content: str | bytes, name: str = "figures.csv") -> str:
    """The first problem of a file, as it is told."""
    return str(looked(content, name).problems[0].what)


def keep(folder: Path, content: str | bytes, name: str = "figures.csv") -> Local:
    """Add a file to a folder, and read the folder again."""
    published = Published()
    before = load(folder, catalogue(), published)
    allowed = known_of(catalogue(), before.own, published)
    raw = content.encode() if isinstance(content, str) else content
    checked = look({name: raw}, allowed, TODAY, before)
    add(folder, [name], checked, allowed, published, TODAY)
    return load(folder, catalogue(), published)


def xlsx(rows: list[list[Any]], extra: dict[str, bytes] | None = None, sheet: str = "") -> bytes:
    """A workbook of one sheet, written by hand; `sheet` replaces the rows' mark-up."""
    body = sheet or "".join(
        f'<row r="{at}">{"".join(_cell(cell) for cell in row)}</row>'
        for at, row in enumerate(rows, 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    members = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships"><Relationship'
        f' Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{head}<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{main}"><sheetData>{body}'
        "</sheetData></worksheet>",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return content.getvalue()


def _cell(cell: Any) -> str:
    if isinstance(cell, str):
        return f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return "<c/>" if cell is None else f"<c><v>{cell}</v></c>"
