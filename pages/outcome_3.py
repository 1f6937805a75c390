"""The page of one chapter; its name is the chapter's id."""

from cscdash.views.chapter.page import chapter_page
from cscdash.views.frame.navigation import open_in_frame

open_in_frame()
chapter_page("outcome_3")
