"""What is published and not loaded here, in words: no page calls it unpublished."""

from collections.abc import Iterable

from cscdash.catalogue import Indicator, Unloaded, catalogue


def unloaded_words(files: Iterable[Unloaded]) -> str:
    """The files as sentences with links; empty where there are none."""
    return " ".join(f"*Published, not loaded here:* {_told(file)}" for file in files)


def stand_in_words(indicator: Indicator) -> str:
    """What a stand-in is shown in place of: a published file that is not loaded, or nothing."""
    held = [file for file in catalogue().unloaded_of(indicator) if indicator.id in file.instead]
    if not held:
        return "A stand-in: shown in place of a measure that nobody publishes."
    return f"A stand-in for what is published, but not loaded here: {held[0].title}."


def _told(file: Unloaded) -> str:
    publication = {one.id: one for one in catalogue().publications}[file.publication]
    return (
        f"{publication.publisher}, [{file.title}]({file.page}), by authority, {file.years}."
        f" {file.holds}"
    )
