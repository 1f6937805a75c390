"""What is known of the files that are kept, of the last visits, and of what was refused.

It stands in ``manifest.json`` beside the files and is believed entry by entry: what does not fit
(another version wrote it, a disk damaged it) is dropped, and asked for anew.
"""

import json
import os
import re
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

MANIFEST = "manifest.json"
_SHA256 = r"^[0-9a-f]{64}$"
_LONGEST = 120  # characters of a name
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # by Windows
_NEVER = re.compile(r'[\\:*?"<>|\x00-\x1f]')  # in a name that any system can have


def _text(value: Any) -> Any:
    return "" if value is None else value


Text = Annotated[str, BeforeValidator(_text)]


class Entry(BaseModel):
    """An entry of the manifest."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Kept(Entry):
    """A published file that is kept.

    Attributes
    ----------
    publication, dataset : str
        Ids in the catalogue; no data set for a file that is no table.
    release, published : str
        The release it is from, and when that was published (ISO), where known.
    key : str
        The item's; see `Item`.
    url, etag, modified : str
        Where it came from, and what its server calls this version of it.
    bytes, sha256 : int, str
        Its size and checksum, by which it is known to be whole.
    rows : int or None
        How many it has, where that was counted.
    retrieved : str
        When (ISO).
    """

    publication: str
    dataset: Text = ""
    release: Text = ""
    published: Text = ""
    key: Text = ""
    url: Text = ""
    etag: Text = ""
    modified: Text = ""
    bytes: int = Field(ge=0)
    rows: int | None = None
    sha256: str = Field(pattern=_SHA256)
    retrieved: Text = ""

    def same(self, other: "Kept | None") -> bool:
        """Whether it is the very same, but for when it was retrieved."""
        return other is not None and self == other.model_copy(update={"retrieved": self.retrieved})


class Memory(Entry):
    """What the last visit to a publication gave, by which the next is told that nothing is new.

    Attributes
    ----------
    way : str
        How its publisher was asked; the memory is of no use to another way.
    slug, release, title, key, published, updated, next : str
        Explore Education Statistics: of the newest release, and when the next is due.
    since : int or None
        Older releases were fetched from this year on.
    tag : str
        GitHub: of the folder's listing.
    edition : str
        A file with a year in its address: the edition that is here.
    """

    way: Text = ""
    slug: Text = ""
    release: Text = ""
    title: Text = ""
    key: Text = ""
    published: Text = ""
    updated: Text = ""
    next: Text = ""
    since: int | None = None
    tag: Text = ""
    edition: Text = ""


class Refused(Entry):
    """A file that a publisher offers and that was left out of the build.

    It is not asked for again until the publisher has another (`key`, `etag`, `modified` or
    `sha256` differ) or the catalogue is another.

    Attributes
    ----------
    publication, path, key, url, etag, modified, sha256 : str
        Of the file.
    catalogue : str
        Checksum of the catalogue and the version that refused it.
    why : str
        As it was said.
    when : str
        The date (ISO).
    """

    publication: str
    key: Text = ""
    url: Text = ""
    etag: Text = ""
    modified: Text = ""
    sha256: str = Field(pattern=_SHA256)
    catalogue: str
    why: str
    when: Text = ""


E = TypeVar("E", bound=Entry)


class Manifest(BaseModel):
    """All that is known."""

    files: dict[str, Kept] = {}
    publications: dict[str, Memory] = {}
    refused: dict[str, Refused] = {}

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read it from a folder, as far as it can be read."""
        try:
            known = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            known = None
        known = known if isinstance(known, dict) else {}
        return cls(
            files={p: e for p, e in _entries(known.get("files"), Kept) if is_inside(p)},
            publications=dict(_entries(known.get("publications"), Memory)),
            refused={p: e for p, e in _entries(known.get("refused"), Refused) if is_inside(p)},
        )

    def write(self, folder: Path) -> None:
        """Write it in one step, unless it stands as it is."""
        known = self.model_dump(exclude_defaults=True)
        text = json.dumps(
            {name: dict(sorted(entries.items())) for name, entries in known.items()},
            indent=1,
            ensure_ascii=False,
        ).encode("utf-8", "replace")
        file = folder / MANIFEST
        if file.is_file() and file.read_bytes() == text:
            return
        folder.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{MANIFEST}-new")
        with fresh.open("wb") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(fresh, file)


def _entries(known: Any, model: type[E]) -> list[tuple[str, E]]:
    found = []
    for name, entry in known.items() if isinstance(known, dict) else ():
        try:
            found.append((str(name), model.model_validate(entry)))
        except ValidationError:
            continue
    return found


def place_of(*names: str) -> str:
    """The path of a file below the cache, made of names that may come from an answer.

    Every such path is made here: each name becomes one name of a file or folder that any system
    can have, whatever it held.

    >>> place_of("letters", "../../2025", "a b.csv")
    'letters/_.._2025/a_b.csv'
    """
    return "/".join(_name(name) for name in names)


def _name(text: str) -> str:
    name = re.sub(r"[^A-Za-z0-9._-]", "_", text).strip(". ") or "_"
    if len(name) > _LONGEST:
        stem, _, ending = name.rpartition(".")
        name = f"{stem[: _LONGEST - 20]}.{ending[:16]}"
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def is_inside(path: str) -> bool:
    """Whether a path from disk or an answer stays below its folder and in sight."""
    return all(
        part and not part.startswith(".") and not _NEVER.search(part) for part in path.split("/")
    )
