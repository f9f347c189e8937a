"""Every question to the register, by name. Each takes a session of `Database.read()` and gives frozen views."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import FromClause, func, select
from sqlalchemy.orm import Session, aliased

from tracker import errors
from tracker.domain import outcomes, query, views
from tracker.domain.register import Words
from tracker.domain.status import Status
from tracker.domain.text import alike
from tracker_db import history, models, rights, search
from tracker_db.filters import Filter, is_everything, only_texts
from tracker_db.matches import Matches
from tracker_db.parties import directory_of
from tracker_db.session import Database
from tracker_db.types import FOREVER
from tracker_db.upgrade import revision_of
from tracker_db.view import CHUNK, Day, Viewer, commitments_on, stream, stretches_on


def listing(
    session: Session,
    term: query.Term,
    day: Day,
    *,
    limit: int | None = None,
    offset: int = 0,
    sort: str = "deadline",
    descending: bool = False,
    total: int | None = None,
) -> Iterator[views.CommitmentView]:
    """The commitments that match, in one of the domain's SORTS; `total` when it is known how many.

    When the query has marks, exact matches come first. Raises NotFound for a party nobody knows.
    """
    directory = directory_of(session)
    rows = Matches(session, term, day, directory, sort, descending=descending).rows(limit, offset, total)
    return Viewer(session, day, directory).stream(rows)


def count(session: Session, term: query.Term, day: Day) -> int:
    """How many match."""
    commitments = commitments_on(session, day.as_of)
    if is_everything(term) and commitments is models.Commitment.__table__:
        return session.execute(select(func.coalesce(func.sum(models.Tally.number), 0))).scalar_one()
    texts = only_texts(term)
    words = search.matching(texts, session.connection().dialect) if texts else None
    if words is not None and commitments is models.Commitment.__table__:
        # Every commitment has its line in the search, and so it counts alone.
        return session.execute(select(func.count()).select_from(words.subquery())).scalar_one()
    return sum(
        session.execute(
            select(func.count()).select_from(part).where(Filter(session, part, day, scanning=True).where(term))
        ).scalar_one()
        for part in stretches_on(session, day.as_of)
    )


def commitment(session: Session, ref: str, day: Day) -> views.CommitmentView:
    """One commitment on a day, its sources with their sentences. Raises NotYet, NotFound with the nearest refs."""
    commitments = commitments_on(session, day.as_of)
    rows = session.execute(select(commitments).where(commitments.c.ref == ref)).all()
    if not rows:
        began = session.execute(select(models.Commitment.began_on).where(models.Commitment.ref == ref)).scalar()
        if began is not None:
            raise errors.NotYet(ref, day.as_of, began)
        raise errors.NotFound("commitment", ref, nearest_refs(session, ref))
    return next(Viewer(session, day).of(rows, sentences=True))


def commitments(session: Session, refs: Sequence[str], day: Day) -> tuple[views.CommitmentView, ...]:
    """The commitments of these refs that there are on a day, in that order, their sources with their sentences."""
    there, viewer = commitments_on(session, day.as_of), Viewer(session, day)
    found: dict[str, views.CommitmentView] = {}
    for first in range(0, len(refs), CHUNK):
        rows = session.execute(select(there).where(there.c.ref.in_(refs[first : first + CHUNK]))).all()
        found |= {view.ref: view for view in viewer.of(rows, sentences=True)}
    return tuple(found[ref] for ref in refs if ref in found)


def nearest_refs(session: Session, ref: str) -> tuple[str, ...]:
    """The refs that a mistyped one may mean: the same in other letters or with its zeros, or those around its place."""
    table = models.Commitment
    wanted = ref.strip().upper()
    stem, _, number = wanted.rpartition("-")
    padded = f"{stem}-{int(number):03d}" if number.isdecimal() and len(number) < 10 else wanted
    same = session.execute(select(table.ref).where(table.ref.in_((wanted, padded)))).scalars().all()
    before = session.execute(select(table.ref).where(table.ref < wanted).order_by(table.ref.desc()).limit(2)).scalars()
    after = session.execute(select(table.ref).where(table.ref > wanted).order_by(table.ref).limit(1)).scalars()
    return tuple(same) or (*reversed(before.all()), *after)


def updates(session: Session, ref: str, day: Day) -> tuple[views.StatusUpdateView, ...]:
    """What was said on where a commitment stands, by that day, newest first, with its evidence."""
    told, act, side = models.StatusUpdate, models.Act, aliased(models.Party)
    rows = session.execute(
        select(told, act.actor, side.key)
        .join(models.Commitment, models.Commitment.id == told.commitment_id)
        .join(act, act.number == told.act_number)
        .outerjoin(side, side.id == told.side_id)
        .where(models.Commitment.ref == ref, told.effective_on <= day.as_of)
        .order_by(told.effective_on.desc(), told.position.desc())
    ).all()
    evidence: dict[int, list[views.EvidenceView]] = {}
    proof, document = models.Evidence, models.Document
    sentence = func.substr(document.text, proof.start + 1, proof.end - proof.start)
    for row in session.execute(
        select(proof, document.file, document.sha256, sentence.label("sentence"))
        .outerjoin(document, document.id == proof.document_id)
        .where(proof.status_update_id.in_([update.id for update, _, _ in rows]))
        .order_by(proof.id)
    ):
        piece: models.Evidence = row[0]
        evidence.setdefault(piece.status_update_id, []).append(
            views.EvidenceView(
                piece.kind,
                row.file or piece.value,
                piece.tier,
                piece.paragraph,
                row.sentence,
                row.sha256,
                piece.start,
                piece.end,
            )
        )
    return tuple(
        views.StatusUpdateView(
            update.effective_on,
            Status(update.status),
            update.note,
            side_key,
            update.confirmed_by,
            actor,
            tuple(evidence.get(update.id, ())),
        )
        for update, actor, side_key in rows
    )


def documents(session: Session) -> tuple[views.DocumentView, ...]:
    """All documents, by file name, with how many commitments cite each."""
    cited = (
        select(models.Citation.document_id, func.count(models.Citation.commitment_id.distinct()).label("number"))
        .where(models.Citation.valid_to == FOREVER)
        .group_by(models.Citation.document_id)
        .subquery()
    )
    rows = session.execute(
        select(models.Document, models.Document.text.is_not(None), func.coalesce(cited.c.number, 0))
        .outerjoin(cited, cited.c.document_id == models.Document.id)
        .order_by(models.Document.file, models.Document.sha256)
    )
    return tuple(_document(row, has_text, number) for row, has_text, number in rows)


def document(session: Session, ref: str) -> views.DocumentView:
    """One document with its text: by file name, a beginning of it, or of its hash. Raises NotFound, Ambiguous."""
    table = models.Document
    rows = (
        session.execute(
            select(table).where(
                table.file.startswith(ref, autoescape=True) | table.sha256.startswith(ref.lower(), autoescape=True)
            )
        )
        .scalars()
        .all()
    )
    exact = [row for row in rows if ref in (row.file, row.sha256)]
    found = exact or list(rows)
    if len(found) > 1:
        raise errors.Ambiguous("document", ref, tuple(row.file for row in found))
    if not found:
        names = session.execute(select(table.file)).scalars().all()
        raise errors.NotFound("document", ref, tuple(alike(ref, names)))
    text = session.execute(select(table.text).where(table.id == found[0].id)).scalar_one()
    cited = models.Citation
    number = session.execute(
        select(func.count(cited.commitment_id.distinct())).where(
            cited.document_id == found[0].id, cited.valid_to == FOREVER
        )
    ).scalar_one()
    return _document(found[0], text is not None, number, text)


def cited(session: Session, sha256: str, as_of: date) -> tuple[views.CitedView, ...]:
    """The places of a document that commitments cite on a day, in the order of its text."""
    place, day = models.Citation, min(as_of, FOREVER - timedelta(days=1))
    rows = session.execute(
        select(
            models.Commitment.ref,
            models.Commitment.title_vi,
            models.Commitment.title_en,
            place.role,
            place.paragraph,
            place.start,
            place.end,
        )
        .join(models.Commitment, models.Commitment.id == place.commitment_id)
        .join(models.Document, models.Document.id == place.document_id)
        .where(models.Document.sha256 == sha256, place.valid_from <= day, place.valid_to > day)
        .order_by(place.start, place.end, models.Commitment.ref)
    )
    return tuple(
        views.CitedView(row.ref, Words(vi=row.title_vi, en=row.title_en), row.role, row.paragraph, row.start, row.end)
        for row in rows
    )


def _document(row: models.Document, has_text: bool, number: int, text: str | None = None) -> views.DocumentView:
    return views.DocumentView(
        row.sha256, row.file, row.title, row.publisher, row.language, row.published, has_text, number, text
    )


def event_list(session: Session) -> tuple[views.EventView, ...]:
    """All events: dated ones by day, then the others, by key."""
    takes_part: dict[int, list[str]] = {}
    for event_id, key in session.execute(
        select(models.EventParty.event_id, models.Party.key)
        .join(models.Party, models.Party.id == models.EventParty.party_id)
        .order_by(models.EventParty.event_id, models.EventParty.position)
    ):
        takes_part.setdefault(event_id, []).append(key)
    rows = session.execute(
        select(models.Event).order_by(func.coalesce(models.Event.held_end, FOREVER), models.Event.key)
    ).scalars()
    return tuple(
        views.EventView(
            row.key,
            row.kind,
            Words(vi=row.name_vi, en=row.name_en),
            row.held_on,
            tuple(takes_part.get(row.id, ())),
        )
        for row in rows
    )


def figures(
    session: Session, keys: set[str] | None = None, as_of: date | None = None, *, of: str | None = None
) -> tuple[views.FigureView, ...]:
    """Figures with their readings, oldest first, and the targets set on them; all, or those with these keys.

    With a day, only the readings of documents published by then, and the targets that stood then; with the ref of a
    commitment, only its own targets.
    """
    figure, day = models.Figure, min(as_of or FOREVER, FOREVER - timedelta(days=1))
    published = models.Document.published_end
    statement = select(figure).order_by(figure.key)
    rows = session.execute(statement if keys is None else statement.where(figure.key.in_(keys))).scalars().all()
    readings: dict[int, list[views.ReadingView]] = {}
    reading = models.Reading
    for row, file, sha256 in session.execute(
        select(reading, models.Document.file, models.Document.sha256)
        .outerjoin(models.Document, models.Document.id == reading.document_id)
        .where(reading.figure_id.in_([row.id for row in rows]), published.is_(None) | (published <= day))
        .order_by(func.coalesce(reading.period_end, FOREVER), reading.position)
    ):
        readings.setdefault(row.figure_id, []).append(
            views.ReadingView(
                row.period, row.value, row.qualifier, row.note, file, row.paragraph, sha256, row.start, row.end
            )
        )
    targets: dict[int, list[views.AimView]] = {}
    for aim in session.execute(
        select(
            models.Target.figure_id,
            models.Target.value,
            models.Target.by,
            models.Commitment.ref,
            models.Commitment.title_vi,
            models.Commitment.title_en,
        )
        .join(models.Commitment, models.Commitment.id == models.Target.commitment_id)
        .where(
            models.Target.figure_id.in_([row.id for row in rows]),
            models.Target.valid_from <= day,
            models.Target.valid_to > day,
            *((models.Commitment.ref == of,) if of is not None else ()),
        )
        .order_by(models.Commitment.ref, models.Target.position)
    ):
        targets.setdefault(aim.figure_id, []).append(
            views.AimView(
                aim.ref,
                Words(vi=aim.title_vi, en=aim.title_en),
                aim.value,
                None if aim.by == "none" else aim.by,
            )
        )
    return tuple(
        views.FigureView(
            row.key,
            Words(vi=row.name_vi, en=row.name_en),
            row.unit,
            row.per,
            tuple(readings.get(row.id, ())),
            tuple(targets.get(row.id, ())),
        )
        for row in rows
    )


def all_commitments(session: Session, day: Day) -> Iterator[views.CommitmentView]:
    """Every commitment by ref, for an export."""
    commitments: FromClause = commitments_on(session, day.as_of)
    return stream(session, select(commitments).order_by(commitments.c.ref), day)


def last_day(session: Session) -> date | None:
    """The effective day of the latest entry, for an export without a clock."""
    latest = (
        session.execute(select(func.max(column))).scalar_one_or_none()
        for column in (models.Commitment.valid_from, models.FollowUp.valid_from)
    )
    return max(filter(None, latest), default=None)


def database_status(session: Session, database: Database, head: str) -> outcomes.DatabaseStatus:
    """Where a database lies, its schema's revision, and how much is in it. Raises DatabaseMissing, NotOurDatabase."""
    connection = session.connection()
    revision = revision_of(connection, str(database))
    if revision is None:
        raise errors.DatabaseMissing(str(database))
    sqlite = connection.dialect.name == "sqlite"
    version = connection.exec_driver_sql("SELECT sqlite_version()" if sqlite else "SHOW server_version").scalar_one()
    return outcomes.DatabaseStatus(
        url=str(database),
        engine=f"{'SQLite' if sqlite else 'PostgreSQL'} {version}",
        revision=revision,
        head=head,
        journal_mode=connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() if sqlite else "",
        commitments=session.execute(select(func.count()).select_from(models.Commitment)).scalar_one(),
        acts=session.execute(select(func.coalesce(func.max(models.Act.number), 0))).scalar_one(),
        anchor=history.anchor(session),
        may=rights.may(connection),
    )
