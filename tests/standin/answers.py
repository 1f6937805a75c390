"""The stand-in's answers, shaped as the services shape theirs."""

import gzip
import json
from typing import Any

from .world import CONTENT, Publication, Release, World, blob

Answer = tuple[int, bytes, str]


def answer(world: World, host: str, path: str, query: dict[str, str]) -> Answer:
    """Status, body and kind of what a host says to a request."""
    if host == CONTENT and path.startswith("/api/"):
        return _content(world, path.removeprefix("/api/").split("/"), query)
    if host == "api.education.gov.uk":
        return _data_api(world, path.removeprefix("/statistics/v1/").split("/"))
    if host == "api.github.com":
        return _listing(world, path)
    if host == "raw.githubusercontent.com":
        for (repository, folder), files in world.folders.items():
            start = f"/{repository}/main/{folder}/"
            if path.startswith(start) and path.removeprefix(start) in files:
                return 200, files[path.removeprefix(start)], "text/plain; charset=utf-8"
        return 404, b"404: Not Found", "text/plain"
    if host == "services1.arcgis.com" and host + path not in world.addresses:
        error = {"error": {"code": 400, "message": "Invalid URL", "details": ["Invalid URL"]}}
        return 200, json.dumps(error).encode(), "application/json"
    if host + path in world.addresses:
        return 200, world.addresses[host + path], "text/csv"
    return 404, b"", "text/plain"


def _json(what: Any) -> Answer:
    return 200, json.dumps(what).encode(), "application/json; charset=utf-8"


NOT_FOUND: Answer = (404, b'{"title":"Not Found","status":404}', "application/problem+json")


def _content(world: World, parts: list[str], query: dict[str, str]) -> Answer:
    match parts:
        case ["redirects"]:
            moves = [{"fromSlug": a, "toSlug": b} for a, b in world.redirects.items()]
            return _json(
                {
                    "publicationRedirects": moves,
                    "methodologyRedirects": [],
                    "releaseRedirectsByPublicationSlug": {},
                }
            )
        case ["publications", slug, *rest]:
            publication = world.publication(slug)
            return _publication(publication, rest) if publication else NOT_FOUND
        case ["data-set-files"]:
            return _data_sets(world, query)
        case ["data-set-files", id, "download"]:
            for publication in world.publications:
                for release in publication.releases:
                    for file in release.files:
                        if publication.file_ids(release, file)[0] == id:
                            return 200, file.content, "text/csv"
        case ["releases", version, "files", *one]:
            for publication in world.publications:
                for release in publication.releases:
                    if publication.version_id(release) != version:
                        continue
                    if not one:
                        return 200, publication.archive(release), "application/octet-stream"
                    for file in release.files:
                        if publication.file_ids(release, file)[1] == one[0]:
                            return 200, file.content, "text/csv"
    return NOT_FOUND


def _publication(publication: Publication, rest: list[str]) -> Answer:
    newest = publication.releases[0]
    if not rest:
        told: dict[str, Any] = {
            "id": publication.id,
            "slug": publication.slug,
            "summary": "",
            "title": publication.title,
            "contact": {"teamName": "Statistics", "teamEmail": "statistics@example.org"},
            "latestRelease": {"id": "r", "slug": newest.slug, "title": newest.title},
            "theme": {"id": "t", "summary": "", "title": "Children's social care"},
        }
        return _json({**told, "nextReleaseDate": publication.due} if publication.due else told)
    if rest == ["releases"]:
        return _json(
            [
                {
                    "id": publication.version_id(release),
                    "releaseId": "r",
                    "title": release.title,
                    "slug": release.slug,
                    "published": release.published,
                    "latestRelease": release is newest,
                }
                for release in publication.releases
            ]
        )
    if rest == ["release-entries"]:
        entries = [
            {
                "title": release.title,
                "releaseId": "r",
                "isLatestRelease": release is newest,
                "lastUpdated": release.updated(),
                "published": release.published,
                "slug": release.slug,
            }
            for release in publication.releases
        ]
        return _json({"results": [*entries, {"title": "Older", "url": "/old"}], "paging": PAGING})
    for release in publication.releases:
        if rest == ["releases", release.slug, "data-content"]:
            return _json(
                {
                    "releaseId": "r",
                    "releaseVersionId": publication.version_id(release),
                    "dataSets": [
                        {
                            "dataSetFileId": publication.file_ids(release, file)[0],
                            "fileId": publication.file_ids(release, file)[1],
                            "title": file.title,
                            "meta": {"numDataFileRows": file.count()},
                            "isApiEnabled": False,
                        }
                        for file in release.files
                    ],
                }
            )
        if rest == ["releases", release.slug, "version-summary"]:
            return _json(
                {
                    "id": publication.version_id(release),
                    "releaseId": "r",
                    "isLatestRelease": release is newest,
                    "lastUpdated": release.updated(),
                    "published": release.published,
                    "publishingOrganisations": [],
                    "slug": release.slug,
                    "title": release.title,
                    "coverageTitle": "Reporting year",
                    "yearTitle": release.slug,
                    "type": "AccreditedOfficialStatistics",
                }
            )
    return NOT_FOUND


