"""What stands at the axes of charts."""

from cscdash.analysis.number_format import round_half_up
from cscdash.analysis.observations import without_joint


def year_words(double_year: bool) -> str:
    """What stands at the years of an axis: ``2025``, or ``2024/25``; a part of a year is silent."""
    year = "floor(datum.value)"
    label = f"({year} - 1) + '/' + slice('' + {year}, 2)" if double_year else f"'' + {year}"
    return f"datum.value % 1 < 0.01 ? {label} : ''"


def tick(unit: str) -> str:
    """What stands at the numbers of an axis: ``%``, ``£``, or nothing."""
    return {"percent": "%", "pounds": "£"}.get(unit, "")


def tick_words(tick: str) -> str:
    """What stands at the numbers of an axis: ``57%``, ``£1,484``, ``£12m``, ``57``."""
    if tick == "£":
        millions = "'£' + format(datum.value / 1e6, ',~f') + 'm'"
        thousands = "'£' + format(datum.value / 1e9, ',~f') + 'bn'"
        small = f"abs(datum.value) >= 1e6 ? {millions} : '£' + format(datum.value, ',~f')"
        return f"abs(datum.value) >= 1e9 ? {thousands} : {small}"
    after = f" + '{tick}'" if tick == "%" else ""
    return f"format(datum.value, ',~f'){after}"


_UNITS = {
    "rate per 10,000": "per 10,000",
    "percent": "",  # its sign stands at every number
    "pounds": "",
    "count": "number",
    "score": "score",
    "months": "months",
    "ratio": "ratio",
    "index": "index",
}


def unit_words(unit: str) -> str:
    """What stands at an axis: its unit."""
    return _UNITS.get(unit, unit)


def brief(text: str, value: float | None) -> str:
    """A printed value as it stands in a chart whose axis bears the unit, or the letter of why not.

    Such as ``17`` for ``17 months``, ``£12.6m`` for ``£12,571,000``, ``[c]``, ``–``.
    """
    if value is None:
        return text.partition("]")[0] + "]" if text.startswith("[") else "–"
    if text.startswith("£") and abs(value) >= 1e9:
        return f"£{round_half_up(value / 1e9, 2):,}bn"
    if text.startswith("£") and abs(value) >= 1e6:
        return f"£{round_half_up(value / 1e6, 0 if abs(value) >= 1e8 else 1):,}m"
    return without_joint(text).removesuffix(" months").removesuffix(" month")
