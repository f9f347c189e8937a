"""A draft beside the register: the commitments that it is like, and the figures that its amounts are aimed at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from tracker.domain.deadline import parse_period
from tracker.domain.register import Target, Words
from tracker.domain.views import CommitmentView
from tracker.reading.aims import Series, aimed_at
from tracker.reading.drafts import HOME, Draft
from tracker.reading.drafts import Target as Amount
from tracker.reading.likeness import Claim, Known, Record, relation
from tracker.reading.parties import english_names
from tracker.reading.review import OPEN, KeptDraft
from tracker_db import named


def known(view: CommitmentView) -> Known:
    """A commitment as far as likeness goes."""
    texts = (f"{view.title.vi} {view.statement.vi}".strip(), f"{view.title.en} {view.statement.en}".strip())
    return Known(
        view.ref,
        tuple(filter(None, texts)),
        tuple(name for party in view.parties for name in (party.name.vi, party.name.en) if name),
        view.strength,
        view.deadline.end if view.deadline else None,
        frozenset((target.value, target.unit) for target in view.targets),
        tuple((source.sha256, source.start, source.end) for source in view.sources),
        min(filter(None, (parse_period(source.published).start for source in view.sources)), default=None),
        view.status,
    )


def claim(one: Draft, sha256: str) -> Claim:
    """A draft as far as likeness goes."""
    home = (HOME, english_names().get(HOME))
    return Claim(
        one.sentence,
        tuple(name for name in (*one.owners, *one.counterparts) if name not in home),
        one.strength,
        one.deadline.end if one.deadline else None,
        frozenset((target.value, target.unit) for target in one.targets if target.value is not None),
        (sha256, one.start, one.end),
    )


def up_to_date(kept: Sequence[KeptDraft], views: Sequence[CommitmentView]) -> tuple[KeptDraft, ...]:
    """The drafts, those that wait beside the commitments as they are now: what was on record when the document was
    read may have changed since, and more has come, from this document's other sentences too.
    """
    now = {view.ref: known(view) for view in views}
    record = Record(now.values(), background=(one.draft.sentence for one in kept))
    return tuple(_beside(one, kept, record, now) if one.decision == OPEN else one for one in kept)


def _beside(one: KeptDraft, kept: Sequence[KeptDraft], record: Record, now: Mapping[str, Known]) -> KeptDraft:
    if one.draft.status:
        return one
    said = claim(one.draft, one.sha256)
    before = {like.ref: like for like in one.draft.similar}
    # A sentence with two deadlines is two drafts: one is not like the other's commitment.
    twins = {other.ref for other in kept if other.start == one.start}
    new = [like for like in record.like(said) if like.ref not in before and like.ref not in twins]
    still = [replace(like, relation=relation(now[ref], said)) if ref in now else like for ref, like in before.items()]
    similar = sorted((*still, *new), key=lambda like: (-like.score, like.ref))
    return replace(one, draft=replace(one.draft, similar=tuple(similar)))


def figures(session: Session) -> tuple[Series, ...]:
    """The measured series on record."""
    return tuple(Series(*one) for one in named.figures(session))


def aims(one: Draft, parties: Iterable[Words], series: Sequence[Series]) -> Iterator[tuple[Amount, Series | None]]:
    """The amounts of a draft, each with the series on record that is meant; `parties` are those that it names."""
    names = [name for words in parties for name in (words.vi, words.en) if name]
    for amount in one.targets:
        yield amount, aimed_at(one.sentence, amount.unit, names, series) if amount.value is not None else None


def targets(one: Draft, found: Iterable[tuple[Amount, Series | None]]) -> tuple[Target, ...]:
    """The targets that amounts of a draft are, by its deadline if that has days."""
    deadline = one.deadline
    by = deadline.value if deadline and deadline.end and deadline.event is None else "none"
    meant = (
        Target(figure=series.key, value=amount.value, by=by)
        for amount, series in found
        if series is not None and amount.value is not None
    )
    return tuple(dict.fromkeys(meant))
