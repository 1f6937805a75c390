"""An independent look for hidden cells that can be worked out from what is shown beside them."""

from collections.abc import Iterator

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
    told = told.astype({column: str for column in [*KEY, "status"]})
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
    wide = told.pivot(index="area", columns=["period", "breakdown", "category"], values="status")
    for parent, children in _sums().items():
        inside = wide.reindex(children)
        hidden = (inside == "c").sum()
        unknown = inside.isin(["u", "x"]).sum()
        above = wide.loc["E12000007" if parent == "halves" else parent]
        for cell in hidden.index[(hidden == 1) & (unknown == 0) & (above == "ok")]:
            yield f"{parent} gives away its one hidden area: {cell}"
        for cell in hidden.index[(hidden == 0) & (unknown == 0) & (above == "c")]:
            yield f"{parent} is given away by its areas: {cell}"


def _by_category(told: pd.DataFrame) -> Iterator[str]:
    """One hidden category among those that add up to something shown."""
    total = told[told["breakdown"] == "total"].set_index(["area", "period"])
    for name, part in told[told["breakdown"] != "total"].groupby("breakdown"):
        number = part.pivot(index=["area", "period"], columns="category", values="number")
        status = part.pivot(index=["area", "period"], columns="category", values="status")
        below = part.groupby(["area", "period"])["denominator"].max()
        whole = total["number"].reindex(number.index)
        complete = number.notna().all(axis=1)
        adds_up = {
            "numerator": _same(number.sum(axis=1)[complete], whole[complete]),
            "denominator": _same(number.sum(axis=1)[complete], below[complete]),
        }
        one = ((status == "c").sum(axis=1) == 1) & status.isin(["ok", "k", "c"]).all(axis=1)
        known = {"numerator": whole.notna(), "denominator": below.notna()}
        for what, holds in adds_up.items():
            if holds:
                for cell in number.index[one & known[what]]:
                    yield f"{name}: the {what} gives away the one hidden category: {cell}"


def _same(left: pd.Series, right: pd.Series) -> bool:
    return len(left) > 0 and bool(((left - right).abs() < 0.5).mean() > 0.9)
