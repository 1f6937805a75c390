"""What axe finds on a page, without what is Streamlit's own."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

# Rule -> where it concerns Streamlit's own parts, which we cannot change, and why.
STREAMLIT: dict[str, tuple[str, ...]] = {}


def findings(page: Any, *rules: str) -> list[str]:
    """Serious and critical findings that are ours; of some rules alone, if they are named."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    found = Axe().run(page, options=options | ({"runOnly": list(rules)} if rules else {}))
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found.response["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
        if not _streamlit(one["id"], node)
    ]


def _streamlit(rule: str, node: dict[str, Any]) -> bool:
    return any(part in str(node["target"]) + node["html"] for part in STREAMLIT.get(rule, ()))
