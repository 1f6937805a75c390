"""What stands where in a picture, measured in the SVG that a chart is drawn as."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from cscdash.charts.text_width import width as text_width

_SVG = "{http://www.w3.org/2000/svg}"
_STEP = re.compile(r"([MLHVCSQTAZmlhvcsqtaz])([^MLHVCSQTAZmlhvcsqtaz]*)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_TURN = re.compile(r"(translate|rotate|scale)\(([^)]*)\)")
_SLACK = 2.0  # pixels that boxes may share: metrics of fonts differ


@dataclass(frozen=True)
class Box:
    """A rectangle, and what it holds."""

    left: float
    top: float
    right: float
    bottom: float
    what: str = ""

    def meets(self, other: "Box", slack: float = _SLACK) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack


@dataclass
class Measured:
    """The parts of a picture."""

    width: float
    height: float
    texts: list[Box] = field(default_factory=list)
    marks: list[Box] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    plots: list[Box] = field(default_factory=list)


def measure(svg: str) -> Measured:
    """Texts, marks, rules and plots of a picture, hidden parts left out."""
    root = ET.fromstring(svg)
    found = Measured(float(root.get("width", 0)), float(root.get("height", 0)))
    _walk(root, 0.0, 0.0, "", "", found, first=True)
    return found


def _walk(part: ET.Element, x: float, y: float, kind: str, size: str, found: Measured,
          first: bool = False) -> None:  # fmt: skip
    if part.get("opacity") == "0" or part.get("display") == "none":
        return
    if part.tag == f"{_SVG}svg" and not first:
        x, y = x + float(part.get("x", 0)), y + float(part.get("y", 0))
    turned = 0.0
    for name, said in _TURN.findall(part.get("transform", "")):
        numbers = [float(n) for n in _NUMBER.findall(said)]
        if name == "translate":
            x, y = x + numbers[0], y + (numbers[1] if len(numbers) > 1 else 0)
        elif name == "rotate":
            turned = numbers[0]
    kind = part.get("class", kind) if part.tag == f"{_SVG}g" else kind
    if part.tag == f"{_SVG}text":
        found.texts += _text(part, x, y, turned)
        return
    if part.tag == f"{_SVG}line":
        x2, y2 = x + float(part.get("x2", 0)), y + float(part.get("y2", 0))
        if not {"role-axis-grid", "role-axis-tick", "role-axis-domain"} & set(kind.split()):
            x1, y1 = x + float(part.get("x1", 0)), y + float(part.get("y1", 0))
            if part.get("stroke"):
                found.rules.append(Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), kind))
        return
    if part.tag == f"{_SVG}path" and part.get("d"):
        box = _path(part.get("d", ""), x, y, kind)
        seen = {part.get("fill"), part.get("stroke")} - {None, "none", "transparent"}
        if part.get("class") == "background" and "root" in kind:
            found.plots.append(box)
        elif seen:
            found.marks.append(box)
            if "mark-rule" in kind or "mark-tick" in kind or box.right - box.left <= 3:
                found.rules.append(box)
    for inner in part:
        _walk(inner, x, y, kind, size, found)


def _text(part: ET.Element, x: float, y: float, turned: float) -> Iterator[Box]:
    size = float((part.get("font-size") or "11").removesuffix("px"))
    bold = part.get("font-weight", "") in ("bold", "600", "700")
    x, y = x + float(part.get("x", 0)), y + float(part.get("y", 0))
    lines = [(part.text or "", 0.0)]
    spans = list(part)
    if spans:
        offsets = [float(one.get("dy", 0) or 0) for one in spans]
        lines, down = [], 0.0
        for one, offset in zip(spans, offsets, strict=True):
            down += offset
            lines.append((one.text or "", down))
    for text, down in lines:
        if len(text.strip()) < 2 and not text.strip().isalnum():
            continue  # nothing, or a sign such as the cross of an area without a value
        if part.get("fill-opacity") == "0":
            continue
        wide = text_width(text, size, bold)
        left = x - {"middle": wide / 2, "end": wide}.get(part.get("text-anchor", ""), 0.0)
        base = y + down
        if turned:
            yield Box(x - size, y - wide / 2, x, y + wide / 2, text)
        else:
            yield Box(left, base - 0.72 * size, left + wide, base + 0.18 * size, text)


def _path(drawn: str, x: float, y: float, kind: str) -> Box:
    """The box around the points that a path passes, curves by their ends."""
    at, points = (0.0, 0.0), []
    for step, said in _STEP.findall(drawn):
        numbers = [float(n) for n in _NUMBER.findall(said)]
        size = {"h": 1, "v": 1, "a": 7, "c": 6, "s": 4, "q": 4, "z": 0}.get(step.lower(), 2)
        for start in range(0, len(numbers), size or 1):
            part = numbers[start : start + size]
            if len(part) < size:
                break
            along, down = (part[0], at[1]) if step in "Hh" else part[-2:] if size > 1 else at
            if step in "Vv":
                along, down = at[0], part[0]
            if step.islower():
                along = along + at[0] if step != "v" else at[0]
                down = down + at[1] if step != "h" else at[1]
            at = (along, down)
            points.append(at)
    if not points:
        return Box(x, y, x, y, kind)
    xs, ys = zip(*points, strict=True)
    return Box(x + min(xs), y + min(ys), x + max(xs), y + max(ys), kind)


def findings(found: Measured, narrowest: float = 0.6) -> Iterator[str]:
    """What is wrong with a picture, in words; nothing where all is well."""
    for one, other in combinations(found.texts, 2):
        same = one.what == other.what and abs(one.left - other.left) < 1
        if not same and one.meets(other):
            yield f"“{one.what}” over “{other.what}”"
    for box in (*found.texts, *found.marks):
        if (
            box.left < -1
            or box.top < -1
            or box.right > found.width + 1
            or box.bottom > found.height + 1
        ):
            place = f"{box.left:.0f}–{box.right:.0f}, {box.top:.0f}–{box.bottom:.0f}"
            yield f"{box.what} outside: {place}"
    for rule in found.rules:
        thick = Box(rule.left - 1, rule.top - 1, rule.right + 1, rule.bottom + 1)
        for text in found.texts:
            if text.meets(thick, 1.0):
                yield f"a rule through “{text.what}”"
    for plot in found.plots:
        share = (plot.right - plot.left) / found.width
        if share < narrowest:
            yield f"the plot takes {share:.0%} of the width"
    if not found.plots:
        yield "no plot"
