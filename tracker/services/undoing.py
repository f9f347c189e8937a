"""Taking acts back and bringing them again: each is a new act, whatever the act was about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain.follow_up import FollowUp
from tracker.domain.history import ActKind, Hand
from tracker.domain.register import Commitment
from tracker.domain.text import clean
from tracker.domain.views import ActView, Done, Remark
from tracker.services.acts import House, Writing
from tracker_db import models, queries, undo
from tracker_db.entries import entries_of
from tracker_db.history import Recorder

Reversal = Callable[[Recorder, models.Act, date], None]

# Of an act that is to be reversed so many entries are told.
TOLD = 3


class Undoing:
    """Undo and redo."""

    def __init__(self, house: House) -> None:
        self._house = house

    def undo(self, hand: Hand, ref: str | None = None, act: str | None = None) -> Done:
        """Take an act back, whole: from now on the register is as if it had not been done.

        The last act of this actor; with `ref` the last one on that commitment, whoever did it; with `act` (its number
        or id) exactly that one. The commitments are those that are there now.
        Raises NotFound, NothingToReverse, ActNotReversed, ActInTheWay.
        """
        return self._reverse(ActKind.UNDO, undo.take_back, hand, ref, act)

    def redo(self, hand: Hand, ref: str | None = None, act: str | None = None) -> Done:
        """Bring back what an undo took, whole.

        The last undo of this actor, while nothing else came after it; with `ref` the last one on that commitment;
        with `act` (of the undo, or of what it took back) exactly that one. Raises what `undo` raises, AlreadyThere.
        """
        return self._reverse(ActKind.REDO, undo.bring_back, hand, ref, act)

    def next_undo(self, hand: Hand, ref: str | None = None, act: str | None = None) -> ActView | None:
        """The act that `undo` would take back, with the first of its entries.

        Whether a later one stands in its way is only told then.

        Raises NotFound, ActNotReversed for an `act` that cannot be the one.
        """
        return self._next(ActKind.UNDO, hand, ref, act)

    def next_redo(self, hand: Hand, ref: str | None = None, act: str | None = None) -> ActView | None:
        """The act that `redo` would bring back. Raises NotFound, ActNotReversed for an `act` that cannot be the one."""
        return self._next(ActKind.REDO, hand, ref, act)

    def _next(self, kind: ActKind, hand: Hand, ref: str | None, act: str | None) -> ActView | None:
        with self._house.database.read() as session:
            try:
                found = undo.find(session, kind, hand.actor, clean(ref) if ref else None, clean(act) if act else None)
            except errors.ActNotReversed:
                if act:
                    raise
                return None
            if found is None:
                return None
            view = self._ordinary(session, found)
            entries = entries_of(session, view.number, TOLD)
            return replace(view, entries=entries, titles=undo.titles_of(session, [entry.ref for entry in entries]))

    def _reverse(self, kind: ActKind, reverse: Reversal, hand: Hand, ref: str | None, act: str | None) -> Done:
        ref = clean(ref) if ref else None
        with self._house.act(kind, hand) as writing:
            session = writing.session
            if writing.repeated is not None:
                done = undo.act_numbered(session, writing.repeated)
                return self._answer(writing, kind, undo.act_called(session, done.undoes or ""), hand)
            found = undo.find(session, kind, hand.actor, ref, clean(act) if act else None)
            if found is None:
                if ref and not any(writing.recorder.version(kind, ref) for kind in (Commitment, FollowUp)):
                    raise errors.NotFound("commitment", ref, queries.nearest_refs(session, ref))
                raise errors.NothingToReverse(kind, ref or "")
            subjects = undo.subjects_of(session, found.number)
            if ref and act and ref not in {*_commitments(writing.recorder, subjects), *(key for _, key in subjects)}:
                raise errors.NotFound("act", act)
            try:
                reverse(writing.recorder, found, hand.today)
            except errors.ActInTheWay as error:
                error.recorded_at = error.recorded_at.astimezone(self._house.zone)
                raise
            return self._answer(writing, kind, found, hand)

    def _answer(self, writing: Writing, kind: ActKind, named: models.Act, hand: Hand) -> Done:
        number = writing.finish()
        act = self._ordinary(writing.session, named)
        subjects = undo.subjects_of(writing.session, act.number)
        refs = _commitments(writing.recorder, subjects)
        gone = tuple(ref for ref in refs if writing.recorder.value(Commitment, ref) is None)
        told = {"number": act.number, "kind": act.kind, "refs": act.refs, "actor": act.actor, "at": act.recorded_at}
        told["names"] = act.names
        remarks = [Remark("undone" if kind is ActKind.UNDO else "redone", told)]
        if gone:
            remarks.append(Remark("gone", {"refs": gone}))
        views = writing.views(refs, self._house.day(hand.today))
        return Done(writing.recorder.act.id, number, views, tuple(remarks))

    def _ordinary(self, session: Session, act: models.Act) -> ActView:
        """The act itself, for an undo what it took back; recorded at the desk's time of day."""
        view = undo.act_view(session, undo.act_called(session, act.undoes) if act.undoes else act)
        return replace(view, recorded_at=view.recorded_at.astimezone(self._house.zone))


def _commitments(recorder: Recorder, subjects: Sequence[tuple[str, str]]) -> list[str]:
    """The commitments that an act is about: those that it changed, and those whose follow-ups it changed."""
    found: list[str] = []
    for kind, ref in subjects:
        if kind == FollowUp.kind_of_subject:
            planned = min(recorder.entries(kind, ref), key=lambda kept: kept.position)
            found.append(str(planned.change["commitment"][1]))
        elif kind == Commitment.kind_of_subject:
            found.append(ref)
    return list(dict.fromkeys(found))