PAGING = {"page": 1, "pageSize": 40, "totalResults": 9, "totalPages": 1}


def _data_api(world: World, parts: list[str]) -> Answer:
    """The public data API: of each publication that is in it, the newest release."""
    known = {one.id: one for one in world.publications if one.slug in world.in_data_api}
    sets = {
        publication.file_ids(publication.releases[0], file)[0]: (publication, file)
        for publication in known.values()
        for file in publication.releases[0].files
    }
    match parts:
        case ["publications"]:
            found = [
                {"id": one.id, "title": one.title, "slug": one.slug, "summary": "",
                 "lastPublished": one.releases[0].published}
                for one in known.values()
            ]  # fmt: skip
            return _json({"paging": PAGING, "results": found})
        case ["publications", id, "data-sets"] if id in known:
            found = [
                {
                    "id": set_id,
                    "title": file.title,
                    "status": "Published",
                    "latestVersion": {
                        "version": f"{file.version}.0",
                        "published": publication.releases[0].published,
                        "totalResults": file.count(),
                        "timePeriods": {"start": "2024", "end": publication.releases[0].slug},
                    },
                }
                for set_id, (publication, file) in sets.items()
                if publication.id == id
            ]
            return _json({"paging": PAGING, "results": found})
        case ["data-sets", id, "csv"] if id in sets:
            return 200, gzip.compress(sets[id][1].content, mtime=0), "text/csv; gzip"
    return NOT_FOUND


def _data_sets(world: World, query: dict[str, str]) -> Answer:
    found: list[dict[str, Any]] = []
    for publication in world.publications:
        for release in publication.releases:
            newest = release is publication.releases[0]
            latest = newest and query.get("publicationId") == publication.id
            if latest or query.get("releaseId") == publication.version_id(release):
                found += _files(publication, release)
    page, size = int(query.get("page", 1)), int(query.get("pageSize", 10))
    if not 1 <= size <= 40:
        return 400, b'{"title":"One or more validation errors occurred."}', "application/json"
    pages = -(-len(found) // size)
    return _json(
        {
            "results": found[(page - 1) * size : page * size],
            "paging": {
                "page": page,
                "pageSize": size,
                "totalResults": len(found),
                "totalPages": pages,
            },
        }
    )


def _files(publication: Publication, release: Release) -> list[dict[str, Any]]:
    told = []
    for file in release.files:
        set_id, file_id = publication.file_ids(release, file)
        told.append(
            {
                "id": set_id,
                "fileId": file_id,
                "filename": file.name,
                "fileSize": "1 Mb",
                "fileExtension": "csv",
                "title": file.title,
                "content": "",
                "theme": {"id": "t", "title": "Children's social care"},
                "publication": {"id": publication.id, "title": "", "slug": publication.slug},
                "release": {
                    "id": publication.version_id(release),
                    "title": release.title,
                    "slug": release.slug,
                },
                "latestData": release is publication.releases[0],
                "isSuperseded": False,
                "published": release.published,
                "lastUpdated": release.updated(),
                "meta": {"numDataFileRows": file.count(), "geographicLevels": [], "filters": []},
            }
        )
    return told


def _listing(world: World, path: str) -> Answer:
    for (repository, folder), files in world.folders.items():
        if path == f"/repos/{repository}/contents/{folder}":
            return _json(
                [
                    {
                        "name": name,
                        "path": f"{folder}/{name}",
                        "sha": blob(content),
                        "size": len(content),
                        "type": "file",
                        "download_url": f"https://raw.githubusercontent.com/{repository}/main",
                    }
                    for name, content in files.items()
                ]
            )
    return 404, b'{"message":"Not Found"}', "application/json"
