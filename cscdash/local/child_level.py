"""Files that look as if each row were about one child: they are refused whole.

A guard for a slip of the hand, not a proof: it looks for what such lists have in common.
"""

import re
from collections.abc import Sequence

from cscdash.errors import CscdashError
from cscdash.local.uploaded_tables import Rows

_HEADINGS = re.compile(
    r"(?:^|_)(?:dob|d_o_b|date_of_birth|birth_date|birthdate|born|upn|uln|unique_pupil_number"
    r"|nhs|nhs_number|nhs_no|surname|forename|forenames|first_name|last_name|family_name"
    r"|given_name|full_name|child_name|name_of_child|pupil_name|child_id|childs_name|person_id"
    r"|client_id|pupil_id|case_id|case_number|case_no|case_ref|mosaic_id|liquidlogic_id|lcs_id"
    r"|ics_id|ssda903_id|la_child_id|child_unique_id|postcode|home_address|address|worker_name"
    r"|social_worker)(?:$|_)"
)
_CELLS = (
    ("a unique pupil number", re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-Z]\b", re.IGNORECASE)),
    (
        "a postcode",
        re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE),
    ),
    ("an NHS number", re.compile(r"\b\d{3}[ -]\d{3}[ -]\d{4}\b")),
    ("a date of birth", re.compile(r"\b(?:d\.?o\.?b\.?|born on|date of birth)\b", re.IGNORECASE)),
)
_SUSPECT_REPEATS = 20  # the same area, period and group again and again
_MOST_PER_AREA = 2_000  # rows of one area and one indicator


def refuse_child_level(rows: Rows, name: str) -> None:
    """Refuse a table that looks like records of children.

    Raises
    ------
    CscdashError
        Saying what it looks like, and what to bring in its place. The words of the file are
        not repeated in the message.
    """
    for heading in rows[0]:
        plain = re.sub(r"[^a-z0-9]+", "_", heading.lower().replace("'", "")).strip("_")
        if _HEADINGS.search(plain):
            raise _refusal(name, "one of its columns is named like a detail of a child or a case")
    seen: set[str] = set()
    for at, row in enumerate(rows, 1):
        for cell in row:
            if len(cell) < 4 or cell in seen:
                continue
            seen.add(cell)
            for what, pattern in _CELLS:
                if pattern.search(cell):
                    raise _refusal(name, f"row {at} holds what looks like {what}")
    _repeats(rows, name)


def _repeats(rows: Rows, name: str) -> None:
    """One row for each child shows as the same area, period and group many times over."""
    header = [cell.strip().lower() for cell in rows[0]]
    places = [header.index(c) for c in ("indicator", "area") if c in header]
    cells = places + [header.index(c) for c in ("period", "breakdown", "category") if c in header]
    if "area" not in header:
        return
    if _most(rows, places) > _MOST_PER_AREA:
        raise _refusal(name, "it has thousands of rows for one area")
    if "period" in header and _most(rows, cells) >= _SUSPECT_REPEATS:
        raise _refusal(name, "it has many rows for the same area, period and group")


def _most(rows: Rows, places: Sequence[int]) -> int:
    counts: dict[tuple[str, ...], int] = {}
    for row in rows[1:]:
        key = tuple(row[at] if at < len(row) else "" for at in places)
        counts[key] = counts.get(key, 0) + 1
    return max(counts.values(), default=0)


def _refusal(name: str, what: str) -> CscdashError:
    return CscdashError(
        f"{name} looks like records of children: {what}. Nothing was kept. Bring totals only,"
        " one row for each area, period and group, with how many children were counted."
    )
