"""What every declaration of the catalogue is made from."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Declared(BaseModel):
    """A declaration: frozen, and a misspelt field is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
