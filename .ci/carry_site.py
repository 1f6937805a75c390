"""Put what the app is served from into a wheel, where `cscdash.settings.site` looks for it.

A clone has these files beside the package, so a development install takes none of them.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SITE = (
    "app.py",
    "returns_app.py",
    "pages",
    "static",
    ".streamlit/config.toml",
    "data/reference",
    "data/demonstration",
    "docs/methods.md",
    "CHANGELOG.md",
)


class CarrySite(BuildHookInterface):
    """Adds the files of the site to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add them unless the install is a development one."""
        if version == "standard":
            build_data["force_include"].update({name: f"cscdash/site/{name}" for name in SITE})
