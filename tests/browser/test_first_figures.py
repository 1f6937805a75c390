"""From the first page of a fresh copy to one's own area with published figures, in two clicks."""

from collections.abc import Callable
from pathlib import Path

from tests.browser.looking import Sight
from tests.installed import Installed, install
from tests.serving import running
from tests.standin.server import running as publishers
from tests.standin.world import real_world


def test_two_clicks_from_invented_to_published_figures(
    published: Path, tmp_path: Path, sights: Callable[..., Sight]
) -> None:
    programs = install(tmp_path)
    with (
        publishers(real_world(published)) as standin,
        running(Installed(programs, tmp_path, CSCDASH_MIRROR=standin.url)) as server,
    ):
        sight = sights(server.base).open("?area=926")
        assert "invented" in sight.page.inner_text("body").lower()
        sight.page.get_by_role("button", name="Get the published figures").click()
        get = sight.page.get_by_role("button", name="Get the published data")
        get.wait_for()
        # from whom, and how much, before anything is fetched
        assert "Office for National Statistics" in sight.page.inner_text("body")
        get.click()
        sight.page.get_by_text("Built ", exact=False).first.wait_for()
        sight.settle()
        assert sight.title == "Norfolk in the round" and sight.query["area"] == "926"
        assert "invented" not in sight.page.inner_text("body").lower()
