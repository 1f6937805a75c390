"""State is the address: links win over the session, and unknown values fall back with a notice."""

from typing import Any

from streamlit.testing.v1 import AppTest


def page() -> None:
    """A page with one choice of the app, one of the page and a switch, as the app uses them."""
    import streamlit as st

    from cscdash.views.frame.address import begin, choose, say_notices, switch

    begin()
    choose(
        "area",
        ["E1", "926", "204"],
        "E1",
        lambda options, key: st.selectbox("Area", options, key=key),
    )
    here = st.session_state.get("page", "one")
    choose(
        "view",
        ["time", "who"],
        "time",
        lambda options, key: st.radio("View", options, key=key),
        page=here,
        what="view",
    )
    switch("zero", "Axis from zero", page=here, default=True)
    say_notices()


def opened(**query: str) -> AppTest:
    at = AppTest.from_function(page)
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def go(at: AppTest, **query: str) -> AppTest:
    """Follow a link in an open session."""
    at.query_params.clear()
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def address(at: AppTest) -> dict[str, str]:
    return {name: str(value) for name, value in at.query_params.items()}


def shown(at: AppTest) -> tuple[Any, Any, Any]:
    assert not at.exception
    return at.selectbox[0].value, at.radio[0].value, at.toggle[0].value


def test_a_first_visit_shows_what_is_usual_and_says_so_in_the_address() -> None:
    at = opened()
    assert shown(at) == ("E1", "time", True)
    assert address(at) == {"area": "E1", "view": "time"}


def test_a_deep_link_is_followed() -> None:
    at = opened(area="926", view="who", zero="0")
    assert shown(at) == ("926", "who", False)
    assert address(at) == {"area": "926", "view": "who", "zero": "0"}
    assert not at.info


def test_a_choice_is_written_and_stays() -> None:
    at = opened(area="926")
    at.selectbox[0].set_value("204").run()
    assert shown(at)[0] == "204" and address(at)["area"] == "204"
    at.run()
    assert shown(at)[0] == "204"
    at.toggle[0].set_value(False).run()
    assert address(at)["zero"] == "0"
    at.toggle[0].set_value(True).run()
    assert "zero" not in address(at)


def test_a_link_followed_in_an_open_session_wins() -> None:
    at = opened(area="926", view="who")
    at.selectbox[0].set_value("204").run()
    go(at, area="926", view="time")
    assert shown(at) == ("926", "time", True)


def test_the_same_whole_address_shows_the_same_whatever_came_before() -> None:
    at = opened(area="926", view="who", zero="0")
    go(at, area="926")
    assert shown(at) == ("926", "time", True)
    assert address(at) == {"area": "926", "view": "time"}


def test_going_back_undoes_a_switch() -> None:
    at = opened(area="926")
    before = address(at)
    at.toggle[0].set_value(False).run()
    go(at, **before)
    assert shown(at) == ("926", "time", True)


def test_an_emptied_address_keeps_the_session() -> None:
    at = opened(area="926", view="who", zero="0")
    go(at)  # Streamlit empties the address when the page changes
    assert shown(at) == ("926", "who", False)
    assert address(at) == {"area": "926", "view": "who", "zero": "0"}


def test_each_page_keeps_its_own_choices_and_the_app_its_own() -> None:
    at = opened(area="926", view="who")
    at.session_state["page"] = "two"
    go(at)
    assert shown(at) == ("926", "time", True)
    at.session_state["page"] = "one"
    go(at)
    assert shown(at) == ("926", "who", True)


def test_a_link_to_another_page_is_followed_though_this_one_wrote_the_same() -> None:
    at = opened(area="926", view="time")
    at.session_state["page"] = "two"
    go(at)
    at.radio[0].set_value("who").run()
    at.session_state["page"] = "one"
    go(at, view="who")
    assert shown(at) == ("926", "who", True)


def test_an_unknown_value_falls_back_with_one_notice_said_once() -> None:
    at = opened(area="nowhere", view="time")
    assert shown(at)[0] == "E1"
    assert [info.value for info in at.info] == [
        "The choice in this address is not one we know, so another is shown."
    ]
    assert address(at)["area"] == "E1"
    at.run()
    assert not at.info


def test_hostile_values_are_not_repeated_on_the_page() -> None:
    for bad in ("<script>alert(1)</script>", "x" * 5000, "926\x00", "../../etc", "[link](//x)"):
        at = opened(area=bad, view=bad, zero=bad)
        assert shown(at) == ("E1", "time", True)
        said = " ".join(element.value for element in [*at.info, *at.markdown])
        assert bad not in said
        assert address(at) == {"area": "E1", "view": "time"}
