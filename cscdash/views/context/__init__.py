"""The Context page: a profile, maps, and similar places."""
