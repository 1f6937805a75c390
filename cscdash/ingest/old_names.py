"""Old names of columns and words become those of the catalogue.

The Department renames from release to release (`number` became `children_count`, “at 31 March”
“on 31 March”). Declared old names are tried for each column on its own, so that a release that
mixes old and new is read too; words that differ only in wording of a known kind are taken as the
same.
"""

import re
from collections.abc import Collection, Iterable

from cscdash.catalogue.publications import Dataset

_KINDS = [  # ways in which the same word has been written
    (re.compile(r"[’'`]"), ""),
    (re.compile(r"\bat 31 march\b"), "on 31 march"),
    (re.compile(r"\bgender\b"), "sex"),
    (re.compile(r"^aged? "), ""),
    (re.compile(r" years?( old)?$"), ""),
    (re.compile(r"\bunder 1 year\b"), "under 1"),
    (re.compile(r"([a-z]{3})s\b"), r"\1"),
]


def alike(word: str) -> str:
    """A word without what publishers write now this way, now that way.

    >>> alike("Special guardianship orders") == alike("Special guardianship order")
    True
    >>> alike("CLA at 31 March") == alike("CLA on 31  March ")
    True
    """
    word = " ".join(word.casefold().split())
    for kind, plain in _KINDS:
        word = kind.sub(plain, word)
    return word


def published_columns(
    header: Iterable[str], wanted: Collection[str], dataset: Dataset
) -> dict[str, str]:
    """Under which name a file has each column that is wanted.

    Parameters
    ----------
    header : iterable of str
        The file's columns.
    wanted : collection of str
        The catalogue's names.
    dataset : Dataset
        Declares the old names. In some releases two names changed places (`characteristic` was
        what is `breakdown` now), so that a column once taken is not taken again.

    Returns
    -------
    dict of str to str
        The catalogue's name -> the file's; a column that is not there is left out.
    """
    there = {name.casefold(): name for name in header}
    old: dict[str, list[str]] = {}
    for file in dataset.files:
        for before, now in file.columns.items():
            old.setdefault(now, []).append(before)
    known = sorted({*wanted, *old})
    taken: dict[str, str] = {
        name: there[name.casefold()] for name in known if name.casefold() in there
    }
    for _ in known:  # each round one name gives way at most, and none comes back
        lacking = [name for name in known if name not in taken]
        for name in lacking:
            found = next((b for b in old.get(name, ()) if b.casefold() in there), None)
            if found is None:
                continue
            real = there[found.casefold()]
            holders = [other for other, column in taken.items() if column == real]
            if holders and any(other.casefold() != real.casefold() for other in holders):
                continue
            for other in holders:
                del taken[other]
            taken[name] = real
            break
        else:
            break
    return {name: column for name, column in taken.items() if name in wanted}


def translations(
    words: Collection[str], column: str, known: Collection[str], dataset: Dataset
) -> dict[str, str]:
    """What the words of a column are called in the catalogue.

    Parameters
    ----------
    words : collection of str
        The words in the file.
    column : str
        The catalogue's name of the column.
    known : collection of str
        The words that the catalogue looks for in it.
    dataset : Dataset
        Declares old words.

    Returns
    -------
    dict of str to str
        Word -> the catalogue's word, for those that differ.
    """
    declared: dict[str, str] = {}
    for file in dataset.files:
        declared |= file.values.get(column, {})
    new = {w: declared[w] for w in words if w in declared and declared[w] not in words}
    there = {new.get(word, word) for word in words}
    meant = {alike(word): word for word in sorted(known) if word not in there}
    meant |= {alike(old): now for old, now in declared.items() if now not in there}
    for word in words:
        if word not in new and word not in known and (now := meant.get(alike(word))):
            new[word] = now
    return new
