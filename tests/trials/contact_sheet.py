"""A sheet of pictures to look at: ``python -m tests.trials.contact_sheet STORE --to sheet.png``.

Every view of an indicator in an area, as it stands on a page of 1,280 and of 390 pixels, as a
picture and on a slide. What `findings` has against a picture is printed beside its number.
"""

import argparse
import io
import logging
import os
from pathlib import Path

import vl_convert as vlc
from PIL import Image, ImageDraw

from cscdash.views.loaded import extract
from tests.app.measured import findings, measure
from tests.app.test_pictures import MEDIA, svg
from tests.app.walk import drawings

_ROOM = 620  # pixels of the widest picture


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--to", type=Path, default=Path("sheet.png"))
    parser.add_argument("--indicators", nargs="+", default=["looked_after_rate", "foster_care"])
    parser.add_argument("--areas", nargs="+", default=["857", "839", "E12000005"])
    asked = parser.parse_args()
    logging.disable(logging.WARNING)  # Streamlit says that no browser listens
    os.environ["CSCDASH_DATA"] = str(asked.store)
    rows: list[list[Image.Image]] = []
    for indicator in asked.indicators:
        held = extract(indicator)
        if held is None:
            continue
        for area in asked.areas:
            for view, drawing in drawings(held, area):
                row = []
                for medium in MEDIA:
                    drawn = svg(drawing, medium)
                    for wrong in findings(measure(drawn)):
                        print(
                            f"row {len(rows) + 1}: {indicator}, {area}, {view}, {medium}: {wrong}"
                        )
                    row.append(_small(vlc.svg_to_png(drawn, scale=1), f"{len(rows) + 1} {medium}"))
                rows.append(row)
    _sheet(rows).save(asked.to)
    print(f"{len(rows)} charts, {len(rows) * len(MEDIA)} pictures: {asked.to}")


def _small(png: bytes, name: str) -> Image.Image:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.thumbnail((_ROOM, _ROOM))
    ImageDraw.Draw(picture).text((2, 2), name, fill="#C24A0F")
    return picture


def _sheet(rows: list[list[Image.Image]]) -> Image.Image:
    wide = max(sum(one.width + 8 for one in row) for row in rows)
    high = sum(max(one.height for one in row) + 8 for row in rows)
    sheet, top = Image.new("RGB", (wide, high), "#9AA3AD"), 0
    for row in rows:
        left = 0
        for one in row:
            sheet.paste(one, (left, top))
            left += one.width + 8
        top += max(one.height for one in row) + 8
    return sheet


if __name__ == "__main__":
    main()
