"""A new server whose first visitor follows a deep link: once for every page.

Streamlit's old mechanism of a folder called ``pages`` would tell this visitor, and no other, that
the page does not exist; AppTest does not notice. What the server says is read as it is sent.
"""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.app.reading import PAGES
from tests.security.visitor import elements, told
from tests.serving import ROOT, Server, running

DATA = ROOT / "data" / "demonstration"


@pytest.mark.parametrize("name", PAGES)
def test_the_first_visitor_is_told_the_whole_frame(name: str) -> None:
    with running(Server(DATA, CSCDASH_HOME_AREA="")) as server:
        address = server.base.replace("http", "ws")
        said = told(address, "" if name == "home" else name, "area=857")
    messages = [ForwardMsg.FromString(one) for one in said]
    kinds = [message.WhichOneof("type") for message in messages]
    assert "page_not_found" not in kinds
    pages = next(m.navigation for m in reversed(messages) if m.WhichOneof("type") == "navigation")
    assert {"Outcome 1", "Outcome 4"} <= {page.page_name.split(":")[0] for page in pages.app_pages}
    drawn = elements(said)
    assert [words for kind, words in drawn if kind == "exception"] == []
    assert ("selectbox", "Area") in drawn
    assert sum(kind == "heading" for kind, _ in drawn) >= 1
    assert b"Rutland" in b"".join(said)
