"""The Context page: a profile, maps, and which places are alike."""
