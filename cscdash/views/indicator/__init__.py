"""One indicator: a file for each of its views, named as the view."""
