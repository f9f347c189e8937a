"""What is said of a figure against its target, as fields and as a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.views import AimView
from tracker.i18n import _
from tracker.render import pace, safe
from tracker.render.values import reading
from tracker.reports import columns
from tracker.reports.listing import NOTHING
from tracker.reports.model import Field
from tracker.reports.rows import Row, outlook_row, words_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.register import Words
    from tracker.domain.reported import TargetStanding

Column = Field["TargetStanding"]


def first(name: Callable[[Words], str]) -> tuple[Column, ...]:
    """Which target it is; `name` says in which language."""
    return (
        Field(_("Ref"), lambda aim: safe(aim.commitment.ref), share=3),
        Field(
            _("Target"),
            lambda aim: _("{figure}: {target}").format(
                figure=name(aim.figure.name), target=pace.aim(aim.figure, aim.value, aim.by)
            ),
            lambda aim: aim.value,
            share=6,
        ),
    )


def standing() -> tuple[Column, ...]:
    """Where it stands, and where it leads."""
    return (
        Field(_("Latest reading"), latest, share=4),
        Field(_("Gap"), lambda aim: pace.gap(aim.figure, aim.outlook), share=3),
        Field(_("Pace needed"), lambda aim: pace.needed(aim.figure, aim.outlook) or NOTHING, share=4),
        Field(_("Present pace"), lambda aim: pace.present(aim.figure, aim.outlook) or NOTHING, share=4),
        Field(_("Leads to"), lambda aim: pace.leads(aim.figure, aim.outlook) or NOTHING, share=4),
    )


def closing() -> tuple[Column, ...]:
    """What must be known to read it right, and where it says so."""
    return (
        Field(_("Remarks"), lambda aim: " ".join(pace.remarks(aim.outlook)) or NOTHING, share=6),
        Field(_("Source"), lambda aim: columns.sources(aim.commitment), share=4),
    )


def latest(aim: TargetStanding) -> str:
    """Every reading of the latest period, with its source."""
    if aim.outlook.latest is None:
        return _("no reading to compare")
    said = []
    for read in aim.outlook.latest.readings:
        value = reading(read.value, aim.figure.unit, read.qualifier, read.period)
        place = _("{document}, paragraph {paragraph}").format(
            document=safe(read.document or ""), paragraph=read.paragraph
        )
        said.append(f"{value}, {place}" if read.document else value)
    return "; ".join(said)


def target_row(aim: TargetStanding) -> Row:
    """A target with its outlook."""
    view = aim.commitment
    return {
        **outlook_row(AimView(view.ref, view.title, aim.value, aim.by), aim.outlook),
        "title": words_row(view.title),
        "status": view.status.value,
        "figure": aim.figure.key,
        "name": words_row(aim.figure.name),
        "unit": aim.figure.unit,
    }
