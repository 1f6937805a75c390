"""The floor: an otherwise empty Streamlit page that shows the same charts for the same areas."""

import os
import pickle
from collections.abc import Sequence
from pathlib import Path

from tests.app.reading import Visit
from tests.serving import ROOT, Server

PAGE = """import pathlib
import pickle

import streamlit as st

st.set_page_config(layout="wide")


@st.cache_resource
def charts():
    return pickle.loads(pathlib.Path(__file__).with_name("charts.pickle").read_bytes())


with st.sidebar:
    names = list(charts())
    asked = st.query_params.get("area", names[0])
    area = st.selectbox("Area", names, index=names.index(asked), key=asked)
st.title(area)
for place, (spec, rows) in enumerate(charts()[area]):
    st.vega_lite_chart(rows, spec, width="stretch", theme=None, key=f"chart {place}")
"""


def floor(data: Path, folder: Path, page: str, view: str, areas: Sequence[str]) -> Server:
    """A server, not started yet, of a page with nothing but an area and the charts of a page.

    Parameters
    ----------
    data : Path
        The store that the charts are of.
    folder : Path
        An empty folder for the page.
    page, view : str
        The page whose charts it shows, and its view.
    areas : sequence of str
        The codes that may be chosen.
    """
    os.environ["CSCDASH_DATA"] = str(data)
    visit = Visit()
    chosen = {"view": view} if view else {}
    shown = {area: visit(page, area=area, **chosen).charts for area in areas}
    kept = {area: [(one.spec, one.rows) for one in charts] for area, charts in shown.items()}
    (folder / "charts.pickle").write_bytes(pickle.dumps(kept))
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    (folder / "static").symlink_to(ROOT / "static")
    return Server(data, folder / "page.py")
