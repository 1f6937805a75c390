"""The page of a chapter, and the parts it is put together from."""
