"""Words, parties, places in documents and amounts."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tracker.i18n import _, language, ngettext, pgettext
from tracker.render.dates import period
from tracker.render.labels import label
from tracker.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.domain.register import Words
    from tracker.domain.views import FigureView, PartyView, SourceView

_CURRENCY = re.compile(r"[A-Z]{3}")


def words(given: Words) -> str:
    """The words in the present language, or in the other one when they are missing."""
    return safe(given.said_in(language()))


def in_both(given: Words) -> str:
    """The words in both languages, the present one first; once where only one is known."""
    first, second = (given.en, given.vi) if language() == "en" else (given.vi, given.en)
    return " / ".join(dict.fromkeys(safe(said) for said in (first, second) if said))


def party(given: PartyView) -> str:
    """A party's name; with the basis when the source does not say so itself."""
    name = words(given.name)
    if given.basis == "stated":
        return name
    return pgettext("a party and who says so", "{party} ({basis})").format(
        party=name, basis=label("basis", given.basis)
    )


def source(given: SourceView) -> str:
    """Where it says so: the document and the paragraph."""
    return _("{document}, paragraph {paragraph}").format(document=safe(given.document), paragraph=given.paragraph)


def citations(sources: Iterable[SourceView]) -> str:
    """Where it says so: each document once, with its paragraphs. Empty when there is no source."""
    paragraphs: dict[str, list[str]] = {}
    for given in sources:
        paragraphs.setdefault(safe(given.document), []).append(str(given.paragraph))
    return "; ".join(
        ngettext("{document}, paragraph {paragraphs}", "{document}, paragraphs {paragraphs}", len(found)).format(
            document=document, paragraphs=", ".join(found)
        )
        for document, found in paragraphs.items()
    )


def amount(value: Decimal, unit: str) -> str:
    """A measured value with its unit: USD 5 billion, 5 tỷ USD. In full when the short form would round it."""
    number = _short(value)
    unit = safe(unit)
    if not unit:
        return number
    if unit in ("%", "percent"):
        return f"{number}%"
    if unit == "projects":
        return _("{number} projects").format(number=number)
    if _CURRENCY.fullmatch(unit):
        return pgettext("an amount of money", "{currency} {number}").format(currency=unit, number=number)
    return pgettext("an amount", "{number} {unit}").format(number=number, unit=unit)


def quantity(value: Decimal, unit: str, qualifier: str) -> str:
    """A measured value as its source says it: about USD 5 billion."""
    return " ".join(filter(None, (label("qualifier", qualifier), amount(value, unit))))


def reading(value: Decimal, unit: str, qualifier: str, said_of: str) -> str:
    """A measured value as its source says it, with its period: about USD 5 billion (2025)."""
    return _("{amount} ({period})").format(amount=quantity(value, unit, qualifier), period=period(said_of))


def latest(figure: FigureView) -> str:
    """The readings of the latest period, all of them: sources may differ. Empty when there is none."""
    last = figure.readings[-1].period if figure.readings else ""
    return "; ".join(
        reading(read.value, figure.unit, read.qualifier, read.period) for read in figure.readings if read.period == last
    )


def _short(value: Decimal) -> str:
    size = abs(value)
    if size >= 10**12:
        scaled, shape = value / 10**12, _("{number} trillion")
    elif size >= 10**9:
        scaled, shape = value / 10**9, _("{number} billion")
    elif size >= 10**6:
        scaled, shape = value / 10**6, _("{number} million")
    else:
        return _grouped(value)
    if scaled != round(scaled, 3):
        return _grouped(value)
    return shape.format(number=_grouped(scaled))


def _grouped(value: Decimal) -> str:
    text = format(value, ",f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    # Vietnamese writes the point where English writes the comma, and the other way round.
    return text.translate({0x2C: ".", 0x2E: ","}) if language() == "vi" else text
