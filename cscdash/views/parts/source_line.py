"""Where the values of an indicator come from, in a line."""

from collections.abc import Iterable

from cscdash.analysis.extract import Extract
from cscdash.periods import say_date
from cscdash.views.loaded import store


def source_line(held: Extract) -> str:
    """The releases behind an indicator's values, newest first, with the date of publication.

    Returns
    -------
    str
        Such as ``Source: Department for Education, Children in need, 2025 (published 30 October
        2025).``
    """
    if store().demonstration:
        return ""
    releases = store().package.get("releases", {})
    used = [name for name in held.releases if name in releases]
    said = [_release(releases[name]) for name in used[:3]]
    more = " and earlier releases" if len(used) > 3 else ""
    return f"Source: {'; '.join(said)}{more}." if said else ""


def sources_of(extracts: Iterable[Extract]) -> list[str]:
    """Every release behind several indicators, each once, by name."""
    releases = store().package.get("releases", {})
    if store().demonstration:
        return []
    used = {name for held in extracts for name in held.releases if name in releases}
    return sorted(_release(releases[name]) for name in used)


def _release(release: dict[str, str]) -> str:
    published = release.get("published")
    when = f" (published {say_date(published)})" if published else ""
    return f"{release['publisher']}, {release['title']}{when}"
