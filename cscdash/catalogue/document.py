"""The catalogue as a document for people."""

from cscdash.catalogue.models import Break, Catalogue, Check, Indicator
from cscdash.catalogue.publications import Publication


def as_markdown(catalogue: Catalogue) -> str:
    """The whole catalogue as Markdown: a section for each chapter and indicator.

    Returns
    -------
    str
        Text that ends in a line break.
    """
    lines = [
        "# Indicators",
        "",
        "Made from the catalogue by `python -m cscdash catalogue --markdown`; change the catalogue,"
        " not this page. The set is provisional: most of it stands for outcomes that cannot be"
        " measured yet. It is for learning: no targets, and not for judging.",
    ]
    for chapter in catalogue.chapters:
        lines += [
            "",
            f"## {chapter.number}: {chapter.title}",
            "",
            chapter.aim,
            "",
            chapter.hangs_together,
        ]
        for indicator in chapter.indicators:
            lines += ["", *_indicator(catalogue, indicator)]
    lines += ["", "## Publications", ""]
    lines += [f"- [{p.title}]({p.page}), {p.cadence}. {p.attribution}" for p in _used(catalogue)]
    return "\n".join(lines) + "\n"


def _used(catalogue: Catalogue) -> list[Publication]:
    """The publications that some indicator uses, in the order they are declared."""
    datasets = {
        dataset
        for indicator in catalogue.indicators
        for source in indicator.source
        for dataset in (source.dataset, source.population)
    }
    return [p for p in catalogue.publications if any(d.id in datasets for d in p.dataset)]


def _indicator(catalogue: Catalogue, indicator: Indicator) -> list[str]:
    facts = [
        ("Id", f"`{indicator.id}`"),
        ("Listed in", _listed(indicator)),
        ("Standing", indicator.standing),
        ("Kind", f"{indicator.kind}, {indicator.measures}"),
        ("Unit and period", f"{indicator.unit}; {indicator.period_means}"),
        ("Numerator", indicator.numerator),
        ("Denominator", indicator.denominator),
        ("Category shown in place of a total", indicator.headline or ""),
        ("Recorded in", indicator.recorded_in),
        ("Why it is here", indicator.why),
        ("How to read it", indicator.reading),
        ("What it cannot tell", indicator.limits),
        ("To know of its files", " ".join(catalogue.notes_of(indicator))),
        ("Would show", indicator.would_show),
        ("Held by", indicator.held_by),
        ("Local figures", indicator.local_figures),
        ("Read alongside", ", ".join(f"`{id}`" for id in indicator.read_alongside)),
        ("Sources", "; ".join(_sources(catalogue, indicator))),
        (
            "Breakdowns",
            ", ".join(dict.fromkeys(b.name for s in indicator.source for b in s.breakdown)),
        ),
        ("Protected characteristics", "; ".join(_characteristics(indicator))),
        ("Breaks", " ".join(_break(b) for b in indicator.breaks)),
        ("Years of the pandemic", indicator.pandemic_words),
        ("Usually hoped for", indicator.usually_hoped_for or ""),
        ("But", indicator.hoped_for_caveat),
        ("Expectations", ", ".join(indicator.expectations)),
        ("Published figures", "; ".join(_figure(check) for check in indicator.check)),
    ]
    lines = [f"### {indicator.title}", ""]
    lines += [f"- **{name}:** {text}" for name, text in facts if text]
    if indicator.questions:
        lines += ["", "Questions:", "", *(f"- {question}" for question in indicator.questions)]
    return lines


def _sources(catalogue: Catalogue, indicator: Indicator) -> list[str]:
    """Each source in words: publication, data set, derivation and the periods it is used for."""
    told = []
    for source in indicator.source:
        publication = catalogue.publication_of(source.dataset)
        data = catalogue.datasets[source.dataset].title
        span = " ".join(
            filter(
                None, [source.first and f"from {source.first}", source.last and f"to {source.last}"]
            )
        )
        told.append(", ".join(filter(None, [publication.title, data, source.derive, span])))
    return list(dict.fromkeys(told))


def _listed(indicator: Indicator) -> str:
    if indicator.listed_in == "consultation Annex B":
        return f"{indicator.listed_in}, {indicator.annex_b}"
    beside = f", shown with {indicator.annex_b}" if indicator.annex_b else ""
    return f"{indicator.listed_in}{beside}"


def _characteristics(indicator: Indicator) -> list[str]:
    """Each answer with the characteristics that it holds for."""
    answers = dict.fromkeys(indicator.characteristics.values())
    return [
        f"{answer}: {', '.join(n for n, a in indicator.characteristics.items() if a == answer)}"
        for answer in answers
    ]


def _break(change: Break) -> str:
    where = f", by {change.breakdown}" if change.breakdown else ""
    return f"From {change.period}{where}: {change.why}"


def _figure(check: Check) -> str:
    """One published figure with what it is of and where it stands."""
    of = [check.period]
    if check.area != "E92000001":
        of.append(check.area)
    if check.category != "total":
        of.append(check.category)
    if check.measure != "value":
        of.append(check.measure)
    shown = f"{check.value:,.4f}".rstrip("0").rstrip(".")
    return f"{', '.join(of)}: {shown} ({check.cite})"
