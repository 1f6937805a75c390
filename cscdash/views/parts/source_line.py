"""Where the numbers of a chart come from, in a line."""

from collections.abc import Sequence

from cscdash.analysis.wording import listed
from cscdash.periods import say_date
from cscdash.views.loaded import store


def source_line(releases: Sequence[str]) -> str:
    """The releases that some numbers come from, each publication once, with its dates.

    Parameters
    ----------
    releases : sequence of str
        As `charts.drawing.Drawing.releases` gives them.

    Returns
    -------
    str
        Such as ``Source: Department for Education, Children in need, 2025 (published 30 October
        2025) and 2024.``; empty for invented values.
    """
    if store().demonstration:
        return ""
    known = store().package.get("releases", {})
    editions: dict[str, list[str]] = {}
    for name in releases:
        release = known.get(name, {"title": name, "publisher": ""})
        title, _, year = release["title"].rpartition(", ")
        of = ", ".join(filter(None, [release["publisher"], title]))
        when = release.get("published")
        said = f" (published {say_date(when)})" if when else ""
        editions.setdefault(of, []).append(f"{year}{said}")
    parts = [", ".join(filter(None, [of, listed(years)])) for of, years in editions.items()]
    return f"Source: {'; '.join(parts)}." if parts else ""
