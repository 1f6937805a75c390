"""The Data page: what is loaded, what is covered, and how to get more."""
