"""Joining words."""


def listed(parts: list[str]) -> str:
    """Join parts as people do: ``2021``, ``2021 and 2022``, ``2021, 2022 and 2023``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
