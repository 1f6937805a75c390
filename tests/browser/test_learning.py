"""A whole session by keyboard alone, through a reload and a server that went away."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cscdash.learning.session import read
from tests.browser.looking import Sight
from tests.serving import Server, running
from tests.unit.test_learning_pack import Words, words_of_docx, words_of_pptx

AGENDA = "session?area=204&indicators=repeat_referrals.looked_after_rate"
NOTES = ("notice", "wonder", "could it be", "alongside", "voices")


@pytest.fixture
def away(data: Path) -> Iterator[Server]:
    with running(Server(data)) as server:
        yield server


def keys(sight: Sight, *pressed: str) -> Sight:
    for key in pressed:
        sight.page.keyboard.press(key)
    return sight.settle()


def typed(sight: Sight, words: str) -> Sight:
    """Into the first field, and out of it again."""
    sight.page.keyboard.press("e")
    sight.page.keyboard.type(words)
    return keys(sight, "Escape")


def guess(sight: Sight, name: str, value: str) -> Sight:
    sight.page.keyboard.press("e")
    sight.page.keyboard.type(name)
    sight.page.keyboard.press("Tab")
    sight.page.keyboard.type(value)
    keys(sight, "Enter")
    return keys(sight, "Escape")


def stored(sight: Sight) -> str:
    found: str = sight.page.evaluate("sessionStorage.getItem('cscdash-session') || ''")
    return found


def until(sight: Sight, words: str) -> None:
    """Wait until the tab keeps these words."""
    sight.page.wait_for_function(
        "words => (sessionStorage.getItem('cscdash-session') || '').includes(words)",
        arg=words,
        timeout=60_000,
    )
    sight.settle()


def saved(sight: Sight) -> dict[str, bytes]:
    """The record, made and downloaded with keys."""
    keys(sight, "m")
    everything = sight.page.get_by_role("button", name="Everything")
    everything.wait_for(timeout=120_000)
    everything.focus()
    with sight.page.expect_download(timeout=120_000) as download:
        sight.page.keyboard.press("Enter")
    archive = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    return {name.rsplit(".", 1)[-1]: archive.read(name) for name in archive.namelist()}


def test_a_whole_session(sights: Callable[..., Sight], away: Server) -> None:
    sight = sights(away.base, accept_downloads=True).open(AGENDA)
    keys(sight, "s")
    assert sight.title == "Before we look"
    keys(sight, "ArrowRight")
    assert sight.title == "Predict"
    guess(sight, "Ann", "22")
    guess(sight, "np1", "31.5")  # letters and digits that are shortcuts elsewhere
    assert sight.title == "Predict"
    keys(sight, "n")
    assert sight.title == "Reveal"
    assert "Hackney stood at" in sight.words()
    for note in NOTES:
        keys(sight, "n")
        typed(sight, f"first {note}")
    keys(sight, "8")
    typed(sight, "Ring ten families")

    # the server goes away in the middle of a word, and comes back knowing nothing
    keys(keys(sight, "7"), "e")
    sight.page.keyboard.press("End")
    sight.page.keyboard.type(", half a word")
    away.stop()
    sight.page.wait_for_timeout(500)
    away.start()
    sight.page.wait_for_timeout(1_000)
    sight.page.wait_for_function(
        "document.querySelector('[data-testid=\"stApp\"]')"
        ".getAttribute('data-test-connection-state') === 'CONNECTED'",
        timeout=60_000,
    )
    sight.settle()
    keys(sight, "Escape")
    until(sight, "first voices, half a word")
    assert sight.title == "What do children, families and staff tell us?"

    # a reload in the middle of another
    keys(keys(sight, "3"), "e")
    sight.page.keyboard.press("End")
    sight.page.keyboard.type(", typed and not left")
    sight.page.reload()
    sight.settle().settle()
    until(sight, "first notice, typed and not left")
    assert sight.title == "Notice"
    assert sight.page.locator("textarea").first.input_value().endswith("not left")

    # on to the second indicator and to the end
    keys(sight, "8")
    keys(sight, "ArrowRight")
    guess(sight, "Bo", "61")
    keys(sight, "ArrowRight")
    keys(sight, "p")
    assert sight.title == "Predict"
    keys(sight, "8")
    typed(sight, "Who comes into care?")
    keys(sight, "n")
    assert sight.title == "Take it home"

    files = saved(sight)
    html = "".join(Words(files["html"].decode()).text)
    outputs = {
        "docx": words_of_docx(files["docx"]),
        "pptx": words_of_pptx(files["pptx"]),
        "html": html,
        "md": files["md"].decode().replace("\\", ""),
        "json": files["json"].decode(),
    }
    wanted = [f"first {note}" for note in NOTES] + ["typed and not left", "half a word"]
    wanted += ["Ring ten families", "Who comes into care?", "Ann", "np1", "Bo", "22", "31.5", "61"]
    for form, said in outputs.items():
        assert [words for words in wanted if words not in said] == [], form
    kept = read(files["json"])
    assert [g.name for g in kept.on("repeat_referrals").guesses] == ["Ann", "np1"]
    assert "first" not in sight.page.url
    assert sight.elsewhere == []


def test_a_saved_session_reopens(sights: Callable[..., Sight], server: str, tmp_path: Path) -> None:
    sight = sights(server, accept_downloads=True).open(AGENDA)
    keys(sight, "s")
    keys(sight, "n")
    guess(sight, "Ann", "22")
    keys(sight, "8")
    typed(sight, "Ring ten families")
    kept = tmp_path / "session.json"
    kept.write_text(stored(sight), encoding="utf-8")

    again = sights(server).open("session?area=204")
    again.page.locator("input[type=file]").set_input_files(str(kept))
    again.page.get_by_role("button", name="Follow it up").click()
    again.settle()
    assert "From last time" in again.words()
    assert "Ring ten families" in again.words()

    other = sights(server).open("session?area=204")
    other.page.locator("input[type=file]").set_input_files(str(kept))
    other.page.get_by_role("button", name="Carry on").click()
    other.settle()
    assert "Ring ten families" in other.words()
    keys(other, "n")
    assert "Ann: 22" in other.words()


def test_two_tabs_do_not_share_a_session(sights: Callable[..., Sight], server: str) -> None:
    one = sights(server).open(AGENDA)
    keys(one, "s")
    other = Sight(one.page.context.new_page(), server).open("session?area=204")
    assert other.title == "Learning session"
    assert stored(other) == ""


def test_ending_a_session_forgets_it(sights: Callable[..., Sight], server: str) -> None:
    sight = sights(server).open(AGENDA)
    keys(sight, "s")
    assert stored(sight)
    sight.page.get_by_role("button", name="Menu").click()
    sight.page.get_by_text("End this session").click()
    sight.settle()
    sight.page.get_by_role("button", name="End it now").click()
    sight.settle()
    assert sight.title == "Learning session"
    assert stored(sight) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(sights: Callable[..., Sight], server: str, scheme: str) -> None:
    sight = sights(server, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    sight.open(AGENDA)
    assert sight.overflow() == {}
    keys(sight, "s")
    for step in range(8):
        keys(sight, "n")
        assert sight.overflow() == {}, step
