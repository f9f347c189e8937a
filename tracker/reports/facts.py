"""Computed facts of one thing, for a person to read and for a script: why a state holds, a figure against targets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.domain.pace import Outlook, Point, outlook, points
from tracker.i18n import _
from tracker.render import explanation as explained
from tracker.render import label, period, reading, safe, words
from tracker.render.explanation import question
from tracker.render.pace import aim, gap, leads, measured, needed, present, remarks
from tracker.reports.formats import json_line, json_text
from tracker.reports.layout import cells, pad, wrap
from tracker.reports.rows import explanation_row, figure_row, outlook_row

if TYPE_CHECKING:
    from tracker.domain.explanation import Explanation
    from tracker.domain.views import FigureView
    from tracker.reports.rows import Row


def render_explanation(
    form: str, given: Explanation, *, width: int | None = None, colour: bool = False
) -> Iterator[str]:
    """The explanation in that format: `table` is text for a person."""
    match form:
        case "json":
            yield json_text(explanation_row(given), indent=2) + "\n"
        case "jsonl":
            yield json_line(explanation_row(given))
        case _:
            yield _painted(question(given), colour) + "\n"
            yield from facts([(step.name, step.sentences) for step in explained(given)], width)


def render_figure(form: str, figure: FigureView, *, width: int | None = None, colour: bool = False) -> Iterator[str]:
    """A figure with its readings and, for each target, what follows from them."""
    match form:
        case "json":
            yield json_text(_figure_row(figure), indent=2) + "\n"
        case "jsonl":
            yield json_line(_figure_row(figure))
        case _:
            yield from _figure(figure, width, colour)


def _figure_row(figure: FigureView) -> Row:
    outlooks = [outlook_row(aimed, outlook(figure, aimed.value, aimed.by)) for aimed in figure.targets]
    return {**figure_row(figure), "outlooks": outlooks}


def _figure(figure: FigureView, width: int | None, colour: bool) -> Iterator[str]:
    yield _painted(f"{safe(figure.key)}  {words(figure.name)}", colour) + "\n"
    yield from facts([(_("Unit"), (safe(figure.unit),)), (_("Per"), (label("per", figure.per),))], width)
    yield f"\n{_painted(_('Readings'), colour)}\n"
    if not figure.readings:
        yield f"  {_('None.')}\n"
    yield from facts([(period(point.period.value), _readings(figure, point)) for point in points(figure)], width, "  ")
    for aimed in figure.targets:
        found = outlook(figure, aimed.value, aimed.by)
        title = _("Target of {ref}: {target}").format(ref=safe(aimed.ref), target=aim(figure, aimed.value, aimed.by))
        yield f"\n{_painted(title, colour)}\n"
        yield from facts(outlook_facts(figure, found), width, "  ")


def _readings(figure: FigureView, point: Point) -> tuple[str, ...]:
    return tuple(_beside(measured(figure, read), read.document, read.paragraph) for read in point.readings)


def outlook_facts(figure: FigureView, found: Outlook) -> list[tuple[str, tuple[str, ...]]]:
    """What follows from the readings for one target, each under its name; what is not there is left out."""
    latest = tuple(
        reading(read.value, figure.unit, read.qualifier, read.period)
        for read in (found.latest.readings if found.latest else ())
    )
    told = [
        (_("Latest reading"), latest),
        (_("Gap"), (gap(figure, found),)),
        (_("Pace needed"), (needed(figure, found),)),
        (_("Present pace"), (present(figure, found),)),
        (_("Leads to"), (leads(figure, found),)),
        (_("Note"), remarks(found)),
    ]
    return [(name, said) for name, said in told if any(said)]


def facts(told: list[tuple[str, tuple[str, ...]]], width: int | None, indent: str = "") -> Iterator[str]:
    """Names in a margin, their sentences beside them, one under the other."""
    widest = max((cells(name) for name, _said in told), default=0)
    for name, sentences in told:
        for number, sentence in enumerate(sentences):
            first = f"{indent}{pad(name if number == 0 else '', widest)}  "
            rest = " " * (len(indent) + widest + 2)
            yield from (
                f"{line.rstrip()}\n"
                for line in ([first + sentence] if width is None else wrap(sentence, width, first=first, rest=rest))
            )


def _beside(said: str, document: str | None, paragraph: int | None) -> str:
    if document is None:
        return said
    return _("{reading}: {document}, paragraph {paragraph}").format(
        reading=said, document=safe(document), paragraph=paragraph
    )


def _painted(text: str, colour: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour else text
