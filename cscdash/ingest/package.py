"""What ``datapackage.json`` says of a build: its releases, its extracts, the latest inspections."""

from datetime import UTC, datetime
from typing import Any

from cscdash import __version__
from cscdash.catalogue.models import Catalogue, Indicator
from cscdash.ingest.ofsted import InspectionTable, latest_inspections
from cscdash.ingest.published_table import Table
from cscdash.ingest.read_folder import Read


def release_of(catalogue: Catalogue, table: Table) -> str:
    """What observations say of the release that they came from: ``children_in_need 2025``."""
    return f"{catalogue.publication_of(table.dataset).id} {table.latest}"


def describe(indicator: Indicator, files: list[str]) -> dict[str, Any]:
    """What ``datapackage.json`` says of an indicator's extract."""
    return {
        "title": indicator.title,
        "description": f"{indicator.numerator} ÷ {indicator.denominator}"
        if indicator.denominator
        else indicator.numerator,
        "unit": indicator.unit,
        "files": files,
    }


def package_of(catalogue: Catalogue, read: Read) -> dict[str, Any]:
    """What ``datapackage.json`` says of the whole build."""
    releases: dict[str, dict[str, Any]] = {}
    for tables in read.tables.values():
        for table in tables:
            publication = catalogue.publication_of(table.dataset)
            release = releases.setdefault(
                release_of(catalogue, table),
                {
                    "title": f"{publication.title}, {table.latest}",
                    "publisher": publication.publisher,
                    "path": publication.page,
                    "licence": publication.licence,
                    "attribution": publication.attribution,
                    "published": publication.released.get(str(table.latest)),
                    "files": [],
                },
            )
            release["files"].append(table.label)
            if table.issued:  # the file itself says which issue of the release it is
                release["published"] = table.issued.isoformat()
    return {
        "name": "cscdash-extracts",
        "title": "Extracts of published returns on children's social care in England",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "demonstration": False,
        "licenses": [{"name": "OGL-UK-3.0", "title": "Open Government Licence v3.0"}],
        "releases": dict(sorted(releases.items())),
        "inspections": _inspections(catalogue, read),
    }


def _inspections(catalogue: Catalogue, read: Read) -> dict[str, dict[str, Any]]:
    """Each authority's latest inspection, from the newest workbook; context, no observation."""
    known = [t for tables in read.tables.values() for t in tables if isinstance(t, InspectionTable)]
    if not known:
        return {}
    newest = max(known, key=lambda table: table.latest)
    sources = [s for i in catalogue.indicators for s in i.source if s.dataset == newest.dataset]
    headings = dict.fromkeys(str(s.where["heading"]) for s in sources if "heading" in s.where)
    return latest_inspections(newest.history, headings)
