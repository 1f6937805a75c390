"""Settings of this copy of the app, and the folder that it is served from.

Every setting is an environment variable ``CSCDASH_`` followed by the name of a field below.
Streamlit turns the top level of its secrets into environment variables, so settings are read
afresh for each run and nothing keeps them. No other module reads the environment.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

from platformdirs import user_data_path

PREFIX = "CSCDASH_"
_PACKAGE = Path(__file__).resolve().parent
_CLOUD = Path("/mount/src")  # where Community Cloud puts a repository
_OFF = ("", "0", "no", "off", "false")
_ON = ("1", "yes", "on", "true")


@dataclass(frozen=True)
class Settings:
    """The settings of one run.

    Attributes
    ----------
    data : str
        The store to open; empty for the one built here, or the demonstration.
    local : Path
        The folder of local figures; ``local`` in the data folder unless given.
    statements : Path
        The folder of statements; ``statements`` in the data folder unless given.
    published : Path
        Where published files are kept; ``published`` in the data folder unless given.
    mirror : str
        A server that holds the publishers' files under ``/host/path``; empty for none.
    home_area : str
        The code of the area shown before anybody chooses one; empty for England.
    feedback_url : str
        Where readers report what helped and what misled; empty for nowhere.
    hosted : bool
        Whether this copy is served to others. True on Community Cloud, and for any text that
        does not clearly say no.
    local_on : bool
        Whether a host lets those who may come in see local figures. True only for a clear yes.
    open_figures : bool
        Whether a host offers the extracts to other tools, as files. True only for a clear yes.
    """

    data: str
    local: Path
    statements: Path
    published: Path
    mirror: str
    home_area: str
    feedback_url: str
    hosted: bool
    local_on: bool
    open_figures: bool


def settings() -> Settings:
    """The settings as they are now."""
    data = data_folder()
    return Settings(
        data=_text("data"),
        local=Path(_text("local") or data / "local"),
        statements=Path(_text("statements") or data / "statements"),
        published=Path(_text("published") or data / "published"),
        mirror=_text("mirror").rstrip("/"),
        home_area=_text("home_area"),
        feedback_url=_text("feedback_url"),
        hosted=_text("hosted").lower() not in _OFF or site().is_relative_to(_CLOUD),
        local_on=_text("local_on").lower() in _ON,
        open_figures=_text("open_figures").lower() in _ON,
    )


def variable(name: str) -> str:
    """The environment variable of a setting.

    Raises
    ------
    KeyError
        If there is no such setting.
    """
    if name not in {field.name for field in fields(Settings)}:
        raise KeyError(name)
    return PREFIX + name.upper()


def variables() -> tuple[str, ...]:
    """The environment variables of all settings."""
    return tuple(variable(field.name) for field in fields(Settings))


def unknown_variables() -> tuple[str, ...]:
    """Variables of the environment that look like settings and are none, by name."""
    return tuple(
        sorted(
            name
            for name in os.environ
            if name.upper().startswith(PREFIX) and name not in variables()
        )
    )


def of_the_system(names: Iterable[str]) -> dict[str, str]:
    """What the system says to every program (``PATH``, ``LANG`` …), for one that is started."""
    return {name: os.environ[name] for name in names if name in os.environ}


def certificate_file() -> str:
    """The file of further certificates to trust, which other programs take from here too."""
    return os.environ.get("SSL_CERT_FILE", "").strip()


def site() -> Path:
    """The folder that the app is served from: ``app.py``, ``pages/``, ``static/``, ``data/``.

    A package that was installed carries these files in a folder of its own; in a clone of the
    project they lie beside the package.
    """
    return _PACKAGE / "site" if _is_installed() else _PACKAGE.parent


def data_folder() -> Path:
    """Where this copy keeps what is built, fetched and added here.

    In a clone of the project that is ``data/``, where git ignores it. An installed copy, whose own
    folder is replaced at the next upgrade, uses the folder that the system gives every program for
    its data.
    """
    return user_data_path("cscdash", appauthor=False) if _is_installed() else site() / "data"


def command(words: str) -> str:
    """A command of this program, as it is typed where it runs (`pipx` makes one of its own)."""
    return f"{'cscdash' if _is_installed() else 'python -m cscdash'} {words}".strip()


def _is_installed() -> bool:
    return (_PACKAGE / "site" / "app.py").is_file()


def _text(name: str) -> str:
    return os.environ.get(variable(name), "").strip()
