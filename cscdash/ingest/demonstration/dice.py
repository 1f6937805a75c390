"""Random numbers that every machine draws alike."""

import hashlib

import numpy as np

from cscdash.extracts.published_cells import Floats

_THROWS = 12  # uniform numbers in a bell: their sum has the variance 1
_SQUARINGS = 12


class Dice:
    """A stream of random numbers for one purpose.

    The seed is the SHA-256 of the words that name the purpose, so that nothing drawn for another
    purpose changes it. The stream is that of numpy's `RandomState`, which numpy has frozen; only
    `random_sample` is used. What is made of it needs no more than ``+ − × ÷ √``, which all
    machines round alike: a system's own logarithms may differ in the last digit.
    """

    def __init__(self, *about: str) -> None:
        digest = hashlib.sha256("\n".join(("cscdash demonstration", *about)).encode()).digest()
        self._stream = np.random.RandomState(np.frombuffer(digest, dtype=">u4").astype(np.uint32))

    def even(self, *shape: int) -> Floats:
        """Numbers spread evenly from 0 to 1."""
        drawn: Floats = self._stream.random_sample(shape)
        return drawn

    def bell(self, *shape: int) -> Floats:
        """Numbers with mean 0, standard deviation 1 and nearly the normal distribution."""
        throws = self.even(*shape, _THROWS)
        total = np.zeros(shape)
        for throw in range(_THROWS):
            total += throws[..., throw]
        return total - _THROWS / 2


def grown(exponent: Floats) -> Floats:
    """Nearly ``exp``: (1 + x / 4096) ** 4096, by repeated squaring; always above 0 near 0."""
    power: Floats = 1.0 + exponent / 2**_SQUARINGS
    for _ in range(_SQUARINGS):
        power = power * power
    return power


def settled(number: Floats) -> Floats:
    """The number to thirty binary digits, to lose what depends on the order of a sum."""
    digits, power = np.frexp(number)
    rounded: Floats = np.ldexp(np.rint(digits * 2.0**30) / 2.0**30, power)
    return rounded
