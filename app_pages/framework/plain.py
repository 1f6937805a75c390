"""In plain words, for reading with families."""

from cscdash.views.framework.plain import plain

plain()
