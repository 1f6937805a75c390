"""Looking at a page in a browser: waiting until it is drawn, and noting what went wrong."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

SETTLED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
    && !document.querySelector('[data-testid="stSkeleton"]')
    && document.querySelector('[data-testid="stMain"] h1')
    && [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')]
         .every(chart => chart.offsetParent === null || chart.querySelector('canvas, svg'));
}"""

# milliseconds; many windows on two busy cores may take their time, and a fault still ends
PATIENCE = 60_000

# Streamlit looks for itself below the page's address first, and finds itself at the root.
PROBES = ("/_stcore/health", "/_stcore/host-config")


@dataclass
class Sight:
    """One visitor's window."""

    page: Any
    base: str
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._request)

    def open(self, path: str) -> "Sight":
        self.page.goto(f"{self.base}/{path}")
        return self.settle()

    def settle(self) -> "Sight":
        """Wait until the script has run and nothing is redrawn."""
        self.page.wait_for_timeout(250)
        self.page.wait_for_function(SETTLED, timeout=PATIENCE)
        self.page.wait_for_timeout(250)
        self.page.wait_for_function(SETTLED, timeout=PATIENCE)
        return self

    def until(self, path: str, area: str) -> "Sight":
        """Wait until the address and the bar say this; a slow machine may take its time."""
        for _ in range(PATIENCE // 150):
            if (self.path, self.area) == (path, area):
                break
            self.page.wait_for_timeout(150)
        return self.settle()

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path.strip("/")

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.page.url).query))

    @property
    def area(self) -> str:
        """The area that the bar shows."""
        shown: str = self.area_box.input_value()
        return shown

    @property
    def area_box(self) -> Any:
        return self.page.locator(".st-key-frame_bar").get_by_role("combobox").first

    @property
    def title(self) -> str:
        found: str = self.page.locator('[data-testid="stMain"] h1').first.inner_text()
        return found

    @property
    def heading(self) -> str:
        """The indicator in focus."""
        found: str = self.page.locator('[data-testid="stMain"] #focus').first.inner_text()
        return found

    def words(self) -> str:
        """Everything that the main part says."""
        found: str = self.page.locator('[data-testid="stMain"]').inner_text()
        return found

    def choose_area(self, name: str) -> "Sight":
        self.area_box.click()
        self.page.keyboard.type(name)
        self.page.get_by_role("option", name=name, exact=True).first.wait_for()
        self.page.keyboard.press("Enter")
        return self.settle()

    def go_to(self, section: str, link: str) -> "Sight":
        """Use the navigation at the top."""
        self.page.get_by_role("button", name=section).first.click()
        self.page.get_by_text(link).first.click()
        return self.settle()

    def overflow(self) -> dict[str, int]:
        """By how many pixels the page and its main part are wider than the window."""
        found: dict[str, int] = self.page.evaluate(
            """() => Object.fromEntries(
              [document.documentElement, document.querySelector('[data-testid="stMain"]')]
                .map(e => [e.tagName, Math.max(0, e.scrollWidth - e.clientWidth - 1)]))"""
        )
        return {part: by for part, by in found.items() if by}

    def _console(self, message: Any) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and not where.endswith(PROBES):
            self.errors.append(f"{message.text} ({where})")

    def _request(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname != "127.0.0.1":
            self.elsewhere.append(request.url)
