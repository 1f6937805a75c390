"""A stand-in for the publishers on loopback: their addresses, their answers, their faults."""
