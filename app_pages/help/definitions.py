"""Find an indicator: what it is, where it comes from, what it cannot tell."""

from cscdash.views.definitions import definitions

definitions()
