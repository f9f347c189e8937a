"""Rows of the things that have a history, from and to the frozen values of the domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from tracker.domain import register
from tracker.domain.codes import Role
from tracker.domain.deadline import Certainty, Deadline, Precision, parse_period
from tracker.domain.follow_up import FollowUp
from tracker.domain.saved_view import StoredView
from tracker.domain.schedule import schedule
from tracker.domain.status import Stage, Status
from tracker.domain.text import sort_key
from tracker_db import models, texts
from tracker_db.keys import Keys
from tracker_db.rows_of_following import save_follow_up, save_view
from tracker_db.types import FOREVER

T = TypeVar("T", bound=models.Base)

PARTS: Mapping[str, type[models.Part]] = {
    "parties": models.Participation,
    "sources": models.Citation,
    "targets": models.Target,
    "milestones": models.Milestone,
    "sides": models.Side,
    "tags": models.Tag,
}


def deadline_of(row: Any, name: str) -> Deadline | None:
    """The deadline kept in a row's six columns of that name."""
    value = getattr(row, f"{name}_value")
    if value is None:
        return None
    return Deadline(
        getattr(row, f"{name}_text"),
        value,
        getattr(row, f"{name}_start"),
        getattr(row, f"{name}_end"),
        Precision(getattr(row, f"{name}_precision")),
        Certainty(getattr(row, f"{name}_certainty")),
    )


def deadline_columns(name: str, deadline: Deadline | None) -> dict[str, Any]:
    """The six columns of a deadline."""
    fields = ("text", "value", "start", "end", "precision", "certainty")
    return {f"{name}_{field}": getattr(deadline, field) if deadline else None for field in fields}


def commitment_columns(commitment: register.Commitment, keys: Keys) -> dict[str, Any]:
    """The typed columns of a commitment's state, those that indexes need among them."""
    done = commitment.done_period
    end = commitment.deadline.end if commitment.deadline else None
    lead = commitment.party_in(Role.LEAD)
    plain = (
        "kind",
        "sector",
        "instrument",
        "strength",
        "status",
        "status_since",
        "done",
        "review_on",
        "replaced_by",
    )
    return {
        **{name: getattr(commitment, name) for name in ("ref", *plain, "evidence_tier")},
        "title_vi": commitment.title.vi,
        "title_en": commitment.title.en,
        "statement_vi": commitment.statement.vi,
        "statement_en": commitment.statement.en,
        "done_start": done.start if done else None,
        "done_end": done.end if done else None,
        **deadline_columns("deadline", commitment.deadline),
        "closed": commitment.status.closed,
        "stage": Stage.of(commitment.status),
        "sort_day": end or FOREVER,
        "lead_id": keys.id("party", lead) if lead else None,
    }


def part_rows(name: str, commitment: register.Commitment, keys: Keys) -> list[dict[str, Any]]:
    """The rows of one of a commitment's lists, in its order."""
    match name:
        case "parties":
            rows = [
                {"party_id": keys.id("party", part.party), "role": part.role, "basis": part.basis}
                for part in commitment.parties
            ]
        case "sources":
            rows = [
                {"document_id": keys.id("document", cited.document), "role": cited.role, **_span(cited)}
                for cited in commitment.sources
            ]
        case "targets":
            rows = [
                {"figure_id": keys.id("figure", aim.figure), "value": aim.value, "by": aim.by}
                for aim in commitment.targets
            ]
        case "milestones":
            rows = [
                {
                    "name_vi": step.name.vi,
                    "name_en": step.name.en,
                    **deadline_columns("deadline", step.deadline),
                }
                for step in commitment.milestones
            ]
        case "sides":
            rows = [
                {
                    "party_id": keys.id("party", side.party),
                    "status": side.status,
                    "since": side.since,
                    "done": side.done,
                }
                for side in commitment.sides
            ]
        case _:
            rows = [{"tag": tag} for tag in commitment.tags]
    return [row | {"position": position} for position, row in enumerate(rows)]


def _span(place: register.Span) -> dict[str, int]:
    return {"paragraph": place.paragraph, "start": place.start, "end": place.end}


def place_columns(place: register.Span | None, keys: Keys) -> dict[str, Any]:
    """The columns of a place in a document, or of none."""
    if place is None:
        return dict.fromkeys(("document_id", "paragraph", "start", "end"))
    return {"document_id": keys.id("document", place.document), **_span(place)}


