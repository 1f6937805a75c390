"""Tables in the terminal."""

from rich.console import Console
from rich.table import Table


def plain(text: str) -> str:
    """Text that rich shows as it is: square brackets are not mark-up here."""
    return text.replace("[", r"\[")


def print_table(console: Console, table: Table) -> None:
    """Print a table whole, however narrow the terminal or pipe says it is."""
    if not console.is_terminal:
        console = Console(width=160)
    console.print(table)
