"""Undo and redo: which act is meant, whether it may go or come back, and the new act that does it.

An act counts unless an undo takes it back that no redo takes back. Undos name ordinary acts, redos name undos.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, select, union
from sqlalchemy.orm import Session, aliased

from tracker import errors
from tracker.domain import register, views
from tracker.domain.follow_up import FollowUp
from tracker.domain.history import ActKind
from tracker_db import chains, drafts, models
from tracker_db.chains import Kept
from tracker_db.history import KINDS, Recorder
from tracker_db.parties import Directory

# What curated commitments say is corrected in the seeds.
SEED = "seed"
UNDO, REDO = ActKind.UNDO.value, ActKind.REDO.value
_COMMITMENT = register.Commitment.kind_of_subject
_FOLLOW_UP = FollowUp.kind_of_subject
_MOST_DIGITS = 9
# Of an act's documents, so many are called by their files.
NAMED = 6


def number_of_undo(act: type[models.Act]) -> ColumnElement[int | None]:
    """The number of the undo in force that takes an act back, or null."""
    undo, redo = aliased(models.Act), aliased(models.Act)
    return (
        select(undo.number)
        .where(undo.undoes == act.id, ~exists().where(redo.undoes == undo.id))
        .limit(1)
        .scalar_subquery()
    )


def numbers_undone() -> Select[int]:
    """The numbers of the acts that an undo in force takes back: a handful, looked up once for many entries."""
    undo, redo, act = aliased(models.Act), aliased(models.Act), aliased(models.Act)
    return (
        select(act.number)
        .join(undo, undo.undoes == act.id)
        # Said of the undo's text, or SQLite would read every act to find those that undo one.
        .where(undo.undoes > "", ~exists().where(redo.undoes == undo.id))
    )


def find(session: Session, asked: str, actor: str, ref: str | None, act: str | None) -> models.Act | None:
    """The act that a person means to undo, or the undo that they mean to redo; None when there is nothing.

    Without `ref` and `act` the last one of this actor; with `ref` the last one on that commitment or a follow-up of
    it (or on the follow-up of that key), whoever did it;
    with `act` (number or id) exactly that one, and a redo takes the undone act for its undo. A redo without `act` is
    for an undo that no ordinary act came after, of that actor or on that commitment. Raises NotFound, ActNotReversed.
    """
    if act is not None:
        return _exactly(session, asked, _act(session, act))
    if ref is not None:
        return _last_on(session, asked, ref)
    return _last_undo_of(session, actor) if asked == REDO else _last_of(session, actor)


def act_view(session: Session, act: models.Act) -> views.ActView:
    """An act with the refs of what it changed."""
    subjects = subjects_of(session, act.number)
    refs = tuple(ref for _, ref in subjects)
    named = frozenset([ref for kind, ref in subjects if kind == register.Document.kind_of_subject][:NAMED])
    names = files_of(session, named, named) if named else {}
    return views.ActView(act.number, act.id, act.kind, act.actor, act.channel, act.recorded_at, refs, act.undoes, names)


def act_numbered(session: Session, number: int) -> models.Act:
    """An act that is there, by its number."""
    return session.execute(select(models.Act).where(models.Act.number == number)).scalar_one()


def act_called(session: Session, act_id: str) -> models.Act:
    """An act that is there, by its id."""
    return session.execute(select(models.Act).where(models.Act.id == act_id)).scalar_one()


def subjects_of(session: Session, number: int) -> list[tuple[str, str]]:
    """Kind and ref of all that an act changed, in its order."""
    entry = models.Entry
    rows = session.execute(select(entry.subject, entry.ref).where(entry.act_number == number).order_by(entry.id))
    return list(dict.fromkeys((row.subject, row.ref) for row in rows))


def titles_of(session: Session, refs: Sequence[str]) -> dict[str, register.Words]:
    """What the commitments among these are called."""
    row = models.Commitment
    found = session.execute(select(row.ref, row.title_vi, row.title_en).where(row.ref.in_(refs)))
    return {ref: register.Words(vi=vi, en=en) for ref, vi, en in found}


def files_of(session: Session, keys: frozenset[str], documents: frozenset[str]) -> dict[str, register.Words]:
    """The files of the documents among these keys; of known `documents` also when their adding is taken back."""
    document, entry = models.Document, models.Entry
    there = session.execute(select(document.sha256, document.file).where(document.sha256.in_(keys)))
    files = {row.sha256: row.file for row in there}
    if gone := documents - files.keys():
        first = select(entry.ref, entry.changes).where(entry.subject == register.Document.kind_of_subject)
        for row in session.execute(first.where(entry.ref.in_(gone), entry.position == 1)):
            files[row.ref] = json.loads(row.changes)["fields"]["file"][1]
    return {sha256: register.Words(vi=file, en=file) for sha256, file in files.items()}


def take_back(recorder: Recorder, act: models.Act, today: date) -> None:
    """Undo an ordinary act that counts, whole. Raises ActInTheWay when a later one builds on it."""
    subjects = subjects_of(recorder.session, act.number)
    _refuse(recorder.session, UNDO, act.number, "later", _later(recorder, act, subjects))
    _refuse(recorder.session, UNDO, act.number, "uses", _users(recorder, act, subjects))
    recorder.reverse(act.id, subjects, today)


def bring_back(recorder: Recorder, undo: models.Act, today: date) -> None:
    """Redo what an undo took back, whole. Raises ActInTheWay when later acts say otherwise, what it needs is gone,
    or its draft was decided anew.
    """
    session = recorder.session
    act = act_called(session, undo.undoes or "")
    subjects = subjects_of(session, act.number)
    _refuse(session, REDO, act.number, "later", _later(recorder, act, subjects))
    _refuse(session, REDO, act.number, "gone", _gone(recorder, act, subjects))
    _refuse(session, REDO, act.number, "drafted", _drafted(recorder, act, subjects))
    _refuse_second_names(recorder, act, subjects)
    recorder.reverse(undo.id, subjects, today)


def _act(session: Session, named: str) -> models.Act:
    is_number = named.isascii() and named.isdecimal() and len(named) <= _MOST_DIGITS
    key = models.Act.number == int(named) if is_number else models.Act.id == named
    found = session.execute(select(models.Act).where(key)).scalar_one_or_none()
    if found is None:
        raise errors.NotFound("act", named)
    return found


def _exactly(session: Session, asked: str, act: models.Act) -> models.Act:
    by = session.execute(select(number_of_undo(models.Act)).where(models.Act.number == act.number)).scalar_one()
    if act.kind == REDO or (act.kind == UNDO and (asked == UNDO or _is_redone(session, act))):
        raise errors.ActNotReversed(asked, act.number, "reversal")
    if act.channel == SEED:
        raise errors.ActNotReversed(asked, act.number, "seed")
    if asked == UNDO:
        if by is not None:
            raise errors.ActNotReversed(asked, act.number, "undone", by)
        return act
    if act.kind == UNDO:
        return act
    if by is None:
        raise errors.ActNotReversed(asked, act.number, "counts")
    return act_numbered(session, by)


def _is_redone(session: Session, undo: models.Act) -> bool:
    return session.execute(select(models.Act.number).where(models.Act.undoes == undo.id)).first() is not None


def _last_of(session: Session, actor: str) -> models.Act | None:
    act = models.Act
    return session.execute(
        select(act)
        .where(act.actor == actor, act.channel != SEED, act.undoes.is_(None), number_of_undo(act).is_(None))
        .order_by(act.number.desc())
        .limit(1)
    ).scalar_one_or_none()


def _last_undo_of(session: Session, actor: str) -> models.Act | None:
    act, redo = models.Act, aliased(models.Act)
    last = session.execute(
        select(act.number)
        .where(act.actor == actor, act.channel != SEED, act.undoes.is_(None))
        .order_by(act.number.desc())
        .limit(1)
    ).scalar_one_or_none()
    return session.execute(
        select(act)
        .where(act.actor == actor, act.kind == UNDO, act.number > (last or 0), ~exists().where(redo.undoes == act.id))
        .order_by(act.number.desc())
        .limit(1)
    ).scalar_one_or_none()


def _chains_on(session: Session, ref: str) -> list[Kept]:
    """The entries of a commitment and of its follow-ups, those whose planning was taken back among them."""
    planned, entry, act = models.FollowUp, models.Entry, models.Act
    there = (
        select(planned.key)
        .join(models.Commitment, models.Commitment.id == planned.commitment_id)
        .where(models.Commitment.ref == ref)
    )
    # Only an undo takes a follow-up out, and there are few of them.
    gone = (
        select(entry.ref)
        .join(act, act.number == entry.act_number)
        .where(act.undoes > "", entry.subject == _FOLLOW_UP, entry.changes.contains(json.dumps(ref), autoescape=True))
    )
    keys = {key for statement in (there, gone) for key in session.execute(statement).scalars()}
    subjects = [(_COMMITMENT, ref), *((_FOLLOW_UP, key) for key in sorted({ref, *keys}))]
    return [kept for kind, key in subjects for kept in chains.kept_entries(session, kind, key)]


def _last_on(session: Session, asked: str, ref: str) -> models.Act | None:
    entries = _chains_on(session, ref)
    ordinary = max((kept.number for kept in entries if kept.undoes is None), default=0)
    if asked == REDO:
        number = max((kept.number for kept in chains.undos(entries).values()), default=0)
        return act_numbered(session, number) if number > ordinary else None
    number = max((kept.number for kept in chains.counting(entries)), default=0)
    if not number:
        return None
    act = act_numbered(session, number)
    if act.channel == SEED:
        raise errors.ActNotReversed(asked, number, "seed")
    return act


def _refuse(session: Session, asked: str, number: int, reason: str, others: Iterator[tuple[int, str]]) -> None:
    """The latest act in the way is the one to look at first."""
    other, ref = max(others, default=(0, ""))
    if other:
        act = act_numbered(session, other)
        raise errors.ActInTheWay(asked, number, reason, other, act.kind, act.actor, act.channel, act.recorded_at, ref)


def _later(recorder: Recorder, act: models.Act, subjects: Sequence[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Later acts that count and said something of the same fields, or anything of what this act added."""
    for kind, ref in subjects:
        entries = recorder.entries(kind, ref)
        own = [kept for kept in entries if kept.act == act.id]
        for kept in chains.counting(entries):
            if kept.number > act.number and _same(own, kept):
                yield kept.number, ref


