"""Pictures of maps, looked at pixel by pixel."""

import io
import json
from pathlib import Path

import numpy as np
import vl_convert as vlc
from PIL import Image
from scipy import ndimage

from cscdash.charts.area_map import Geometry, Shaded, area_map_rows, area_map_template
from cscdash.charts.export import PAPER, STATIC, with_shapes
from cscdash.places import places

FILLED = (0x12, 0x43, 0x6D)  # the darkest class
PALE = (0xDC, 0xE9, 0xF5)  # the lightest


def picture(dark: set[str], pale: set[str], url: str, static: Path = STATIC) -> np.ndarray:
    """A map on which some areas are dark and some pale, as rows × columns × 3 colours."""
    areas = [
        Shaded(a.code, "other", a.short, "5" if a.code in dark else "1", "")
        for a in places().authorities
        if a.code in dark | pale
    ]
    rows = area_map_rows(areas, (), "")
    spec = with_shapes(area_map_template(Geometry(url), PAPER, fine=True), static)
    spec = {**spec, "width": 600, "config": {**spec["config"], "background": "white"}}
    spec["data"] = {"values": json.loads(rows.to_json(orient="records"))}
    image = Image.open(io.BytesIO(vlc.vegalite_to_png(spec, scale=2))).convert("RGB")
    return np.asarray(image).astype(int)


def where(image: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    """Where a picture has a colour, as true and false."""
    return (np.abs(image - np.array(colour)) < 6).all(axis=2)


def pieces(mask: np.ndarray, least: int = 4) -> int:
    """How many separate pieces of at least so many pixels there are."""
    labels, many = ndimage.label(mask)
    sizes = np.bincount(labels.ravel())[1 : many + 1]
    return int((sizes >= least).sum())


def box(mask: np.ndarray) -> tuple[int, int, int, int]:
    """First and last row, first and last column of what is true."""
    rows, columns = np.nonzero(mask)
    return int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max())
