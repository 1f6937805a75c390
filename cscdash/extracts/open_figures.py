"""Figures for other tools: the extracts as files at addresses that stay, and what changed."""

import csv
import json
import os
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

from cscdash.catalogue.models import Catalogue
from cscdash.errors import CscdashError
from cscdash.extracts.schema import MEANING, SCHEMA
from cscdash.extracts.store import PACKAGE, Store

CATALOGUE = "catalogue.csv"
FEED = "changes.atom"
BUILD = "build.txt"
_KINDS = {pa.float64(): "number", pa.date32(): "date"}
_ATOM = "http://www.w3.org/2005/Atom"


def write_open_figures(
    store: Store, folder: Path, catalogue: Catalogue, told: Mapping[str, Sequence[str]]
) -> None:
    """Write each extract as Parquet and CSV, the catalogue, a data package, and a feed of changes.

    Parameters
    ----------
    store : Store
        Of published figures.
    folder : Path
        Where they are to stand; what stood there gives way once all is written.
    catalogue : Catalogue
        What the indicators are.
    told : mapping of str to sequence of str
        When a build was made (ISO) -> what was new in it, a line each; the newest first.

    Raises
    ------
    CscdashError
        If the store is the demonstration, whose values are invented, or the folder cannot be
        written.
    """
    if store.demonstration:
        raise CscdashError("Invented figures are not offered to other tools.")
    new, old = folder.with_name(f"{folder.name}.new"), folder.with_name(f"{folder.name}.old")
    try:
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
        new.mkdir(parents=True)
        for id in store.indicators:
            table = store.table(id)
            shutil.copyfile(store.path / f"{id}.parquet", new / f"{id}.parquet")
            pa_csv.write_csv(_plain(table), new / f"{id}.csv")
        _write_catalogue(new / CATALOGUE, store, catalogue)
        (new / PACKAGE).write_text(json.dumps(_package(store), ensure_ascii=False), "utf-8")
        (new / FEED).write_bytes(_feed(store, told))
        (new / BUILD).write_text(store.build, "utf-8")
        if folder.exists():
            os.replace(folder, old)
        os.replace(new, folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise CscdashError(f"{folder} cannot be written: {error.strerror or error}.") from error


def _plain(table: pa.Table) -> pa.Table:
    """Words as text: a CSV has no dictionaries."""
    schema = pa.schema(
        [
            pa.field(one.name, pa.string() if pa.types.is_dictionary(one.type) else one.type)
            for one in table.schema
        ]
    )
    return table.cast(schema)


def _write_catalogue(file: Path, store: Store, catalogue: Catalogue) -> None:
    here = set(store.indicators)
    with file.open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(
            ["id", "chapter", "title", "unit", "decimals", "numerator", "denominator", "limits"]
        )
        for chapter in catalogue.chapters:
            for one in chapter.indicators:
                if one.id in here:
                    of = [one.numerator or "", one.denominator or "", one.limits]
                    rows.writerow([one.id, chapter.id, one.title, one.unit, one.decimals, *of])


def _package(store: Store) -> dict[str, object]:
    """The description of the files, as Frictionless Data has it."""
    fields = [
        {"name": one.name, "type": _KINDS.get(one.type, "string"), "description": MEANING[one.name]}
        for one in SCHEMA
    ]
    package = store.package
    return {
        **{key: package[key] for key in ("name", "title", "created", "licenses", "releases")},
        "resources": [
            {
                "name": one["name"],
                "path": f"{one['name']}.csv",
                "title": one["title"],
                "description": one["description"],
                "unit": one["unit"],
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": fields, "missingValues": [""]},
            }
            for one in package["resources"]
        ],
    }


def _feed(store: Store, told: Mapping[str, Sequence[str]]) -> bytes:
    """An Atom feed: an entry for each build that brought something new."""
    ET.register_namespace("", _ATOM)
    made = str(store.package["created"])
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _add(feed, "title", "New figures on children's social care in England")
    _add(feed, "id", "urn:cscdash:figures")
    _add(feed, "updated", made)
    _add(ET.SubElement(feed, f"{{{_ATOM}}}author"), "name", "cscdash")
    for when, lines in (
        told or {made: ["The figures were built here for the first time."]}
    ).items():
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        _add(entry, "title", f"Figures of {when[:10]}")
        _add(entry, "id", f"urn:cscdash:figures:{when}")
        _add(entry, "updated", when)
        _add(entry, "content", "\n".join(lines))
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = text
