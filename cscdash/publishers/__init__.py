"""Fetching published data from their publishers: the only package that uses the network."""

from cscdash.publishers.update import update
from cscdash.publishers.update_outcome import Options, Outcome

__all__ = ["Options", "Outcome", "update"]
