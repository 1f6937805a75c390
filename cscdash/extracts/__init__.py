"""Extracts: the schema of an observation, and the store that keeps them."""

from cscdash.extracts.build_writer import NewBuild, new_build, write
from cscdash.extracts.columns import Columns
from cscdash.extracts.locations import DEMONSTRATION, EXTRACTS, store_in_use
from cscdash.extracts.observation import NOTED, Flag, Observation, Status
from cscdash.extracts.schema import SCHEMA, problems
from cscdash.extracts.store import Store

__all__ = [
    "DEMONSTRATION",
    "EXTRACTS",
    "NOTED",
    "SCHEMA",
    "Columns",
    "Flag",
    "NewBuild",
    "Observation",
    "Status",
    "Store",
    "new_build",
    "problems",
    "store_in_use",
    "write",
]
