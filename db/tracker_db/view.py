"""From rows to frozen views: the commitments of a day with their parties, sources and next steps, in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import FromClause, Row, Select, Subquery, func, inspect, select, union_all
from sqlalchemy.orm import Session

from tracker.domain import views
from tracker.domain.deadline import Precision
from tracker.domain.register import Words
from tracker.domain.schedule import Schedule, schedule
from tracker.domain.status import Status
from tracker_db import models
from tracker_db.models import STATE_COLUMNS
from tracker_db.parties import Directory, directory_of
from tracker_db.scan import behind_plus
from tracker_db.subjects import deadline_of
from tracker_db.types import FOREVER

# Rows fetched at a time when a listing streams; their lists are fetched with one query a table.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Day:
    """The day a question is asked about, and the settings that its answer depends on."""

    as_of: date
    soon_days: int = 30
    home: str = "VN"


def commitments_on(session: Session, as_of: date) -> FromClause:
    """The commitments as they stood on a day, with the columns of `CommitmentState` and `id`.

    From the last entry's day on this is the table itself, with all its indexes; before it, the versions that held.
    """
    return _together(stretches_on(session, as_of))


def stretches_on(session: Session, as_of: date) -> tuple[FromClause, ...]:
    """The same in the pieces that it is put together from, with no commitment in two of them.

    What is counted is counted in each and added up: SQLite would copy all columns of a union before it counts.
    """
    table = models.Commitment.__table__
    latest = session.execute(select(func.max(models.Commitment.valid_from))).scalar_one_or_none()
    if latest is None or as_of >= latest:
        return (table,)
    earlier = models.CommitmentVersion.__table__
    # Half of all rows fulfil these, and what is asked for beside them has better indexes.
    plain = session.connection().dialect.name != "sqlite"
    since, from_then, until = (
        column if plain else behind_plus(column)
        for column in (table.c.valid_from, earlier.c.valid_from, earlier.c.valid_to)
    )
    return (
        select(table.c.id, *(table.c[name] for name in STATE_COLUMNS)).where(since <= as_of).subquery("still_held"),
        select(earlier.c.commitment_id.label("id"), *(earlier.c[name] for name in STATE_COLUMNS))
        .where(from_then <= as_of, until > as_of)
        .subquery("held_then"),
    )


def _together(stretches: Sequence[FromClause]) -> FromClause:
    if len(stretches) == 1:
        return stretches[0]
    return union_all(*(part.element for part in stretches if isinstance(part, Subquery))).subquery("commitment_on_day")


def stream(session: Session, statement: Select[Any], day: Day) -> Iterator[views.CommitmentView]:
    """The views of a statement over `commitments_on`, a chunk at a time, in its order."""
    return Viewer(session, day).stream(session.execute(statement.execution_options(yield_per=CHUNK)))


class Viewer:
    """Makes views of commitment rows; keeps what many of them share."""

    def __init__(self, session: Session, day: Day, directory: Directory | None = None) -> None:
        self._session = session
        self._day = day
        self._directory = directory or directory_of(session)
        self._home = self._directory.home(day.home)

    def stream(self, rows: Iterable[Row[Any]]) -> Iterator[views.CommitmentView]:
        """The views of any number of rows, a chunk at a time, in their order."""
        waiting = iter(rows)
        while chunk := list(islice(waiting, CHUNK)):
            yield from self.of(chunk)

    def of(self, rows: Sequence[Row[Any]], *, sentences: bool = False) -> Iterator[views.CommitmentView]:
        """The views of these rows, in their order; with `sentences`, each source with its own where there is a text."""
        ids = [row.id for row in rows]
        parties = self._parts(models.Participation, ids)
        sources = self._sources(ids, sentences)
        targets = self._targets(ids)
        milestones = self._parts(models.Milestone, ids)
        sides = self._parts(models.Side, ids)
        tags = self._parts(models.Tag, ids)
        planned = self._planned(ids)
        events = self._events({row.deadline_value for row in rows if row.deadline_precision == Precision.EVENT})
        for row in rows:
            yield self._view(
                row,
                parties=tuple(self._party(part) for part in parties[row.id]),
                sources=tuple(sources[row.id]),
                targets=tuple(targets[row.id]),
                milestones=tuple(
                    views.MilestoneView(Words(vi=step.name_vi, en=step.name_en), deadline_of(step, "deadline"))
                    for step in milestones[row.id]
                ),
                sides=tuple(
                    views.SideView(
                        self._directory.by_id[side.party_id].listing.key, Status(side.status), side.since, side.done
                    )
                    for side in sides[row.id]
                ),
                tags=tuple(tag.tag for tag in tags[row.id]),
                planned=planned.get(row.id),
                event=events.get(row.deadline_value),
            )

    def _view(self, row: Row[Any], *, planned: views.NextStep | None, **parts: Any) -> views.CommitmentView:
        as_of = self._day.as_of
        status = Status(row.status)
        state = schedule(
            status,
            start=row.deadline_start,
            end=row.deadline_end,
            done_start=row.done_start,
            done_end=row.done_end,
            review_on=row.review_on,
            as_of=as_of,
            soon_days=self._day.soon_days,
        )
        late = state in (Schedule.OVERDUE, Schedule.LATE_CLAIM)
        past_baseline = not row.closed and row.baseline_end is not None and as_of > row.baseline_end
        review = views.NextStep("review", row.review_on) if row.review_on and not row.closed else None
        return views.CommitmentView(
            ref=row.ref,
            title=Words(vi=row.title_vi, en=row.title_en),
            statement=Words(vi=row.statement_vi, en=row.statement_en),
            kind=row.kind,
            sector=row.sector,
            instrument=row.instrument,
            strength=row.strength,
            status=status,
            status_since=row.status_since,
            done=row.done,
            schedule=state,
            days_overdue=(as_of - row.deadline_end).days if late else None,
            days_past_baseline=(as_of - row.baseline_end).days if past_baseline else None,
            moves=row.moves,
            deadline=deadline_of(row, "deadline"),
            baseline=deadline_of(row, "baseline"),
            review_on=row.review_on,
            review_overdue=not row.closed and row.review_on is not None and as_of > row.review_on,
            replaced_by=row.replaced_by,
            evidence_tier=row.evidence_tier,
            last_update=row.valid_from,
            silent_days=(as_of - row.valid_from).days,
            version=row.version,
            next=(None if row.closed else planned) or review,
            **parts,
        )

    def _valid(
        self, statement: Select[*tuple[Any, ...]], table: type[models.Part], ids: Sequence[int]
    ) -> Select[*tuple[Any, ...]]:
        as_of = min(self._day.as_of, FOREVER - timedelta(days=1))
        return statement.where(
            table.commitment_id.in_(ids), table.valid_from <= as_of, table.valid_to > as_of
        ).order_by(table.commitment_id, table.position)

    def _parts(self, table: type[models.Part], ids: Sequence[int]) -> dict[int, list[Any]]:
        columns = [column for column in inspect(table).columns if column.key not in ("id", "valid_from", "valid_to")]
        found: dict[int, list[Any]] = defaultdict(list)
        for row in self._session.execute(self._valid(select(*columns), table, ids)):
            found[row.commitment_id].append(row)
        return found

    def _party(self, part: Row[Any]) -> views.PartyView:
        party = self._directory.by_id[part.party_id].listing
        return views.PartyView(
            party.key, party.name, part.role, part.basis, party.country, ours=part.party_id in self._home
        )

    def _sources(self, ids: Sequence[int], sentences: bool) -> dict[int, list[views.SourceView]]:
        cited, document = models.Citation, models.Document
        span = func.substr(document.text, cited.start + 1, cited.end - cited.start) if sentences else None
        statement = select(
            cited.commitment_id,
            cited.paragraph,
            cited.start,
            cited.end,
            cited.role,
            document.file,
            document.sha256,
            document.published,
            *([span.label("sentence")] if span is not None else []),
        ).join(document, document.id == cited.document_id)
        found: dict[int, list[views.SourceView]] = defaultdict(list)
        for row in self._session.execute(self._valid(statement, cited, ids)):
            found[row.commitment_id].append(
                views.SourceView(
                    row.file,
                    row.sha256,
                    row.published,
                    row.paragraph,
                    row.start,
                    row.end,
                    row.role,
                    row.sentence if sentences else None,
                )
            )
        return found

    def _targets(self, ids: Sequence[int]) -> dict[int, list[views.TargetView]]:
        aim, figure = models.Target, models.Figure
        statement = select(
            aim.commitment_id, aim.value, aim.by, figure.key, figure.name_vi, figure.name_en, figure.unit
        ).join(figure, figure.id == aim.figure_id)
        found: dict[int, list[views.TargetView]] = defaultdict(list)
        for row in self._session.execute(self._valid(statement, aim, ids)):
            found[row.commitment_id].append(
                views.TargetView(
                    row.key,
                    Words(vi=row.name_vi, en=row.name_en),
                    row.value,
                    row.unit,
                    None if row.by == "none" else row.by,
                )
            )
        return found

    def _events(self, values: set[str]) -> dict[str, Words]:
        """The names of the events at which deadlines spelled so point."""
        if not values:
            return {}
        table = models.Event
        rows = self._session.execute(
            select(table.key, table.name_vi, table.name_en).where(
                table.key.in_([value.removeprefix("event:") for value in values])
            )
        )
        return {f"event:{row.key}": Words(vi=row.name_vi, en=row.name_en) for row in rows}

    def _planned(self, ids: Sequence[int]) -> dict[int, views.NextStep]:
        """The earliest of what is planned or awaited, as it was known on that day."""
        step, as_of = models.FollowUp, min(self._day.as_of, FOREVER - timedelta(days=1))
        rows = self._session.execute(
            select(step.commitment_id, step.what, step.due_on, step.done_on)
            .where(step.commitment_id.in_(ids), step.valid_to > as_of, step.valid_from <= as_of)
            .where(step.due_on.is_not(None))
            .order_by(step.commitment_id, step.due_on.desc(), step.key.desc())
        )
        return {
            row.commitment_id: views.NextStep(row.what, row.due_on, "answer" if row.done_on else "follow_up")
            for row in rows
        }
