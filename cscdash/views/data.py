"""The data page: which store is in use, which releases, what is covered."""

import pandas as pd
import streamlit as st

from cscdash.catalogue import catalogue
from cscdash.views.loaded import extract, store


def data() -> None:
    """Draw the data page."""
    here = store()
    st.title("Data in use", anchor=False)
    kind = "invented demonstration values" if here.demonstration else "published figures"
    st.markdown(
        f"**{len(here.indicators)} extracts of {kind}**, build `{here.build}`,"
        f" made {here.package.get('created', 'at a fixed seed')}."
    )
    if here.demonstration:
        st.markdown(
            "To see published figures, download the files named below, put them into a folder,"
            " and run `python -m cscdash build --from FOLDER`."
        )
    else:
        _releases(here.package.get("releases", {}))
    st.subheader("Indicators", anchor=False)
    rows = []
    for chapter in catalogue().chapters:
        for indicator in chapter.indicators:
            held = extract(indicator.id)
            rows.append(
                {
                    "Chapter": chapter.number,
                    "Indicator": indicator.title,
                    "Standing": indicator.standing,
                    "Periods": f"{held.periods[0]} to {held.periods[-1]}" if held else "no extract",
                    "Id": indicator.id,
                }
            )
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, width="stretch", alt="Indicators and their periods"
    )
    _files()


def _releases(releases: dict[str, dict[str, object]]) -> None:
    st.subheader("Releases", anchor=False)
    rows = [
        {
            "Release": release["title"],
            "Publisher": release["publisher"],
            "Published": release.get("published") or "date not recorded",
            "Files": ", ".join(str(file).rsplit("/", 1)[-1] for file in release["files"]),  # type: ignore[attr-defined]
        }
        for release in releases.values()
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", alt="Releases in this build")
    attributions = sorted({str(release["attribution"]) for release in releases.values()})
    st.caption("  \n".join(attributions))


def _files() -> None:
    with st.expander("Files that we know, by publication", icon=":material/folder_open:"):
        for publication in catalogue().publications:
            names = ", ".join(
                f"`{file.name}`" for data in publication.dataset for file in data.files
            )
            st.markdown(
                f"**[{publication.title}]({publication.page})**, {publication.publisher}: {names}"
            )
