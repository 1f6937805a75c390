"""How many cases a test tries: a sample in the suite, as many as asked for in a trial."""

import os

SEED, COUNT = "CSCDASH_TRIAL_SEED", "CSCDASH_TRIAL_COUNT"


def cases(sample: int, first: int = 0) -> range:
    """The seeds of the cases to try.

    Parameters
    ----------
    sample : int
        How many the suite tries.
    first : int
        The seed of the suite's first case.
    """
    start = int(os.environ.get(SEED, first))
    return range(start, start + examples(sample))


def examples(sample: int) -> int:
    """How many examples to try: `sample` in the suite."""
    return int(os.environ.get(COUNT, sample))
