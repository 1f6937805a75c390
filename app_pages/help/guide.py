"""Guide and help: how to read, how to meet, methods, privacy, feedback."""

from cscdash.views.guide.pages import guide_page

guide_page()