def write_part(
    session: Session, name: str, commitment_id: int, commitment: register.Commitment, day: date, keys: Keys
) -> None:
    """From `day` on, one of a commitment's lists is what this state says; the earlier days keep theirs.

    Said again as it was, it goes on: the rows depend on what the days say, not on the way there.
    """
    table = PARTS[name]
    of_it = table.commitment_id == commitment_id
    session.execute(delete(table).where(of_it, table.valid_to == FOREVER, table.valid_from >= day))
    until_then = (of_it, table.valid_to.in_((day, FOREVER)))
    rows = part_rows(name, commitment, keys)
    columns = [getattr(table, name) for name in (rows[0] if rows else {})]
    before = session.execute(select(*columns).where(*until_then).order_by(table.position)).mappings() if rows else ()
    same = bool(rows) and [dict(row) for row in before] == rows
    session.execute(update(table).where(*until_then).values(valid_to=FOREVER if same else day))
    if rows and not same:
        common = {"commitment_id": commitment_id, "valid_from": day, "valid_to": FOREVER}
        session.execute(insert(table), [row | common for row in rows])


def tally_key(columns: Mapping[str, Any]) -> tuple[str, date]:
    """What the buckets depend on (see `models.Tally`)."""
    match columns["stage"]:
        case Stage.CLOSED:
            state = schedule(
                Status(columns["status"]),
                start=columns["deadline_start"],
                end=columns["deadline_end"],
                done_start=columns["done_start"],
                done_end=columns["done_end"],
                review_on=None,
                as_of=date.min,
            )
            return state.value, FOREVER
        case Stage.PAUSED:
            return "paused", FOREVER
        case stage if columns["deadline_end"] is not None:
            return str(stage), columns["deadline_end"]
        case _:
            return "review", columns["review_on"] or FOREVER


def search_texts(session: Session, commitment: register.Commitment) -> list[str]:
    """The texts by which a commitment is found: ref, title, statement, and the names of its parties.

    In one order, whatever the engine finds first: a phrase may go over the end of a name.
    """
    keys = list(dict.fromkeys(part.party for part in commitment.parties))
    named = session.execute(select(models.Party).where(models.Party.key.in_(keys))).scalars()
    parties = sorted(named, key=lambda party: keys.index(party.key))
    alias = models.PartyAlias
    aliases = session.execute(
        select(alias.name)
        .join(models.Party, models.Party.id == alias.party_id)
        .where(alias.party_id.in_([party.id for party in parties]))
        .order_by(models.Party.key, alias.position)
    )
    names = [name for party in parties for name in (party.name_vi, party.name_en)]
    title, statement = commitment.title, commitment.statement
    return [commitment.ref, title.vi, title.en, statement.vi, statement.en, *names, *aliases.scalars()]


def save(session: Session, states: Sequence[tuple[date, register.Subject]], keys: Keys) -> None:
    """Write the rows of a subject that is no commitment, from its values by day: of most, the last one counts."""
    value = states[-1][1]
    match value:
        case register.Party():
            row_id = save_party(session, value, keys)
        case register.Document():
            row_id = save_document(session, value)
        case register.Event():
            row_id = save_event(session, value, keys)
        case register.Figure():
            row_id = save_figure(session, value, keys)
        case FollowUp():
            row_id = save_follow_up(session, [(day, kept) for day, kept in states if isinstance(kept, FollowUp)], keys)
        case StoredView():
            row_id = save_view(session, value)
        case _:
            raise TypeError(value)
    keys.new(value.kind_of_subject, value.subject_ref, row_id)


def drop(session: Session, kind: str, ref: str, keys: Keys) -> None:
    """Delete the row of a subject that is no commitment, with the rows that are its own; a text is put away."""
    if kind == register.Document.kind_of_subject:
        texts.withdraw(session, _row(session, models.Document, models.Document.sha256 == ref))
        session.flush()
    match kind:
        case FollowUp.kind_of_subject:
            session.execute(delete(models.FollowUp).where(models.FollowUp.key == ref))
        case StoredView.kind_of_subject:
            session.execute(delete(models.SavedView).where(models.SavedView.key == ref))
        case _:
            keys.drop(kind, ref)


