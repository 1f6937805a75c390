"""*Use these figures elsewhere*: the extracts at addresses of this app, if its host offers them."""

from urllib.parse import urlsplit

import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.extracts.open_figures import BUILD, CATALOGUE, FEED
from cscdash.views.frame.open_figures import FOLDER, are_open
from cscdash.views.loaded import store
from cscdash.views.parts.on_request import on_request

_EXAMPLE = "looked_after_rate"
_POWER_QUERY = """let
  file = Web.Contents("{csv}"),
  rows = Csv.Document(file, [Delimiter = ",", Encoding = 65001]),
  named = Table.PromoteHeaders(rows, [PromoteAllScalars = true]),
  typed = Table.TransformColumnTypes(named, {{"value", type number}, {"numerator", type number},
    {"denominator", type number}, {"period_end", type date}}, "en-GB")
in
  typed"""
TOOLS = {
    "Excel": (
        "*Data*, *Get data*, *From other sources*, *Blank query*; then *Advanced editor*:",
        "powerquery",
        _POWER_QUERY,
    ),
    "Power BI": (
        "*Get data*, *Blank query*, then *Advanced editor*:",
        "powerquery",
        _POWER_QUERY,
    ),
    "R": (
        "With the package `readr`:",
        "r",
        """library(readr)
figures <- read_csv("{csv}", col_types = cols(
  value = "d", numerator = "d", denominator = "d", period_end = "D", .default = "c"))
norfolk <- subset(figures, area == "926" & breakdown == "total")""",
    ),
    "DuckDB": (
        "It reads over the network what it needs of the file:",
        "sql",
        """INSTALL httpfs; LOAD httpfs;
SELECT period, value, status FROM read_parquet('{parquet}')
WHERE area = '926' AND breakdown = 'total' ORDER BY period_end;""",
    ),
    "pandas": (
        "Codes are text; a cell without a value says why in `status`:",
        "python",
        """import pandas as pd

figures = pd.read_csv("{csv}", dtype={"area": str, "period": str}, keep_default_na=False,
                      na_values={"value": "", "numerator": "", "denominator": ""})
norfolk = figures.query("area == '926' and breakdown == 'total'")""",
    ),
}


def use_elsewhere() -> None:
    """Draw how the figures get into another tool, if this copy offers them."""
    if not are_open():
        return
    st.subheader("Use these figures elsewhere", anchor=False)
    file = FOLDER / BUILD
    if store().demonstration or not file.is_file():
        st.markdown("They are offered to other tools from the next update on.")
        return
    base = f"{_address()}/app/static/data"
    st.markdown(
        "Every indicator stands at an address that stays, as CSV and as Parquet, with status,"
        " release and flags beside each value; local figures are never among them."
        f" [What there is]({base}/{CATALOGUE}) · [description]({base}/datapackage.json) ·"
        f" [feed of what changed]({base}/{FEED})"
    )
    here = set(store().indicators)
    names = {one.id: one.title for one in catalogue().indicators if one.id in here}
    with on_request("How to load an indicator", "elsewhere", ":material/output:") as shown:
        if not shown:
            return
        id = st.selectbox(
            "Indicator", list(names), index=_first(list(names)), format_func=names.__getitem__
        )
        for tool, tab in zip(TOOLS, st.tabs(list(TOOLS)), strict=True):
            how, language, _ = TOOLS[tool]
            with tab:
                st.markdown(how)
                st.code(snippet(tool, base, id), language=language)


def snippet(tool: str, base: str, indicator: str) -> str:
    """The lines that load an indicator into a tool.

    Parameters
    ----------
    tool : str
        Excel, Power BI, R, DuckDB or pandas.
    base : str
        The address of the files.
    indicator : str
        Its id.
    """
    text = TOOLS[tool][2]
    for kind in ("csv", "parquet"):
        text = text.replace("{" + kind + "}", f"{base}/{indicator}.{kind}")
    return text


def _first(names: list[str]) -> int:
    return names.index(_EXAMPLE) if _EXAMPLE in names else 0


def _address() -> str:
    """Where this app stands, without its page."""
    here = urlsplit(str(st.context.url or ""))
    path = here.path.rstrip("/")
    base = path.rsplit("/", 1)[0] if path.endswith("/data") else path
    return f"{here.scheme}://{here.netloc}{base}"
