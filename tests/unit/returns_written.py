"""Returns written by hand for tests: a few rows of each table, as a system exports them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import MappingProxyType

from cscdash.returns.figures import count_all
from cscdash.returns.files import read_folder
from cscdash.returns.pooled import Pooled

EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
)

HEADS = {
    "uasc": "CHILD,SEX,DOB,DUC",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "health": "CHILD,SDQ_SCORE,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT"
    ",SUBSTANCE_MISUSE",
    "leavers": "CHILD,IN_TOUCH,ACTIV,ACCOM,DOB",
}


def episode(
    child: str,
    start: str,
    rne: str = "S",
    end: str = "",
    rec: str = "",
    ls: str = "C2",
    place: str = "U5",
    at: str = "AA1 1AA",
) -> str:
    """A line of the episodes; dates as 31/03/2025."""
    return f"{child},{start},{rne},{ls},N1,{place},PR1,{end},{rec},,AA9 9AA,{at},"


def write(
    folder: Path,
    year: int,
    episodes: Sequence[str],
    births: dict[str, str],
    more: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """Write a return of a year, with an open episode late in it that shows which year it is.

    `more` has the lines of other tables, by the names of `HEADS`.
    """
    here = folder / str(year)
    here.mkdir(parents=True)
    marker = episode("LAST", f"31/03/{year}", at="ZZ9 9ZZ")
    lines = [EPISODES, *episodes, marker]
    (here / "episodes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    born = {"LAST": f"01/01/{year - 5}", **births}
    rows = [f"{child},1,{day},WBRI,,," for child, day in born.items()]
    header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
    (here / "header.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    for name, lines in more.items():
        (here / f"{name}.csv").write_text("\n".join([HEADS[name], *lines]) + "\n")


@contextmanager
def pooled(folder: Path) -> Iterator[Pooled]:
    """What lies below a folder, pooled."""
    with Pooled(read_folder(folder)) as found:
        yield found


def counts(folder: Path, day: str, groups: bool = False) -> dict[str, tuple[float, float]]:
    """Each measure that can be counted at a day; with its groups, as ``id / group / category``."""
    with pooled(folder) as found:
        all = count_all(found, date.fromisoformat(day))
    return {
        one.measure.id
        if one.breakdown == "total"
        else f"{one.measure.id} / {one.breakdown} / {one.category}": (one.above, one.below)
        for one in all
        if not one.why_not and (groups or one.breakdown == "total")
    }


def census(made: str, children: str, authority: str = "330") -> str:
    """A census in XML around its children."""
    return (
        "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2025</Year>"
        f"<ReferenceDate>{made}</ReferenceDate></CollectionDetails><Source><LEA>{authority}</LEA>"
        f"</Source></Header><Children>{children}</Children></Message>"
    )


def child(name: str, details: str, born: str = "2015-05-05") -> str:
    """A child of a census, with everything inside its ``CINdetails``."""
    return (
        f"<Child><ChildIdentifiers><LAchildID>{name}</LAchildID><PersonBirthDate>{born}"
        f"</PersonBirthDate></ChildIdentifiers>{details}</Child>"
    )


def details(referred: str, inside: str = "", closed: str = "", nfa: str = "0") -> str:
    """A referral of a census."""
    end = f"<CINclosureDate>{closed}</CINclosureDate>" if closed else ""
    return (
        f"<CINdetails><CINreferralDate>{referred}</CINreferralDate>{end}"
        f"<ReferralNFA>{nfa}</ReferralNFA>{inside}</CINdetails>"
    )
