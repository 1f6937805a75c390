"""Getting the published data from their publishers: the only room that uses the network."""

from cscdash.publishers.outcome import Options, Outcome
from cscdash.publishers.update import update

__all__ = ["Options", "Outcome", "update"]
