"""The Data page: what is loaded, its coverage, and how to get more."""
