"""A session as a group might have left it, and the pack that is made of it."""

from datetime import date

import pandas as pd

from cscdash.charts.export import PAPER
from cscdash.charts.guess_strip import Mark, strip_rows, strip_template
from cscdash.learning.pack import Exhibit, Pack, draw
from cscdash.learning.session import Earlier, Entry, Guess, Looked, Session

SENTENCE = "Hackney stood at 19.9% in 2025, the same as in 2024."
SOURCE = "Source: Department for Education, Children in need, 2025 (published 30 October 2025)."


def session(**changes: object) -> Session:
    looked = Looked(
        guesses=[Guess(value=22, area="204", name="Ann"), Guess(value=31.5, area="204")],
        notice="It has stood still for a year.",
        wonder="I wonder who comes back.",
        causes=["data", "practice"],
        could_be="Perhaps we close too soon.",
        alongside="Referrals went up.",
        voices="Parents say nobody rang them.",
        entries=[
            Entry(kind="action", text="Ring ten families", owner="Bo", by_when="May",
                  evidence="What they say", links="Audit of 2025", confidence="fairly sure"),
            Entry(kind="question", text="Who comes back twice?"),
            Entry(kind="system blocker", text="Police forms come late in Hackney"),
            Entry(kind="practice guide idea", text="How to end help"),
            Entry(kind="insight", text="Returns may be trust"),
            Entry(kind="action", text=""),
        ],
    )  # fmt: skip
    made = {
        "title": "Front door",
        "held": date(2026, 3, 9),
        "people": ["Ann", "Bo"],
        "areas": ["204"],
        "indicators": ["repeat_referrals", "looked_after_rate"],
        "looked": {"repeat_referrals": looked},
        "earlier": [
            Earlier(indicator="looked_after_rate", held=date(2025, 9, 1), state="done",
                    entry=Entry(kind="action", text="Ask the court team"), said="They came"),
        ],
        **changes,
    }  # fmt: skip
    return Session.model_validate(made)


def exhibit(id: str = "repeat_referrals", title: str = "Repeat referrals") -> Exhibit:
    return Exhibit(
        indicator=id,
        code="204",
        area="Hackney",
        title=title,
        chapter="Outcome 1: Families stay together",
        period="2025",
        value="19.9%",
        sentence=SENTENCE,
        moved="Since 2024: the same.",
        source=SOURCE,
        caveats=("It counts referrals, not families.", "[x] not available"),
        questions=("Who comes back?",),
        table=pd.DataFrame({"Period": ["2024", "2025"], "Hackney": ["19.9%", "[x]"]}),
        spec=strip_template(PAPER, "%"),
        rows=strip_rows([Mark("other", 22.0, "Ann")], [Mark("own", 19.9, "Hackney")], 0, 40),
        alt="Repeat referrals, to 2025: Hackney",
        say=lambda value: f"{value:.1f}%",
    )


EXHIBITS = (exhibit(), exhibit("looked_after_rate", "Children looked after"))
_DRAWN: dict[str, bytes] = {}


def pack(kept: Session | None = None, invented: bool = False) -> Pack:
    if not _DRAWN:
        _DRAWN.update(draw(EXHIBITS))
    return Pack(kept or session(), EXHIBITS, _DRAWN, invented, "2026-03-01")
