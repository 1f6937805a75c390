"""Try what the suite samples, at length: ``python -m tests.trials NAME --seed N --count N``.

A trial is a test of the suite, run on as many cases as asked for. What it prints, seed and count
included, can be quoted; any case that failed is named by its seed and fails again.
"""

import argparse
import os
import sys

import pytest

from tests.trials.sampling import COUNT, SEED

TRIALS = {
    "disclosure": "tests/security/test_hidden_counts.py::test_no_hidden_count_is_told",
    "hiding": "tests/security/test_hidden_counts.py::test_at_most_twice_the_fewest_are_hidden",
    "declarations": "tests/property/test_demonstration.py::test_drawn_or_refused_by_name",
    "faults": "tests/unit/test_publishers_faults.py::test_a_fault",
    "kills": "tests/unit/test_publishers_processes.py::test_killed_at_a_random_moment",
    "pairs": "tests/unit/test_publishers_processes.py::test_two_started_together",
    "damaged": "tests/security/test_damaged_stores.py::test_a_visit",
    "supply": "tests/unit/test_publishers_supply.py::test_a_run_with_faults",
    "fields": (
        "tests/unit/test_publishers_supply.py::"
        "test_every_field_may_be_null_absent_or_of_another_type"
    ),
    "builds": "tests/unit/test_store.py::test_killing_a_build_leaves_the_old_one_or_the_new_one",
    "sentences": "tests/property/test_analysis.py::test_no_sentence_judges_whatever_the_figures",
    "order": "tests/property/test_analysis.py::test_the_order_of_rows_has_no_effect",
    "provenance": "tests/app/test_provenance.py::test_each_number_and_its_release",
    "pictures": "tests/app/test_pictures.py::test_a_picture",
    "returns": "tests/unit/test_returns_invented.py::test_every_measure_gives_the_known_answer",
    "twice": "tests/data/test_returns_twice.py::test_on_generated_authorities",
    "shapes": "tests/property/test_local_shapes.py::test_read_right_or_asked",
    "records": "tests/property/test_learning.py::test_no_output_is_harmed",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trials", description=__doc__)
    parser.add_argument("name", choices=TRIALS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--workers", default="auto", help="processes at once (pytest -n)")
    asked = parser.parse_args()
    os.environ |= {SEED: str(asked.seed), COUNT: str(asked.count)}
    print(f"{asked.name}: {asked.count:,} cases from seed {asked.seed}", flush=True)
    options = ["-n", asked.workers, f"--hypothesis-seed={asked.seed}", "--tb=short"]
    return int(pytest.main([TRIALS[asked.name], *options]))


if __name__ == "__main__":
    sys.exit(main())
