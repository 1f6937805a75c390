"""The catalogue as a document for people."""

from cscdash.catalogue.models import Catalogue, Indicator


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
        "Made from the catalogue by `python -m cscdash catalogue --markdown`. The set is"
        " provisional: stand-ins for outcomes that cannot be measured yet.",
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
    return "\n".join(lines) + "\n"


def _indicator(catalogue: Catalogue, indicator: Indicator) -> list[str]:
    facts = [
        ("Id", f"`{indicator.id}`"),
        ("Listed in", " ".join(filter(None, [indicator.listed_in, indicator.annex_b]))),
        ("Standing", indicator.standing),
        ("Kind", f"{indicator.kind}, {indicator.measures}"),
        ("Unit and period", f"{indicator.unit}; {indicator.period_means}"),
        ("Numerator", indicator.numerator),
        ("Denominator", indicator.denominator),
        ("Recorded in", indicator.recorded_in),
        ("Why it is here", indicator.why),
        ("How to read it", indicator.reading),
        ("What it cannot tell", indicator.limits),
        ("Would show", indicator.would_show),
        ("Held by", indicator.held_by),
        ("Local figures", indicator.local_figures),
        ("Read alongside", ", ".join(f"`{id}`" for id in indicator.read_alongside)),
        ("Sources", "; ".join(_sources(catalogue, indicator))),
        (
            "Breakdowns",
            ", ".join(dict.fromkeys(b.name for s in indicator.source for b in s.breakdown)),
        ),
        ("Breaks", "; ".join(f"from {b.period}: {b.why}" for b in indicator.breaks)),
        (
            "Published figures",
            "; ".join(f"{c.period}: {c.value:g} ({c.cite})" for c in indicator.check),
        ),
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
