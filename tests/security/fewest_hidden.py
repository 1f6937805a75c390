"""The fewest figures that have to be hidden, by one programme over a whole table."""

from collections.abc import Iterable, Mapping

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

from tests.security.attacker import Attack, Cell

FAR = 40.0  # how far from what they are numbers are tried


def fewest_hidden(outsider: Attack, primary: Iterable[Cell]) -> int:
    """A bound from below: no choice of hidden figures is smaller.

    For each figure that has to be hidden there are two tables, true to all sums and to what stays
    shown, that lie five values apart in it. That those hidden with it need as much, and that
    unseen sums may be printed, is left out, so a choice that protects all may have to be larger.

    Parameters
    ----------
    outsider : Attack
        With the true numbers and the sums.
    primary : iterable of Cell
        What has to be hidden for itself.
    """
    primary = set(primary)
    sums = outsider.sums
    place: dict[Cell | int, int] = {}
    for number, (whole, parts, all_there) in enumerate(sums):
        for name in (whole, *parts, *(() if all_there else (number,))):
            place.setdefault(name, len(place))
    truth: Mapping[Cell, int] = outsider.truth
    targets = sorted(cell for cell in primary if cell in place and truth[cell] > 0)
    able = sorted(cell for cell in truth if cell in place and truth[cell] and cell not in primary)
    switch = {cell: at for at, cell in enumerate(able)}
    tables, size, first = 2 * len(targets), len(place), len(switch)
    low, high = np.zeros(first + tables * size), np.ones(first + tables * size)
    rows: list[dict[int, float]] = []
    least: list[float] = []
    most: list[float] = []

    def say(row: dict[int, float], at_least: float, at_most: float) -> None:
        rows.append(row)
        least.append(at_least)
        most.append(at_most)

    for start in (first + table * size for table in range(tables)):
        for name, at in place.items():
            known = truth.get(name, 0) if not isinstance(name, int) else 0
            moves = name in switch or (name in primary and known > 0) or name not in truth
            low[start + at] = -min(FAR, known - 1.0) if known and moves else -FAR * moves
            high[start + at] = FAR * moves
            if not isinstance(name, int) and name in switch:
                for sign in (1.0, -1.0):
                    say({start + at: sign, switch[name]: -FAR}, -np.inf, 0.0)
        for number, (whole, parts, all_there) in enumerate(sums):
            row = {start + place[whole]: -1.0} | {start + place[part]: 1.0 for part in parts}
            say(row | ({} if all_there else {start + place[number]: 1.0}), 0.0, 0.0)
    for number, target in enumerate(targets):
        at = first + 2 * number * size + place[target]
        say({at: 1.0, at + size: -1.0}, 4.0, np.inf)
    if not targets:
        return len(primary)
    matrix = lil_array((len(rows), len(low)))
    for number, row in enumerate(rows):
        for at, by in row.items():
            matrix[number, at] = by
    cost = np.r_[np.ones(first), np.zeros(tables * size)]
    done = milp(
        cost,
        constraints=LinearConstraint(matrix.tocsr(), least, most),
        bounds=Bounds(low, high),
        integrality=cost,
        options={"time_limit": 30.0},
    )
    bound = done.mip_dual_bound if done.status == 1 else done.fun
    return len(primary) + (0 if bound is None else int(np.ceil(bound - 1e-6)))
