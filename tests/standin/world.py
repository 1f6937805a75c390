"""What the stand-in's publishers have: publications with releases, repositories, addresses."""

import hashlib
import io
import uuid
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CONTENT = "content.explore-education-statistics.service.gov.uk"
SPACE = uuid.UUID("6f2d7c1e-0d36-4c58-9f0e-4f1d0c5b7a11")


def guid(*parts: object) -> str:
    return str(uuid.uuid5(SPACE, "/".join(map(str, parts))))


@dataclass
class Published:
    """A file of a release."""

    name: str
    title: str
    content: bytes
    version: int = 1
    rows: int | None = None

    def count(self) -> int:
        return self.content.count(b"\n") - 1 if self.rows is None else self.rows


@dataclass
class Release:
    slug: str
    title: str
    files: list[Published]
    published: str = "2025-11-20T09:30:00Z"
    version: int = 1

    def updated(self) -> str:
        return f"2025-11-{19 + self.version:02d}T09:30:00Z"


@dataclass
class Publication:
    slug: str
    title: str
    releases: list[Release]  # newest first
    due: dict[str, Any] | None = None

    @property
    def id(self) -> str:
        return guid("publication", self.slug)

    def version_id(self, release: Release) -> str:
        return guid("version", self.slug, release.slug, release.version)

    def file_ids(self, release: Release, file: Published) -> tuple[str, str]:
        """The data set's id, kept when a release is amended, and the file's, which is not."""
        return (
            guid("set", self.slug, release.slug, file.name, file.title),
            guid("file", self.slug, release.slug, file.name, file.title, file.version),
        )

    def archive(self, release: Release) -> bytes:
        text = "\n".join(f"{f.title}\n\nFilename: {f.name}\n" for f in release.files)
        members = {f"data/{file.name}": file.content for file in release.files}
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in {**members, "data-guidance/data-guidance.txt": text}.items():
                archive.writestr(name, data)
        return content.getvalue()


@dataclass
class World:
    publications: list[Publication] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)
    folders: dict[tuple[str, str], dict[str, bytes]] = field(default_factory=dict)
    addresses: dict[str, bytes] = field(default_factory=dict)  # host and path -> content
    in_data_api: set[str] = field(default_factory=set)  # slugs

    def publication(self, slug: str) -> Publication | None:
        return next((p for p in self.publications if p.slug == slug), None)


def blob(content: bytes) -> str:
    return hashlib.sha1(f"blob {len(content)}\0".encode() + content).hexdigest()


_TITLES = {
    "children-in-need": "children-in-need",
    "children-looked-after": "children-looked-after-in-england-including-adoptions",
    "outcomes-for-children-in-need": (
        "outcomes-for-children-in-need-including-children-looked-after-by-local-authorities-"
        "in-england"
    ),
    "social-work-workforce": "children-s-social-work-workforce",
    "stability-measures": "stability-measures-for-children-looked-after-in-england",
}


def real_world(published: Path) -> World:
    """The files of a folder of published files, each where its publisher has it."""
    made: dict[str, list[Release]] = {}
    for folder in sorted((published / "ees").iterdir(), reverse=True):
        name, _, year = folder.name.rpartition("_")
        files = [
            Published(file.name, file.stem.replace("_", " "), file.read_bytes())
            for file in sorted((folder / "data").iterdir())
        ]
        release = Release(year, f"Reporting year {year}", files, f"{year}-11-20T09:30:00Z")
        made.setdefault(_TITLES[name], []).append(release)
    due = {"year": 2026, "month": 11, "day": 19}
    everything = [Publication(slug, slug, releases, due) for slug, releases in made.items()]
    csc = ("dfe-analytical-services/CSC_outcomes_and_enablers", "data-raw")
    lait = ("dfe-analytical-services/local-authority-interactive-tool", "01_data/02_prod")
    raw = {
        file.name: file.read_bytes()
        for folder in ("finance", "ofsted", "population", "fingertips")
        for file in (published / folder).iterdir()
        if file.suffix in (".ods", ".csv") and "ethnic" not in file.name
    }
    series = {file.name: file.read_bytes() for file in (published / "lait").iterdir()}
    admissions = next((published / "fingertips").glob("la_*")).read_bytes()
    arcgis = "services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/"
    map_ = (published.parent / "geo" / "ctyua_2023_england.geojson").read_bytes()
    edition = "Counties_and_Unitary_Authorities_December_2025_Boundaries_UK_BUC/FeatureServer/0"
    return World(
        everything,
        {"characteristics-of-children-in-need": "children-in-need"},
        {csc: raw, lait: series},
        {
            "fingertips.phe.org.uk/api/all_data/csv/by_indicator_id": admissions,
            f"{arcgis}{edition}/query": map_,
        },
    )
