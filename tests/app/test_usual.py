"""What is usual of a published series: on request, in the address, with a reader's baseline."""

from tests.app.reading import Visit

FOCUS = {"area": "E92000001", "indicator": "section_47_rate", "usual": "1"}


def said(visit: Visit, **more: str) -> tuple[str, dict[str, str], int]:
    page = visit("outcome_3", **FOCUS, **more)
    assert not page.exceptions and not page.errors
    return " ".join(page.texts()), page.address, len(page.charts)


def test_it_is_shown_on_request_with_its_chart(visit: Visit) -> None:
    words, address, charts = said(visit)
    assert address["usual"] == "1" and charts == 3
    assert "are usual for this series" in words and "(U' chart)" in words
    assert "A flow: each value counts what happened in twelve months." in words
    page = visit("outcome_3", area="E92000001", indicator="section_47_rate")
    assert "are usual for this series" not in " ".join(page.texts()) and len(page.charts) == 2


def test_a_new_baseline_and_its_reason_stand_in_the_address(visit: Visit) -> None:
    because = "a new <b>front door</b> [here](http://x)"
    words, _, _ = said(visit, baseline="2022-03-31", because=because)
    assert "2022 to 2025: we cannot say what is usual" in words
    words, address, _ = said(visit, baseline="2019-03-31", because=because)
    (told,) = [c.value for c in visit.at.caption if c.value.startswith("New baseline from 2019")]
    assert (address["baseline"], address["because"]) == ("2019-03-31", because)
    assert "rest on 6 values only" in words and "rest on 7 values only" in words
    assert "\\[here\\]" in told and "<b>" not in told.replace("\\<", "")


def test_a_baseline_that_is_none_and_a_childs_details_are_not_followed(visit: Visit) -> None:
    words, address, _ = said(visit, baseline="2019-13-31")
    assert "baseline" not in address and "are usual for this series" in words
    words, _, _ = said(visit, baseline="2019-03-31", because="Ella Smith, born 12/03/2015, moved")
    assert "looks like a detail of one person" in words and "set by a reader: Ella" not in words
