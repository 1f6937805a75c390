"""An independent look for hidden cells that can be worked out from what is shown beside them."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cscdash.places import places

KEY = ["area", "period", "breakdown", "category"]


def given_away(frame: pd.DataFrame, count: bool) -> list[str]:
    """Hidden cells of an extract that are one sum less its other, visible parts.

    Parameters
    ----------
    frame : DataFrame
        An extract as `Store.read` gives it.
    count : bool
        Whether the value itself is the number.
    """
    number = frame["value"] if count else frame["numerator"]
    told = frame.assign(number=number)
    told = told[["area", "period", "breakdown", "category", "number", "denominator", "status"]]
    told = told.astype(dict.fromkeys([*KEY, "status"], str))
    if told["number"].isna().all():
        return []
    return [*_by_area(told), *_by_category(told)]


def _sums() -> dict[str, list[str]]:
    known = places()
    england = known.england.code
    sums = {england: [region.code for region in known.regions]}
    halves = [half.code for half in known.subregions]
    for group in (*known.regions, *known.subregions):
        sums[group.code] = [
            area.code
            for area in (*known.authorities, *known.abolished)
            if group.code in (area.region, area.subregion)
        ]
    sums["halves"] = halves
    return sums


def _by_area(told: pd.DataFrame) -> Iterator[str]:
    """One hidden area in a sum whose other areas are shown, or none in a hidden sum."""
    area, areas = pd.factorize(told["area"])
    cell, cells = pd.factorize(told["period"] + ", " + told["breakdown"] + ", " + told["category"])
    wide = np.full((len(areas), len(cells)), "", dtype=object)
    wide[area, cell] = told["status"]
    at = {code: place for place, code in enumerate(areas)}
    for parent, children in _sums().items():
        if not set(children) & set(at):
            continue
        inside = wide[[at[child] for child in children if child in at]]
        hidden = (inside == "c").sum(axis=0)
        known = ~np.isin(inside, ["u", "x"]).any(axis=0)
        above = wide[at["E12000007" if parent == "halves" else parent]]
        for found in np.flatnonzero((hidden == 1) & known & (above == "ok")):
            yield f"{parent} gives away its one hidden area: {cells[found]}"
        for found in np.flatnonzero((hidden == 0) & known & (above == "c")):
            yield f"{parent} is given away by its areas: {cells[found]}"


def _by_category(told: pd.DataFrame) -> Iterator[str]:
    """One hidden category among those that add up to something shown."""
    place = ["area", "period"]
    total = told[told["breakdown"] == "total"].set_index(place)["number"]
    for name, part in told[told["breakdown"] != "total"].groupby("breakdown"):
        marked = part[[*place, "number", "denominator"]].assign(
            hidden=part["status"] == "c",
            missing=part["number"].isna(),
            apart=part["status"].isin(["u", "x", "z"]),
        )
        groups = marked.groupby(place)
        sums = groups["number"].sum()
        complete = groups["missing"].sum() == 0
        one = (groups["hidden"].sum() == 1) & (groups["apart"].sum() == 0)
        whole = total.reindex(sums.index)
        below = groups["denominator"].max()
        for what, shown in (("numerator", whole), ("denominator", below)):
            if _same(sums[complete], shown[complete]):
                for cell in sums.index[one & shown.notna()]:
                    yield f"{name}: the {what} gives away the one hidden category: {cell}"


def _same(left: pd.Series, right: pd.Series) -> bool:
    return len(left) > 0 and bool(((left - right).abs() < 0.5).mean() > 0.9)
