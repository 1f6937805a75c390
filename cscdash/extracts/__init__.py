"""Extracts: the schema of an observation, and the store that keeps them."""

from cscdash.extracts.schema import FLAGS, SCHEMA, STATUSES, problems
from cscdash.extracts.store import Store, write
from cscdash.extracts.where import DEMONSTRATION, EXTRACTS, ROOT, store_in_use

__all__ = [
    "DEMONSTRATION",
    "EXTRACTS",
    "FLAGS",
    "ROOT",
    "SCHEMA",
    "STATUSES",
    "Store",
    "problems",
    "store_in_use",
    "write",
]
