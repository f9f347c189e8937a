"""Commitments: what a person asks of them and does to them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tracker import errors
from tracker.domain import register
from tracker.domain.codes import CitationRole
from tracker.domain.commands import AMENDABLE, AddCommitment, AmendCommitment, MoveDeadline, RecordStatus, Seen
from tracker.domain.deadline import Certainty, Deadline, Period, Precision, parse_period
from tracker.domain.explanation import Explanation, explain
from tracker.domain.history import ActKind, Hand
from tracker.domain.query import parse_query
from tracker.domain.register import Commitment, Event, Evidence, Span, Value
from tracker.domain.status import Status
from tracker.domain.text import clean
from tracker.domain.views import CommitmentDetail, CommitmentView, Done, EntryView, Remark
from tracker.reading.sentences import paragraph_span
from tracker.services.acts import House, Writing, effective_day
from tracker.services.marking import record_status, review_on
from tracker_db import follow_ups, history, models, queries
from tracker_db.parties import Directory


class Commitments:
    """List, show, add, amend, mark and move commitments."""

    def __init__(self, house: House) -> None:
        self._house = house

    @contextmanager
    def listing(
        self, query: str = "", *, as_of: date, limit: int | None = None, offset: int = 0
    ) -> Iterator[Iterator[CommitmentView]]:
        """The commitments that match, streamed in the default order while the block is open.

        Raises BadQuery, UnknownValue, BadDate, NotFound (a party nobody knows).
        """
        term = parse_query(query)
        with self._house.database.read() as session:
            yield queries.listing(session, term, self._house.day(as_of), limit=limit, offset=offset)

    def page(self, query: str = "", *, as_of: date, offset: int, limit: int) -> tuple[CommitmentView, ...]:
        """A window of the listing."""
        with self.listing(query, as_of=as_of, limit=limit, offset=offset) as rows:
            return tuple(rows)

    def count(self, query: str = "", *, as_of: date) -> int:
        """How many match."""
        term = parse_query(query)
        with self._house.database.read() as session:
            return queries.count(session, term, self._house.day(as_of))

    def show(self, ref: str, *, as_of: date) -> CommitmentDetail:
        """One commitment, whole, on a day. Raises NotYet, NotFound with the nearest refs."""
        day, ref = self._house.day(as_of), clean(ref)
        with self._house.database.read() as session:
            view = queries.commitment(session, ref, day)
            entries = queries.entries(session, subject=Commitment.kind_of_subject, ref=ref)
            return CommitmentDetail(
                view,
                queries.updates(session, ref, day),
                tuple(entry for entry in entries if entry.effective_on <= as_of),
                queries.figures(session, {target.figure for target in view.targets}, as_of) if view.targets else (),
                tuple(follow_ups.FollowUps(session, day).listing(ref=view.ref)),
            )

    def explain(self, ref: str, *, as_of: date) -> Explanation:
        """Why a commitment stands where it stands on a day, step by step. Raises NotYet, NotFound."""
        detail = self.show(ref, as_of=as_of)
        return explain(detail, as_of=as_of, soon_days=self._house.soon_days, policy=self._house.review)

    def history(self, ref: str | None = None, *, limit: int | None = None, offset: int = 0) -> tuple[EntryView, ...]:
        """Entries, newest first: of one commitment, or of the whole register. Raises NotFound."""
        with self._house.database.read() as session:
            kind = Commitment.kind_of_subject if ref is not None else None
            ref = clean(ref) if ref is not None else None
            found = queries.entries(session, subject=kind, ref=ref, limit=limit, offset=offset)
            if not found and ref is not None and not offset:
                raise errors.NotFound("commitment", ref, queries.nearest_refs(session, ref))
            return found

    def record_status(self, command: RecordStatus, hand: Hand) -> Done:
        """Say where commitments stand, with the reason that the status needs: all of them, or none.

        Raises NotFound, StaleCommitment, ChangeNotAllowed, ReasonMissing, InTheFuture, BeforeItBegan.
        """
        day = effective_day(command.effective_on, hand)
        wanted = {seen.ref: seen for seen in command.commitments}
        with self._house.act(ActKind.MARK if len(wanted) == 1 else ActKind.BATCH, hand) as writing:
            remarks: list[Remark] = []
            if not writing.done_before:
                for seen in wanted.values():
                    remarks += self._mark(writing, seen, command, day, hand)
            return self._answer(writing, list(wanted), hand, remarks)

    def move_deadline(self, command: MoveDeadline, hand: Hand) -> Done:
        """Give a commitment a new agreed deadline; its baseline stays.

        Raises NotFound, StaleCommitment, ChangeNotAllowed, SameDeadline, ReasonMissing (neither source nor note).
        """
        day = effective_day(command.effective_on, hand)
        ref = command.commitment.ref
        with self._house.act(ActKind.MOVE, hand) as writing:
            remarks: Sequence[Remark] = ()
            if not writing.done_before:
                now = present(writing.recorder, command.commitment)
                before = self._on(writing, ref, day)
                if before.status.closed:
                    raise errors.ChangeNotAllowed(ref, before.status, "move")
                if not command.note and command.source is None:
                    raise errors.ReasonMissing(ref, "move", "note|source")
                deadline = self._deadline(writing, command.value, command.text, Certainty.AGREED)
                if before.deadline is not None and before.deadline.value == deadline.value:
                    raise errors.SameDeadline(ref, deadline.value)
                began = writing.recorder.began_on(Commitment, ref)
                if deadline.end is not None and deadline.end < began:
                    raise errors.BeforeItBegan(ref, deadline.end, began)
                after = before.model_copy(
                    update={
                        "deadline": deadline,
                        "review_on": review_on(self._house.review, before, deadline, day),
                        "sources": (*before.sources, *([command.source] if command.source else [])),
                    }
                )
                said = frozenset({"deadline", "review_on"})
                writing.recorder.put(after, day, kind=ActKind.MOVE, reason=command.note, asserted=said)
                remarks = self._untouched(writing, now, day)
            return self._answer(writing, [ref], hand, remarks)

    def add(self, command: AddCommitment, hand: Hand) -> Done:
        """Put a commitment on record. Without a ref it takes the next number of its prefix and its source's year.

        Raises AlreadyThere, NotFound (a party, document, figure or event nobody knows), BadDate, InTheFuture.
        """
        with self._house.act(ActKind.ADD, hand) as writing:
            if writing.done_before:
                row = writing.session.query(models.Entry.ref).where(models.Entry.act_number == writing.repeated)
                return self._answer(writing, [row.limit(1).scalar() or ""], hand, ())
            said_on = self._said_on(writing, command, hand)
            day = effective_day(command.effective_on or min(said_on, hand.today), hand)
            ref = command.ref or history.next_ref(writing.session, command.prefix, said_on.year)
            if writing.recorder.version(Commitment, ref):
                raise errors.AlreadyThere("commitment", ref)
            deadline = (
                self._deadline(writing, command.deadline_value or "none", command.deadline_text, Certainty.STATED)
                if command.deadline_value or command.deadline_text
                else None
            )
            shared = set(AddCommitment.model_fields) & set(Commitment.model_fields) - {"ref", "review_on"}
            commitment = Commitment(
                ref=ref,
                status_since=day,
                deadline=deadline,
                review_on=command.review_on or self._house.review.review_on(deadline, day),
                **{name: getattr(command, name) for name in shared},
            )
            if not any(source.role is CitationRole.ORIGIN for source in commitment.sources):
                raise errors.NoSource(ref)
            writing.recorder.put(commitment, day, reason=command.note)
            return self._answer(writing, [ref], hand, ())

    def amend(self, command: AmendCommitment, hand: Hand) -> Done:
        """Correct fields of a commitment (those of `AMENDABLE`); lists replace.

        Raises NotFound, StaleCommitment, BadOption (nothing to change), UnknownValue, NoSource.
        """
        day = effective_day(command.effective_on, hand)
        ref = command.commitment.ref
        if unknown := set(command.fields) - set(AMENDABLE):
            raise errors.UnknownValue("field", sorted(unknown)[0], AMENDABLE)
        with self._house.act(ActKind.AMEND, hand) as writing:
            remarks: Sequence[Remark] = ()
            if not writing.done_before:
                now = present(writing.recorder, command.commitment)
                before = self._on(writing, ref, day)
                after = _amended(before, command.fields)
                if "review_on" in command.fields and after.review_on is None and not before.status.closed:
                    if before.status is Status.SUSPENDED:
                        raise errors.ReasonMissing(ref, before.status, "review")
                    ruled = self._house.review.review_on(before.deadline, day)
                    after = after.model_copy(update={"review_on": ruled})
                if not any(source.role is CitationRole.ORIGIN for source in after.sources):
                    raise errors.NoSource(ref)
                if not writing.recorder.put(after, day, reason=command.note):
                    raise errors.BadOption("", "nothing_to_change", ref)
                remarks = self._untouched(writing, now, day)
            return self._answer(writing, [ref], hand, remarks)

    def read_evidence(self, given: str, tier: int | None = None) -> Evidence:
        """Evidence as a person gives it: a link, a place DOC:PARA in a document, or the path of a file.

        A file is kept by its name and SHA-256. Tier 1 unless said otherwise. Raises NotFound, FileProblem.
        """
        tier = 1 if tier is None else tier
        if "://" in given:
            return Evidence(kind="link", value=given, tier=tier)
        document, _, paragraph = given.rpartition(":")
        path = Path(given)
        if document and paragraph.isdecimal() and not os.path.exists(given):
            place = self.read_place(given)
            return Evidence(kind="citation", value=document, tier=tier, place=place)
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except FileNotFoundError:
            raise errors.FileProblem(given, "no_evidence") from None
        except (OSError, ValueError):
            raise errors.FileProblem(given, "folder" if os.path.isdir(given) else "unreadable") from None
        return Evidence(kind="file", value=f"{path.name} sha256:{digest}", tier=tier)

    def read_place(self, given: str) -> Span:
        """A place DOC:PARA: the whole paragraph of a document whose text the register holds.

        Raises NotFound, Ambiguous, BadOption (no such paragraph, or no text to count in).
        """
        name, _, number = given.rpartition(":")
        if not name or not number.isdecimal() or len(number) > 9:
            raise errors.BadOption("DOC:PARA", "invalid", given)
        with self._house.database.read() as session:
            document = queries.document(session, name)
        if document.text is None:
            raise errors.BadOption("DOC:PARA", "no_text", document.file)
        span = paragraph_span(document.text, int(number))
        if span is None:
            raise errors.BadOption("DOC:PARA", "no_paragraph", given)
        return Span(document=document.sha256, paragraph=int(number), start=span[0], end=span[1])

    def _mark(self, writing: Writing, seen: Seen, command: RecordStatus, day: date, hand: Hand) -> Sequence[Remark]:
        now = present(writing.recorder, seen)
        side = Directory(writing.session).one(command.side).listing if command.side is not None else None
        record_status(
            writing.recorder,
            self._house.review,
            seen.ref,
            command,
            side.key if side else None,
            day=day,
            today=hand.today,
        )
        told = {"ref": seen.ref, "party": side.name, "status": command.status} if side else None
        return (*([Remark("side_marked", told)] if told else []), *self._untouched(writing, now, day))

    @staticmethod
    def _on(writing: Writing, ref: str, day: date) -> Commitment:
        """The commitment on the day from which an act counts."""
        state = writing.recorder.value(Commitment, ref, day)
        if state is None:
            raise errors.BeforeItBegan(ref, day, writing.recorder.began_on(Commitment, ref))
        return state

    def _deadline(self, writing: Writing, value: str, text: str, certainty: Certainty) -> Deadline:
        period = parse_period(value)
        event: Period | None = None
        if period.precision is Precision.EVENT:
            key = period.value.removeprefix("event:")
            found = writing.recorder.value(Event, key)
            if found is None:
                keys = tuple(view.key for view in queries.event_list(writing.session))
                raise errors.NotFound("event", key, keys[:5])
            event = parse_period(found.on)
        return Deadline.of(period.value, text, certainty, event)

    @staticmethod
    def _said_on(writing: Writing, command: AddCommitment, hand: Hand) -> date:
        for source in command.sources:
            document = writing.recorder.value(register.Document, source.document)
            if document is None:
                raise errors.NotFound("document", source.document)
            if document.published_end is not None:
                return document.published_end
        return command.effective_on or hand.today

    @staticmethod
    def _untouched(writing: Writing, before: Commitment, day: date) -> Sequence[Remark]:
        """Says so when an act for an earlier day leaves the commitment as it stood."""
        if writing.recorder.value(Commitment, before.ref) != before:
            return ()
        since = writing.recorder.last_day(Commitment, before.ref)
        return (Remark("backdated", {"ref": before.ref, "day": day, "since": since}),) if day < since else ()

    def _answer(self, writing: Writing, refs: list[str], hand: Hand, remarks: Sequence[Remark]) -> Done:
        number = writing.finish()
        views = writing.views(refs, self._house.day(hand.today))
        return Done(writing.recorder.act.id, number, views, tuple(remarks))


def present(recorder: history.Recorder, seen: Seen) -> Commitment:
    """The commitment as it stands, if the person saw its latest version. Raises NotFound, StaleCommitment."""
    now = recorder.value(Commitment, seen.ref)
    if now is None:
        raise errors.NotFound("commitment", seen.ref, queries.nearest_refs(recorder.session, seen.ref))
    version = recorder.version(Commitment, seen.ref)
    if seen.version is not None and seen.version != version:
        raise errors.StaleCommitment(
            seen.ref, seen.version, version, _differences(recorder, seen.ref, seen.version, now)
        )
    return now


def _amended(before: Commitment, fields: Mapping[str, Any]) -> Commitment:
    plain = before.plain() | {
        name: value.model_dump(mode="json") if isinstance(value, Value) else value for name, value in fields.items()
    }
    try:
        return Commitment.model_validate(plain)
    except ValidationError as error:
        first = error.errors()[0]
        if first["loc"] and first["type"] == "value_error" and "empty" in first["msg"]:
            raise errors.BadOption(f"--{first['loc'][0]}", "missing") from None
        # What is wrong with the whole, such as two leads, is wrong with what was to be changed.
        where = ".".join(map(str, first["loc"])) or ", ".join(fields)
        raise errors.UnknownValue(where, f"{first['input'] if first['loc'] else first['msg']!s:.80}") from None


def _differences(recorder: history.Recorder, ref: str, seen: int, now: Commitment) -> tuple[errors.Difference, ...]:
    then = recorder.value_at_version(Commitment, ref, seen)
    if then is None:
        return ()
    return tuple(
        errors.Difference(name, _words(before), _words(after))
        for name, (before, after) in register.changes(then, now).items()
    )


def _words(plain: Any) -> str:
    """A plain value short enough to stand beside another one in a sentence."""
    if isinstance(plain, dict):
        said = plain.get("vi") or plain.get("en")
        named = ("figure", "value", "party", "role", "status", "file", "paragraph")
        return str(said) if said else " ".join(str(plain[name]) for name in named if plain.get(name))
    if isinstance(plain, list):
        return ", ".join(_words(part) for part in plain)
    return "" if plain is None else str(plain)
