"""Extracts: the schema of an observation, and the store that keeps them."""

from cscdash.extracts.build_writer import NewBuild, new_build, write
from cscdash.extracts.locations import DEMONSTRATION, EXTRACTS, store_in_use
from cscdash.extracts.schema import FLAGS, SCHEMA, STATUSES, problems
from cscdash.extracts.store import Store

__all__ = [
    "DEMONSTRATION",
    "EXTRACTS",
    "FLAGS",
    "SCHEMA",
    "STATUSES",
    "NewBuild",
    "Store",
    "new_build",
    "problems",
    "store_in_use",
    "write",
]
