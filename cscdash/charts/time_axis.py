"""What stands at the axes of charts."""


def year_words(double_year: bool) -> str:
    """What stands at the years of an axis: ``2025``, or ``2024/25``; a part of a year is silent."""
    year = "floor(datum.value)"
    label = f"({year} - 1) + '/' + slice('' + {year}, 2)" if double_year else f"'' + {year}"
    return f"datum.value % 1 < 0.01 ? {label} : ''"


def tick(unit: str) -> str:
    """What stands at the numbers of an axis: ``%``, ``£``, or nothing."""
    return {"percent": "%", "pounds": "£"}.get(unit, "")


def tick_words(tick: str) -> str:
    """What stands at the numbers of an axis: the number, with ``%`` behind or ``£`` before it."""
    before = "'£' + " if tick == "£" else ""
    after = f" + '{tick}'" if tick == "%" else ""
    return f"{before}format(datum.value, ',~f'){after}"
