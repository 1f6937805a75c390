"""The returns that a system would have written of invented lives."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from cscdash.returns.invented.lives import Care, Case, Life, Lives, Stay

_RNE = {"first": "S", "move": "P", "carer": "T", "order": "L", "adopters": "U"}
_RNE |= {"hospital": "P", "back": "P"}
_HEADS = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
    "HOME_POST,PL_POST,URN",
    "uasc": "CHILD,SEX,DOB,DUC",
    "oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,"
    "HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    "oc3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
}


def write(lives: Lives, folder: Path, authority: str) -> None:
    """Write the returns of every year, each into a folder of its own.

    Parameters
    ----------
    lives : Lives
        Whom they are of.
    folder : Path
        Where to.
    authority : str
        The three-digit code that the census names.
    """
    for year in lives.years:
        here = folder / f"{year - 1}-{year % 100:02}"
        here.mkdir(parents=True)
        for name, lines in _care(lives.children, year).items():
            text = "\n".join([_HEADS[name], *lines]) + "\n"
            (here / f"{name}.csv").write_text(text, encoding="utf-8")
        (here / "cin_census.xml").write_text(
            _census(lives.children, year, authority), encoding="utf-8"
        )


def holds(care: Care, year: int) -> bool:
    """Whether the return of a year has a period of care."""
    day = date(year, 3, 31)
    over = care.end is not None and care.end < date(year - 1, 4, 1)
    return care.start <= day and not over and (care.lost is None or day <= care.lost)


def _care(children: Iterable[Life], year: int) -> dict[str, list[str]]:
    lines: dict[str, list[str]] = {name: [] for name in _HEADS}
    first, day = date(year - 1, 4, 1), date(year, 3, 31)
    for life in children:
        who, born = life.name, _said(life.born)
        sex = life.sex if year >= 2025 else "12"["MF".index(life.sex)]
        episodes = [
            line
            for care in life.care
            if holds(care, year)
            for line in _episodes(life, care, first, day)
        ]
        lines["episodes"] += episodes
        leaver = life.leaver.get(year)
        if episodes or leaver:
            lines["header"].append(f"{who},{sex},{born},{life.ethnicity},,,")
        if leaver:
            lines["oc3"].append(",".join((who, born, *leaver)))
        if not episodes:
            continue
        if life.alone:
            until = life.alone_until
            told = _said(until) if until and until <= day else ""
            lines["uasc"].append(f"{who},{sex},{born},{told}")
        if year in life.health:
            score, *flags = life.health[year]
            reason = "" if score else "SDQ2"
            lines["oc2"].append(",".join((who, born, score, reason, *flags, "", "")))
        for kind, start, end in life.missing:
            if start <= day and end >= first:
                back = _said(end) if end <= day else ""
                lines["missing"].append(f"{who},{born},{kind},{_said(start)},{back}")
    return lines


def _episodes(life: Life, care: Care, first: date, day: date) -> Iterable[str]:
    for at, stay in enumerate(care.stays):
        if stay.start > day:
            return
        follows = care.stays[at + 1] if at + 1 < len(care.stays) else None
        end = follows.start if follows else care.end
        if end is not None and end < first:
            continue
        shown = end is not None and end <= day
        reason = "" if not shown else "X1" if follows else care.reason
        yield _line(life, stay, _said(end) if end and shown else "", reason)


def _line(life: Life, stay: Stay, end: str, reason: str) -> str:
    given = (life.name, _said(stay.start), _RNE[stay.change], stay.order, life.need, stay.place)
    return ",".join((*given, stay.provider, end, reason, "", "QX1 1AA", stay.post, ""))


def _said(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _census(children: Iterable[Life], year: int, authority: str) -> str:
    found = [_child(life, year) for life in children]
    return (
        "<Message><Header><CollectionDetails><Collection>CIN</Collection>"
        f"<Year>{year}</Year><ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails>"
        f"<Source><SourceLevel>L</SourceLevel><LEA>{authority}</LEA></Source></Header>\n<Children>"
        + "\n".join(one for one in found if one)
        + "</Children></Message>\n"
    )


def _child(life: Life, year: int) -> str:
    first, day = date(year - 1, 4, 1), date(year, 3, 31)
    cases = [
        _case(case, life.need, first, day)
        for case in life.cases
        if case.referred <= day and (case.closed is None or case.closed >= first)
    ]
    if not cases:
        return ""
    birth = "PersonBirthDate" if life.born <= day else "ExpectedPersonBirthDate"
    return (
        f"<Child><ChildIdentifiers><LAchildID>{escape(life.name)}</LAchildID>"
        f"{_tag(birth, life.born)}<Sex>{life.sex}</Sex></ChildIdentifiers>"
        f"<ChildCharacteristics><Ethnicity>{life.ethnicity}</Ethnicity></ChildCharacteristics>"
        + "".join(cases)
        + "</Child>"
    )


def _case(case: Case, need: str, first: date, day: date) -> str:
    def known(name: str, value: date | None) -> str:
        return _tag(name, value) if value and value <= day else ""

    inside = [
        _tag("CINreferralDate", case.referred),
        f"<PrimaryNeedCode>{need}</PrimaryNeedCode>",
        known("CINclosureDate", case.closed),
    ]
    if case.closed and case.closed <= day:
        inside.append(_tag("ReasonForClosure", case.reason))
    inside += [known("DateOfInitialCPC", case.transferred), _tag("ReferralNFA", int(case.nfa))]
    for start, done, factor in case.assessments:
        if start <= day and done >= first:
            found = _tag("AssessmentFactors", "1A" if factor else "21")
            inside.append(
                f"<Assessments>{_tag('AssessmentActualStartDate', start)}"
                + known("AssessmentAuthorisationDate", done)
                + (_tag("FactorsIdentifiedAtAssessment", found) if done <= day else "")
                + "</Assessments>"
            )
    for start, met in case.enquiries:
        if start <= day and max(start, met or start) >= first:
            inside.append(
                f"<Section47>{_tag('S47ActualStartDate', start)}{known('DateOfInitialCPC', met)}"
                "</Section47>"
            )
    for start, end, before in case.plans:
        if start <= day and (end is None or end >= first):
            inside.append(
                f"<ChildProtectionPlans>{_tag('CPPstartDate', start)}{known('CPPendDate', end)}"
                f"{_tag('NumberOfPreviousCPP', before)}<Reviews>"
                + "".join(
                    _tag("CPPreviewDate", one)
                    for one in case.reviews.get(start, [])
                    if first <= one <= day
                )
                + "</Reviews></ChildProtectionPlans>"
            )
    return f"<CINdetails>{''.join(inside)}</CINdetails>"


def _tag(name: str, value: object) -> str:
    return f"<{name}>{value}</{name}>"
