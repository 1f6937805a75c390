"""The record as files: each form alone, or all of them in one."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from cscdash.learning.pack.contents import Pack
from cscdash.learning.pack.document import compose
from cscdash.learning.pack.markdown import as_markdown
from cscdash.learning.pack.slides import as_pptx
from cscdash.learning.pack.web_page import as_html
from cscdash.learning.pack.word import as_docx
from cscdash.learning.session import write

Form = Literal["docx", "pptx", "html", "md", "json"]


@dataclass(frozen=True)
class Kind:
    """A form of the record: its name for people, and its type for browsers."""

    name: str
    mime: str


FORMS: Mapping[Form, Kind] = {
    "docx": Kind("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pptx": Kind(
        "PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ),
    "html": Kind("Page to print (HTML)", "text/html"),
    "md": Kind("Markdown", "text/markdown"),
    "json": Kind("File to reopen (JSON)", "application/json"),
}


def as_file(pack: Pack, form: Form, pictures: str = "") -> bytes:
    """The record in one form.

    Parameters
    ----------
    pictures : str
        For Markdown: the folder of the pictures beside it.
    """
    match form:
        case "docx":
            return as_docx(compose(pack), pack.title)
        case "pptx":
            return as_pptx(pack)
        case "html":
            return as_html(compose(pack), pack.title)
        case "md":
            return as_markdown(compose(pack), pictures)
        case "json":
            return write(pack.session).encode()


def everything(pack: Pack, name: str) -> bytes:
    """All five forms and the pictures in one zip file, `name` being what each is called."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for form in get_args(Form):
            archive.writestr(f"{name}.{form}", as_file(pack, form, "pictures"))
        for key, png in pack.pictures.items():
            archive.writestr(f"pictures/{key}.png", png, zipfile.ZIP_STORED)
    return content.getvalue()