def save_party(session: Session, party: register.Party, keys: Keys) -> int:
    """Write a party's row and its aliases; the row number."""
    row = _set(session, models.Party, models.Party.key == party.key, party_columns(party, keys))
    session.execute(delete(models.PartyAlias).where(models.PartyAlias.party_id == row.id))
    _insert(session, models.PartyAlias, [{"party_id": row.id, **own} for own in own_rows(party, keys)])
    return row.id


def party_columns(party: register.Party, keys: Keys) -> dict[str, Any]:
    """The columns of a party."""
    return {
        "key": party.key,
        "kind": party.kind,
        "country": party.country,
        "parent_id": keys.id("party", party.parent) if party.parent else None,
        "name_vi": party.name.vi,
        "name_en": party.name.en,
        "sort_key": sort_key(party.name.said_in("vi")),
    }


def save_document(session: Session, document: register.Document) -> int:
    """Write a document's row; the row number.

    A text is given to it apart; here it is put away when the value has none, and a text put away comes back.
    """
    row = _set(session, models.Document, models.Document.sha256 == document.sha256, document_columns(document))
    (texts.give_back if document.text_added else texts.withdraw)(session, row)
    session.flush()
    return row.id


def document_columns(document: register.Document) -> dict[str, Any]:
    """The columns of a document, but for its text."""
    published = parse_period(document.published)
    named = ("sha256", "file", "title", "publisher", "language", "published")
    return {name: getattr(document, name) for name in named} | {
        "published_start": published.start,
        "published_end": published.end,
    }


def save_event(session: Session, event: register.Event, keys: Keys) -> int:
    """Write an event's row and who takes part; the row number."""
    row = _set(session, models.Event, models.Event.key == event.key, event_columns(event))
    session.execute(delete(models.EventParty).where(models.EventParty.event_id == row.id))
    _insert(session, models.EventParty, [{"event_id": row.id, **own} for own in own_rows(event, keys)])
    return row.id


def event_columns(event: register.Event) -> dict[str, Any]:
    """The columns of an event."""
    held = parse_period(event.on)
    return {
        "key": event.key,
        "kind": event.kind,
        "name_vi": event.name.vi,
        "name_en": event.name.en,
        "held_on": event.on,
        "held_start": held.start,
        "held_end": held.end,
    }


def save_figure(session: Session, figure: register.Figure, keys: Keys) -> int:
    """Write a figure's row and its readings; the row number."""
    row = _set(session, models.Figure, models.Figure.key == figure.key, figure_columns(figure))
    session.execute(delete(models.Reading).where(models.Reading.figure_id == row.id))
    _insert(session, models.Reading, [{"figure_id": row.id, **own} for own in own_rows(figure, keys)])
    return row.id


def figure_columns(figure: register.Figure) -> dict[str, Any]:
    """The columns of a figure."""
    return {
        "key": figure.key,
        "name_vi": figure.name.vi,
        "name_en": figure.name.en,
        "unit": figure.unit,
        "per": figure.per,
    }


def own_rows(value: register.Subject, keys: Keys) -> list[dict[str, Any]]:
    """The rows that are a party's, an event's or a figure's own, in their order: aliases, who takes part, readings."""
    match value:
        case register.Party():
            return [{"name": name} for name in value.aliases]
        case register.Event():
            return [{"party_id": keys.id("party", key)} for key in value.parties]
        case register.Figure():
            return [
                {
                    **{name: getattr(reading, name) for name in ("period", "value", "qualifier", "note")},
                    "period_end": parse_period(reading.period).end,
                    **place_columns(reading.place, keys),
                }
                for reading in value.readings
            ]
        case _:
            return []


def _row(session: Session, table: type[T], condition: Any) -> T:
    row = session.execute(select(table).where(condition)).scalar_one_or_none()
    if row is None:
        row = table()
        session.add(row)
    return row


def _set(session: Session, table: type[T], condition: Any, columns: Mapping[str, Any]) -> T:
    row = _row(session, table, condition)
    for name, value in columns.items():
        setattr(row, name, value)
    session.flush()
    return row


def _insert(session: Session, table: type[models.Base], rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), [row | {"position": position} for position, row in enumerate(rows)])
