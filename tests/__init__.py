"""The tests, in tiers that mirror the code."""