def _same(own: Sequence[Kept], other: Kept) -> bool:
    return any(_adds(kept) or _adds(other) or kept.change.keys() & other.change.keys() for kept in own)


def _adds(kept: Kept) -> bool:
    return kept.kind == ActKind.ADD


def _users(recorder: Recorder, act: models.Act, subjects: Sequence[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Other acts that count and by which another subject came to need one that this act added."""
    entry = models.Entry
    # They came later, or came back later: what they need may have been added anew in between.
    since = (entry.act_number > act.number, entry.act_number.in_(_redone_since(act.number)))
    for kind, ref in subjects:
        if not any(_adds(kept) for kept in recorder.entries(kind, ref) if kept.act == act.id):
            continue
        spelled = json.dumps(ref, ensure_ascii=False)[1:]
        named = select(entry.subject, entry.ref).where(entry.changes.contains(spelled, autoescape=True))
        # One after the other, or SQLite would read every entry.
        for row in recorder.session.execute(union(*map(named.where, since))).all():
            for kept, brought in _needs(recorder, row.subject, row.ref):
                if kept.act != act.id and (kind, ref) in brought:
                    yield kept.number, row.ref


def _redone_since(number: int) -> Select[int]:
    """The numbers of the acts that were brought back after that one."""
    act, undo, redo = models.Act, aliased(models.Act), aliased(models.Act)
    brought_back = select(act.number).join(undo, undo.undoes == act.id).join(redo, redo.undoes == undo.id)
    return brought_back.where(redo.number > number)


def _gone(recorder: Recorder, act: models.Act, subjects: Sequence[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Earlier acts that are taken back since: this act said something of the same fields, or needs what they added."""
    for kind, ref in subjects:
        entries = recorder.entries(kind, ref)
        undone = chains.undos(entries)
        own = [kept for kept in entries if kept.act == act.id]
        for kept in entries:
            if kept.act in undone and kept.number < act.number < undone[kept.act].number and _same(own, kept):
                yield kept.number, ref
        last = max(kept.position for kept in own)
        then = [kept for kept in entries if kept.position <= last]
        for kept, brought in _needs_of(kind, then):
            if kept.act == act.id:
                for other in brought - set(subjects):
                    if recorder.value(KINDS[other[0]], other[1]) is None:
                        yield max(found.number for found in recorder.entries(*other) if _adds(found)), other[1]


def _drafted(recorder: Recorder, act: models.Act, subjects: Sequence[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Acts that decided anew on a draft that this act made a commitment of: it would be on record twice."""
    for kind, ref in subjects:
        for kept in recorder.entries(kind, ref) if kind == _COMMITMENT else ():
            for cited in kept.change["sources"][1] if kept.act == act.id and _adds(kept) else ():
                found = drafts.of_sentence(recorder.session, cited["document"], cited["start"])
                if all(one.act != act.id for one in found):
                    for one in found:
                        if one.decision != drafts.OPEN and one.act:
                            yield act_called(recorder.session, one.act).number, one.draft.ref or ref


def _needs(recorder: Recorder, kind: str, ref: str) -> Iterator[tuple[Kept, set[tuple[str, str]]]]:
    return _needs_of(kind, recorder.entries(kind, ref))


def _needs_of(kind: str, entries: Sequence[Kept]) -> Iterator[tuple[Kept, set[tuple[str, str]]]]:
    """Each entry that counts, with what the subject needs since then and did not need before."""
    before: frozenset[tuple[str, str]] = frozenset()
    for kept, value in chains.values(KINDS[kind], entries):
        needed = value.refers_to()
        yield kept, {*(needed - before), *_told_of(kept)}
        before = needed


def _told_of(kept: Kept) -> Iterator[tuple[str, str]]:
    """What a status update needs beside the commitment's own fields."""
    told = kept.update or {}
    if told.get("side"):
        yield "party", told["side"]
    for evidence in told.get("evidence", ()):
        if evidence.get("place"):
            yield "document", evidence["place"]["document"]


def _refuse_second_names(recorder: Recorder, act: models.Act, subjects: Sequence[tuple[str, str]]) -> None:
    """Two parties of one name: whoever types it could mean either, for ever."""
    for kind, ref in subjects:
        for kept in recorder.entries(kind, ref) if kind == register.Party.kind_of_subject else ():
            if kept.act == act.id and _adds(kept):
                directory, party = Directory(recorder.session), register.Party.model_validate
                added = party({name: pair[1] for name, pair in kept.change.items()})
                for name in (added.name.vi, added.name.en, *added.aliases):
                    if name and directory.is_taken(name):
                        raise errors.AlreadyThere("party", name)
