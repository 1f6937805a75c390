"""Starts updates in processes that can be killed, quickly: everything is imported once.

Reads lines of JSON: ``{"folder": …, "url": …}``; forks an update for each and prints its process
id. A line ``{"wait": id}`` prints how that process ended.
"""

import json
import os
import sys
from pathlib import Path

from cscdash.errors import CscdashError
from cscdash.publishers import update

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from standin import small

CATALOGUE = small.catalogue()


def work(folder: str, url: str) -> int:
    try:
        outcome = update(CATALOGUE, small.options(Path(folder), url))
    except CscdashError as error:
        print(error, file=sys.stderr)
        return 2
    return 0 if outcome.built else 3 if outcome.complete else 1


for line in sys.stdin:
    asked = json.loads(line)
    if "wait" in asked:
        _, status = os.waitpid(asked["wait"], 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
        continue
    child = os.fork()
    if not child:
        os._exit(work(asked["folder"], asked["url"]))
    print(child, flush=True)
