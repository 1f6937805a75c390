"""Every text of the framework that we wrote, by name."""

from cscdash.catalogue.framework import framework


def our_texts() -> dict[str, str]:
    texts = framework()
    found = {one.id: one.text for one in texts.expectations}
    for promise in texts.promises:
        found[f"{promise.id} asked"] = promise.asked
        found[f"{promise.id} promised"] = promise.promised
    found |= {f"term {term.term}": term.text for term in texts.terms}
    for statement in (*texts.principles, *texts.services, *texts.long_term, *texts.uses):
        found[statement.id] = statement.text
    found["purpose"] = texts.purpose.text
    found |= {f"status {at}": one.text for at, one in enumerate(texts.status)}
    found |= {f"credit {one.who}": one.what for one in texts.credits}
    found |= {f"guidance {one.title}": one.what for one in texts.guidance}
    found |= {f"role {one.code}": one.note for one in texts.roles}
    found |= {one.id: one.title for one in texts.register_ if one.listing == "promised"}
    for page in texts.plain:
        found[f"plain {page.chapter}"] = plain_text(page.chapter)
    return found


def plain_text(chapter: str) -> str:
    page = next(page for page in framework().plain if page.chapter == chapter)
    said = page.says.format(number=7, place="Leeds", when="2025")
    return " ".join([f"{page.title}.", page.about, said, page.shows, page.hides, *page.questions])
