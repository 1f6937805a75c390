"""Several sessions brought together."""

from cscdash.views.learning.digest import digest_page

digest_page()
