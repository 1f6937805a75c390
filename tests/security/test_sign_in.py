"""Every part of a page that is made outside the frame looks for permission itself."""

import ast

import pytest

from cscdash.errors import CscdashError
from cscdash.views.frame import sign_in
from cscdash.views.frame.permission import OPEN, SignIn
from tests.serving import ROOT

VIEWS = sorted((ROOT / "cscdash" / "views").rglob("*.py"))


def calls(name: str) -> list[tuple[str, ast.Call]]:
    return [
        (f"{file.name}:{node.lineno}", node)
        for file in VIEWS
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
    ]


def test_downloads_that_are_made_later_look_for_permission() -> None:
    found = calls("download_button")
    assert len(found) > 10
    for where, call in found:
        data = next(key.value for key in call.keywords if key.arg == "data")
        made_now = isinstance(data, ast.Name) or (
            isinstance(data, ast.Call) and getattr(data.func, "id", "") == "write"
        )
        guarded = isinstance(data, ast.Call) and getattr(data.func, "id", "") == "while_permitted"
        assert made_now or guarded, where


def test_parts_that_are_drawn_by_themselves_look_for_permission() -> None:
    """`sign_in.fragment` alone uses Streamlit's."""
    assert [where.split(":")[0] for where, _ in calls("fragment")] == ["sign_in.py"]
    for file in VIEWS:
        assert "@st.fragment" not in file.read_text(encoding="utf-8"), file


def test_a_download_is_refused_once_permission_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    someone = {"is_logged_in": True, "email": "someone@example.org"}
    monkeypatch.setattr(sign_in, "_who", lambda: (someone, "their cookie"))
    monkeypatch.setattr(sign_in, "_ended", set)
    settings = SignIn(True, ("example.org",))
    monkeypatch.setattr(sign_in, "sign_in_settings", lambda: settings)
    made = sign_in.while_permitted(lambda: b"figures")
    assert made() == b"figures"
    monkeypatch.setattr(sign_in, "_ended", lambda: {"their cookie"})
    with pytest.raises(CscdashError, match="no longer signed in"):
        made()
    monkeypatch.setattr(sign_in, "_ended", set)
    settings = SignIn(True, ("elsewhere.example",))
    with pytest.raises(CscdashError):
        made()
    settings = OPEN
    assert made() == b"figures"
