"""Building a store from published files, checking it, and pointing back."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from cscdash.analysis.not_loaded import where_population_is
from cscdash.catalogue import catalogue
from cscdash.commands.tables import plain, print_table
from cscdash.errors import CscdashError
from cscdash.extracts import EXTRACTS, Store, store_in_use
from cscdash.extracts.restore import restore as point_back
from cscdash.settings import settings

if TYPE_CHECKING:
    from cscdash.ingest import LeftOut, Line


def build(
    sources: Annotated[
        list[Path],
        typer.Option(
            "--from", help="Folder with published files; searched at any depth, in zips too."
        ),
    ],
    to: Annotated[Path, typer.Option("--to", help="The store to build.")] = EXTRACTS,
    prefer: Annotated[
        list[str] | None,
        typer.Option(
            help="Part of a path: of two files that contradict each other, keep the one that has"
            " it. May be given again."
        ),
    ] = None,
) -> None:
    """Build extracts from published files that are on this machine.

    Ends with 0 if all files were used, with 1 if some were left out (they are named, with why),
    and with 2 if nothing was built; the current build then stays.
    """
    from cscdash.ingest import build as build_store
    from cscdash.ingest import check_figures

    if len(sources) > 1:
        raise CscdashError(
            "Name one folder with --from: it is searched at any depth, so one above them all will"
            " do."
        )
    (source,) = sources
    console = Console()
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("Reading", total=None)

        def show(label: str, at: int, total: int) -> None:
            bar.update(task, description=f"Reading {label[-60:]}", completed=at, total=total)

        report = build_store(source, to, catalogue(), show, prefer=prefer or ())
    table = Table(title=f"Built {len(report.lines)} extracts", title_justify="left")
    for heading in ("Indicator", "Files used", "Areas", "Periods", "Values", "Missing, by reason"):
        table.add_column(heading, justify="right" if heading in ("Areas", "Values") else "left")
    for line in report.lines:
        missing = ", ".join(f"[{code}] {count:,}" for code, count in line.missing.items())
        table.add_row(
            line.indicator,
            "\n".join(file.rsplit("/", 1)[-1] for file in line.files),
            f"{line.areas:,}",
            f"{line.periods[0]} to {line.periods[-1]}",
            f"{line.values:,}",
            plain(missing),
        )
    print_table(console, table)
    _list_files(console, "Files that no indicator needs:", report.left_out, matters=False)
    if report.without:
        console.print(
            f"Indicators without a file here: {', '.join(report.without)}",
            markup=False,
            soft_wrap=True,
        )
    _list_lacking(console, report.lines)
    for id, findings in check_figures(report.store, catalogue()).items():
        for finding in findings:
            console.print(f"Look at {id}, {finding}", markup=False, soft_wrap=True)
    _list_files(console, "Left out:", report.left_out, matters=True)
    console.print(f"Current build of {to}: {report.store.build}", markup=False, soft_wrap=True)
    offer_to_other_tools(report.store)
    if not report.complete:
        raise typer.Exit(1)


def offer_to_other_tools(store: Store) -> None:
    """Put the figures where other tools find them, if this copy offers them."""
    if not settings().open_figures:
        return
    from cscdash.views.frame.open_figures import are_open, offer

    folder = offer(store)
    if folder:
        print(f"Other tools find the figures in {folder}, served as app/static/data.")
    elif not are_open():
        print("The figures are not offered to other tools: this copy asks for a sign-in.")


def _list_lacking(console: Console, lines: "Sequence[Line]") -> None:
    """The rates whose counts were built and whose population was not here."""
    by_words: dict[str, list[str]] = {}
    for line in lines:
        for one in line.lacking:
            by_words.setdefault(one.words, []).append(line.indicator)
    if not by_words:
        return
    console.print("Counts without their rate, as the population is not among the files:")
    for words, ids in by_words.items():
        console.print(f"  {words} {', '.join(ids)}", markup=False, highlight=False, soft_wrap=True)
    console.print(f"  {where_population_is(catalogue())}", markup=False, soft_wrap=True)


def _list_files(
    console: Console, heading: str, files: "Sequence[LeftOut]", *, matters: bool
) -> None:
    some = [one for one in files if one.matters is matters]
    if some:
        console.print(heading)
    for words in dict.fromkeys(one.words for one in some):
        console.print(f"  {words}", markup=False, highlight=False, soft_wrap=True)


def check(
    folder: Annotated[
        Path | None, typer.Argument(help="The store; the one the app opens, if left out.")
    ] = None,
) -> None:
    """Check a store against the schema and the published England figures.

    Each figure is judged by the release that it was published in: where the store holds a newer
    one that says otherwise, that is a revision, which is listed and no failure.
    """
    from cscdash.ingest import Verdict, judge_figures

    store = Store.open(folder or store_in_use()[0])
    wrong = store.check()
    if not wrong and store.demonstration:
        print(f"{store.folder}: {len(store.indicators)} extracts of invented values, all whole.")
        return
    figures = [] if wrong else list(judge_figures(store, catalogue()))
    for one in figures:
        if one.verdict is Verdict.REVISED:
            print(f"Revised: {one.indicator}, {one.words}")
    wrong += [
        f"{one.indicator}, {one.words}" for one in figures if one.verdict is Verdict.NOT_REPRODUCED
    ]
    for finding in wrong:
        print(finding)
    if wrong:
        raise CscdashError(f"{store.folder} does not hold: {len(wrong)} finding(s), listed above.")
    counts = Counter(one.verdict for one in figures)
    said = [f"{counts[Verdict.REPRODUCED]} published figures reproduced"]
    if counts[Verdict.REVISED]:
        said.append(f"{counts[Verdict.REVISED]} revised since")
    if counts[Verdict.NOT_JUDGED]:
        said.append(f"{counts[Verdict.NOT_JUDGED]} not judged, as their release is not here")
    print(f"{store.folder}: {len(store.indicators)} extracts, all whole; {', '.join(said)}.")


def restore(
    to: Annotated[Path, typer.Option("--to", help="The store.")] = EXTRACTS,
) -> None:
    """Point a store back to the build before the current one."""
    store = point_back(to)
    made = store.package.get("created", "at a time not recorded")
    print(f"Current build of {to}: {store.build}, made {made}.")
