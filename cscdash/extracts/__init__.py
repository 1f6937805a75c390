"""Extracts: the schema of an observation, and the store that keeps them."""

from cscdash.extracts.schema import FLAGS, SCHEMA, STATUSES, problems
from cscdash.extracts.store import Store, write

__all__ = ["FLAGS", "SCHEMA", "STATUSES", "Store", "problems", "write"]
