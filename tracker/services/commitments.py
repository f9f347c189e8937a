"""Commitments: what a person does to them; what is asked of them stands in `asking`."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from tracker import errors
from tracker.domain.commands import AMENDABLE, AddCommitment, AmendCommitment, MoveDeadline, OnMany, RecordStatus
from tracker.domain.history import ActKind, Hand
from tracker.domain.register import Evidence, Span
from tracker.domain.views import Done, Preview, Remark
from tracker.reading.sentences import paragraph_span
from tracker.services import acting, adding
from tracker.services.acts import Writing, effective_day
from tracker.services.asking import Asking
from tracker.services.undoing import Undoing
from tracker_db import models, queries


class Commitments(Asking, Undoing):
    """Ask for commitments; add, amend, mark and move them, and take acts back."""

    def record_status(self, command: RecordStatus, hand: Hand) -> Done:
        """Say where commitments stand, with the reason that the status needs: all of them, or none.

        Raises NotFound, StaleCommitment, ChangeNotAllowed, ReasonMissing, InTheFuture, BeforeItBegan.
        """
        effective_day(command.effective_on, hand)
        return self._carry_out(command, hand)

    def move_deadline(self, command: MoveDeadline, hand: Hand) -> Done:
        """Give commitments a new agreed deadline, all of them or none; their baselines stay.

        Raises NotFound, StaleCommitment, ChangeNotAllowed, SameDeadline, ReasonMissing (neither source nor note).
        """
        effective_day(command.effective_on, hand)
        return self._carry_out(command, hand)

    def add(self, command: AddCommitment, hand: Hand) -> Done:
        """Put a commitment on record. Without a ref it takes the next number of its prefix and its source's year.

        Raises AlreadyThere, NotFound (a party, document, figure or event nobody knows), BadDate, InTheFuture.
        """
        with self._house.act(ActKind.ADD, hand) as writing:
            if writing.done_before:
                row = writing.session.query(models.Entry.ref).where(models.Entry.act_number == writing.repeated)
                return self._done(writing, [row.limit(1).scalar() or ""], hand, ())
            ref = adding.add(self._house, writing, command, hand)
            return self._done(writing, [ref], hand, ())

    def amend(self, command: AmendCommitment, hand: Hand) -> Done:
        """Correct fields of commitments (those of `AMENDABLE`; lists replace), their lead and tags: all, or none.

        Raises NotFound, StaleCommitment, BadOption (nothing to change), UnknownValue, NoSource.
        """
        effective_day(command.effective_on, hand)
        if unknown := set(command.fields) - set(AMENDABLE):
            raise errors.UnknownValue("field", sorted(unknown)[0], AMENDABLE)
        return self._carry_out(command, hand)

    def preview(self, command: OnMany, hand: Hand) -> Preview:
        """What an act on many would do to each of them, and which it would refuse and why; nothing is kept."""
        return acting.preview(self._house, command, hand)

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

    def _carry_out(self, command: OnMany, hand: Hand) -> Done:
        refs = list(dict.fromkeys(seen.ref for seen in command.commitments))
        with self._house.act(acting.kind_of(command), hand, len(refs)) as writing:
            remarks = [] if writing.done_before else acting.carry_out(self._house, writing, command, hand)
            return self._done(writing, refs, hand, remarks)

    def _done(self, writing: Writing, refs: list[str], hand: Hand, remarks: Sequence[Remark]) -> Done:
        number = writing.finish()
        views = writing.views(refs, self._house.day(hand.today))
        return Done(writing.recorder.act.id, number, views, tuple(remarks))
