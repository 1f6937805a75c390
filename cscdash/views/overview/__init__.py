"""The first page: every proposed indicator in the round."""
