"""The page of one chapter; its name is the chapter's id."""

from cscdash.views.chapter import chapter_page

chapter_page("enabler_2")
