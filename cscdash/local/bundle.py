"""A bundle: several authorities' files as one folder to share, small numbers hidden again."""

import csv
import hashlib
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from cscdash.errors import CscdashError
from cscdash.local.folder_files import AUDITED, write_audited, write_table
from cscdash.local.kept_table import as_table
from cscdash.local.own_measures import Known
from cscdash.local.published_figures import Published
from cscdash.local.row_checks import Checked
from cscdash.local.shown_figures import shown_form
from cscdash.local.suppression import hide
from cscdash.places import places

RECORD = "given.csv"
BUNDLE = "bundle.parquet"


def bundle(
    files: Mapping[str, bytes],
    checked: Checked,
    known: Known,
    published: Published,
    to: Path,
    today: date,
) -> Path:
    """Merge checked files into a folder that an app can be pointed to with ``CSCDASH_LOCAL``.

    Parameters
    ----------
    files : mapping of str to bytes
        What was given, for the record.
    checked : Checked
        All their figures.
    known, published
        As for `keep.add`: small numbers are hidden over all files together.
    to : Path
        The folder; ``given.csv`` in it says who gave what and when.
    today : date
        When it was given.

    Raises
    ------
    CscdashError
        If there is a problem with any row, or the folder holds something else.
    """
    if checked.problems or not checked.figures:
        raise CscdashError("Nothing was bundled: every row has to be right first.")
    if to.exists() and not to.is_dir():
        raise CscdashError(f"{to} is a file: name a folder.")
    if to.is_dir() and {p.name for p in to.iterdir()} - {RECORD, BUNDLE, AUDITED}:
        raise CscdashError(f"{to} holds other files: name a new folder for the bundle.")
    shown = hide(
        checked.figures, known.measures, published.hidden, known.categories, published.between
    )
    rounded = [shown_form(one, known.measures[one.indicator], published) for one in shown]
    write_table(to / BUNDLE, as_table(rounded))
    write_audited(to, {BUNDLE: (", ".join(files)[:300], today.isoformat())})
    try:
        (to / RECORD).write_text(_record(files, checked, today), encoding="utf-8-sig")
    except OSError as error:
        raise CscdashError(f"{to} cannot be written: {error.strerror or error}.") from error
    return to / BUNDLE


def _record(files: Mapping[str, bytes], checked: Checked, today: date) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["given", "file", "owners", "areas", "indicators", "figures", "sha256"])
    for name, content in files.items():
        own = [f for f in checked.figures if f.at.startswith(f"{name}, row ")]
        areas = sorted({places().areas[f.area].short for f in own})
        owners = sorted({f.owner for f in own} - {""})
        indicators = sorted({f.indicator for f in own})
        mark = hashlib.sha256(content).hexdigest()
        writer.writerow(
            [today.isoformat()]
            + [_harmless(c) for c in (name, "; ".join(owners), "; ".join(areas))]
            + ["; ".join(indicators), len(own), mark]
        )
    return text.getvalue()


def _harmless(cell: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
