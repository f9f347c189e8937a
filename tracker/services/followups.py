"""Following up: what is planned, what is due, who has been told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain.agenda import Agenda, Digest, FollowUpDetail, FollowUpView
from tracker.domain.commands import AnswerFollowUp, DropFollowUp, FinishFollowUp, PlanFollowUp, PutOffFollowUp
from tracker.domain.follow_up import FollowUp, FollowUpState
from tracker.domain.history import ActKind, Hand
from tracker.domain.query import And
from tracker.domain.text import clean
from tracker.domain.views import Done, Remark
from tracker.services import acting, following
from tracker.services.acts import House, Writing, effective_day
from tracker_db import agenda, follow_ups, queries
from tracker_db.entries import entries
from tracker_db.overdue import OverdueRows
from tracker_db.parties import Directory

# A lead's digest is a message: no more than this of each kind.
MOST_IN_DIGEST = 20
LONGEST_AHEAD = 366


class FollowUps:
    """Plan, finish, put off and drop follow-ups; the agenda; the digests of the leads."""

    def __init__(self, house: House) -> None:
        self._house = house

    def plan(self, command: PlanFollowUp, hand: Hand) -> Done:
        """Plan a contact or look for one or many commitments: all of them, or none.

        Raises NotFound, StaleCommitment, FollowUpRefused, UnknownValue (the cadence).
        """
        with self._house.act(acting.kind_of(command), hand, len(command.commitments)) as writing:
            if not writing.done_before:
                acting.carry_out(self._house, writing, command, hand)
            return answered(self._house, writing, hand)

    def finish(self, command: FinishFollowUp, hand: Hand) -> Done:
        """The contact or look was made; the next one of a cadence is planned in the same act.

        Raises NotFound, FollowUpRefused, InTheFuture.
        """
        day = effective_day(command.on, hand)
        with self._house.act(ActKind.FOLLOW_UP, hand) as writing:
            remarks: tuple[Remark, ...] = ()
            if not writing.done_before:
                planned = following.finish_follow_up(writing.recorder, command, day, hand.today)
                if planned is not None:
                    remarks = (Remark("next_planned", {"ref": planned.key, "day": planned.on}),)
            return answered(self._house, writing, hand, remarks)

    def answer(self, command: AnswerFollowUp, hand: Hand) -> Done:
        """The answer came. Raises NotFound, FollowUpRefused, InTheFuture."""
        day = effective_day(command.on, hand)
        with self._house.act(ActKind.FOLLOW_UP, hand) as writing:
            if not writing.done_before:
                following.answer_follow_up(writing.recorder, command, day)
            return answered(self._house, writing, hand)

    def put_off(self, command: PutOffFollowUp, hand: Hand) -> Done:
        """Another day for the contact, or for the answer once the contact is made. Raises NotFound, FollowUpRefused."""
        with self._house.act(ActKind.FOLLOW_UP, hand) as writing:
            if not writing.done_before:
                following.put_off_follow_up(writing.recorder, command, hand.today)
            return answered(self._house, writing, hand)

    def drop(self, command: DropFollowUp, hand: Hand) -> Done:
        """Nothing more is awaited of it; the note says why. Raises NotFound, FollowUpRefused."""
        with self._house.act(ActKind.FOLLOW_UP, hand) as writing:
            if not writing.done_before:
                following.drop_follow_up(writing.recorder, command, hand.today)
            return answered(self._house, writing, hand)

    def listing(self, *, as_of: date, ref: str | None = None, state: str | None = None) -> tuple[FollowUpView, ...]:
        """The follow-ups of a commitment (none: of all), in that state: what is awaited first stands first.

        Raises NotFound, NotYet (the commitment), UnknownValue (the state).
        """
        if state is not None and state not in tuple(FollowUpState):
            raise errors.UnknownValue("follow_up_state", state, tuple(FollowUpState))
        with self._house.database.read() as session:
            day = self._house.day(as_of)
            if ref is not None:
                ref = queries.commitment(session, clean(ref), day).ref
            return tuple(follow_ups.FollowUps(session, day).listing(ref=ref, state=state))

    def show(self, key: str, *, as_of: date) -> FollowUpDetail:
        """One follow-up with its history. Raises NotFound with the nearest keys."""
        with self._house.database.read() as session:
            found = next(follow_ups.FollowUps(session, self._house.day(as_of)).listing(keys=(clean(key),)), None)
            if found is None:
                raise errors.NotFound("follow_up", clean(key), follow_ups.nearest_keys(session, clean(key)))
            told = entries(session, subject=FollowUp.kind_of_subject, ref=found.key)
            return FollowUpDetail(found, tuple(entry for entry in told if entry.effective_on <= as_of))

    def agenda(self, *, as_of: date, days: int = 7, lead: str | None = None) -> Agenda:
        """What is due on a day, was due before and comes within so many days, for all or one lead and those under it.

        Raises NotFound (a party nobody knows).
        """
        with self._house.database.read() as session:
            desk = _Desk(self._house, session, as_of, days)
            return desk.agenda(desk.under(lead) if lead is not None else None, lead)

    def digest(self, *, as_of: date, days: int = 7, lead: str | None = None) -> tuple[Digest, ...]:
        """The agenda by lead, without what was acknowledged and is still the same. Raises NotFound."""
        with self._house.database.read() as session:
            return tuple(_Desk(self._house, session, as_of, days).digests(lead))

    def acknowledge(self, hand: Hand, *, as_of: date, days: int = 7, lead: str | None = None) -> tuple[Digest, ...]:
        """Take note of the digest of all leads, or of one with those under it, and give what was in it.

        What was noted comes again only when its day changes or its delay enters a further band. No act and no entry:
        what a desk has read is no fact of the register. Raises NotFound.
        """
        with self._house.database.write() as session:
            digests = tuple(_Desk(self._house, session, as_of, days).digests(lead))
            for digest in digests:
                key = digest.lead.key if digest.lead else ""
                agenda.acknowledge(session, key, digest.agenda.lines, hand.actor, self._house.now())
            return digests


def answered(house: House, writing: Writing, hand: Hand, remarks: tuple[Remark, ...] = ()) -> Done:
    """What an act did to follow-ups: those it spoke of and their commitments, as they are now."""
    number, day = writing.finish(), house.day(hand.today)
    keys = follow_ups.told_by(writing.session, number)
    found = {view.key: view for view in follow_ups.FollowUps(writing.session, day).listing(keys=keys)}
    told = tuple(found[key] for key in keys if key in found)
    views = writing.views(list(dict.fromkeys(view.ref for view in told)), day)
    return Done(writing.recorder.act.id, number, views, remarks, told)


class _Desk:
    """The agenda of a day, read in one transaction."""

    def __init__(self, house: House, session: Session, as_of: date, days: int) -> None:
        self._session = session
        self._day = house.day(as_of)
        days = max(0, min(days, LONGEST_AHEAD, (date.max - as_of).days))
        self._until = as_of + timedelta(days=days)
        self._directory = Directory(session)
        self._rows = agenda.AgendaRows(session, self._day, self._until, self._directory)

    def under(self, lead: str) -> set[int | None]:
        """A party and those under it, as a filter means them. Raises NotFound."""
        return set(self._directory.matching(lead))

    def agenda(self, leads: set[int | None] | None, lead: str | None) -> Agenda:
        lines, cut = self._rows.lines(leads)
        query = f'lead:"{lead}"' if lead is not None else ""
        if leads is not None:
            counts = self._rows.late(leads)
        else:
            sizes = OverdueRows(self._session, self._day, And(())).sizes()
            counts = {"overdue": sizes["overdue"], "review": sizes["review_due"]}
        return Agenda(self._day.as_of, self._until, lines, counts, cut, query)

    def digests(self, lead: str | None) -> Iterator[Digest]:
        """One for each lead who has something in it."""
        wanted = self.under(lead) if lead is not None else None
        for party_id in self._rows.leads():
            if wanted is not None and party_id not in wanted:
                continue
            party = self._directory.by_id[party_id].listing if party_id is not None else None
            key = party.key if party else ""
            lines, cut = self._rows.lines({party_id}, unseen_by=key, most=MOST_IN_DIGEST)
            if lines:
                yield Digest(party, Agenda(self._day.as_of, self._until, lines, {}, cut))
