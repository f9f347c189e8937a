"""Letters: who is to be asked about what, and what is on record once they go out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain.agenda import FollowUpView
from tracker.domain.codes import PARTNER_ROLES, How, Role
from tracker.domain.commands import PlanFollowUp, Seen
from tracker.domain.follow_up import FollowUpState
from tracker.domain.history import ActKind, Hand
from tracker.domain.letter import MOVING, Letter, Post, Sorting, Wanted, addressees
from tracker.domain.query import And, HasParty, OneOf, parse_query
from tracker.domain.text import clean
from tracker.domain.views import CommitmentView, DocumentView, Done, SourceView
from tracker.services import acting
from tracker.services.acts import House
from tracker.services.followups import answered
from tracker_db import queries
from tracker_db.follow_ups import FollowUps, letter_numbered
from tracker_db.parties import Directory
from tracker_db.view import Day


class Letters:
    """Prepare letters, one for each addressee; record those that go out."""

    def __init__(self, house: House) -> None:
        self._house = house

    def prepare(self, wanted: Wanted) -> Post:
        """The letters that are wanted, and what is in none of them. Nothing is recorded.

        Raises NotFound, NotYet, FollowUpRefused (a commitment that is named is closed), BadOption (an answer before
        its question), and what a query raises.
        """
        if wanted.answer_due < wanted.on:
            raise errors.BadOption("--answer-due", "invalid", wanted.answer_due.isoformat())
        with self._house.database.read() as session:
            day, directory = self._house.day(wanted.on), Directory(session)
            documents = {document.sha256: document for document in queries.documents(session)}
            sent = _unanswered(session, day, directory)
            partners = directory.matching(wanted.partner) if wanted.partner is not None else None
            asked = {
                known.listing.key for known in directory.by_id.values() if partners is None or known.id in partners
            }
            sorting = Sorting(wanted)
            for view in self._commitments(session, day, wanted):
                parties = [party for party in addressees(view, wanted.kind) if party.key in asked]
                sorting.add(view, parties, _said_in(view, documents), sent)
            return sorting.post({known.listing.key: known.listing for known in directory.by_id.values()})

    def check_number(self, number: str, on: date) -> None:
        """See that a number, as a letter spells it, is not yet another one's in that year. Raises NumberTaken."""
        with self._house.database.read() as session:
            _check_number(session, number, on)

    def record(self, letters: Sequence[tuple[Letter, str]], hand: Hand, number: str = "") -> Done:
        """The letters, each with its title, go out today: a follow-up for each commitment in them, all in one act.

        `number` is the clerks', as the letter spells it. Raises StaleCommitment, AskedMeanwhile, FollowUpRefused,
        NumberTaken.
        """
        whole = [(letter, title, asked) for letter, title in letters for asked in letter.asked]
        refs = {asked.commitment.ref for _letter, _title, asked in whole}
        with self._house.act(ActKind.FOLLOW_UP if len(refs) == 1 else ActKind.BATCH, hand, len(refs)) as writing:
            if writing.done_before:
                return answered(self._house, writing, hand)
            if number:
                _check_number(writing.session, number, hand.today)
            sent = _unanswered(writing.session, self._house.day(hand.today), writing.directory)
            for letter, title, asked in whole:
                ref = asked.commitment.ref
                if _key(sent.get((ref, letter.to.key))) != _key(asked.before):
                    raise errors.AskedMeanwhile(ref, letter.to.key)
                seen = Seen(ref=ref, version=asked.commitment.version)
                command = PlanFollowUp(
                    commitments=(seen,),
                    what=title,
                    how=How.LETTER,
                    to=letter.to.key,
                    on=letter.on,
                    answer_due=letter.answer_due,
                    made=True,
                )
                acting.plan(self._house, writing, command, seen, hand)
            return answered(self._house, writing, hand)

    def _commitments(self, session: Session, day: Day, wanted: Wanted) -> Iterator[CommitmentView]:
        if not wanted.refs:
            term = And(
                (
                    parse_query(wanted.query),
                    OneOf("schedule", tuple(MOVING)),
                    *([HasParty((wanted.lead,), (Role.LEAD,))] if wanted.lead else []),
                    *([HasParty((wanted.partner,), PARTNER_ROLES, partner=True)] if wanted.partner else []),
                )
            )
            yield from queries.listing(session, term, day)
        for ref in dict.fromkeys(map(clean, wanted.refs)):
            view = queries.commitment(session, ref, day)
            if view.status.closed:
                raise errors.FollowUpRefused(ref, "closed")
            yield view


def _unanswered(session: Session, day: Day, directory: Directory) -> Mapping[tuple[str, str], FollowUpView]:
    """The last letter of which an answer is awaited, by ref and addressee."""
    listing = FollowUps(session, day, directory).listing
    sent = [*listing(state=FollowUpState.ANSWER_LATE), *listing(state=FollowUpState.WAITING)]
    letters = ((view, view.to) for view in sent if view.how == How.LETTER)
    ordered = sorted(letters, key=lambda pair: (pair[0].answer_due or date.min, pair[0].key))
    return {(view.ref, to.key): view for view, to in ordered if to is not None}


def _check_number(session: Session, number: str, on: date) -> None:
    taken = letter_numbered(session, number, on.year)
    if taken is not None:
        raise errors.NumberTaken(number, taken)


def _key(view: FollowUpView | None) -> str | None:
    return view.key if view else None


def _said_in(
    view: CommitmentView, documents: Mapping[str, DocumentView]
) -> tuple[tuple[SourceView, DocumentView], ...]:
    """Where the promise was made: its origins, with what the register knows of their documents."""
    origins = [source for source in view.sources if source.role == "origin"] or list(view.sources)
    return tuple((source, documents[source.sha256]) for source in origins)
