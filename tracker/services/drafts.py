"""Drafts beside the register: what it knows already, and what a document reports on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tracker.domain.query import parse_query
from tracker.domain.views import CommitmentView
from tracker.reading.drafting import Draft, Drafting
from tracker.reading.likeness import LEAST_FOR_REPORTS, Claim, Known, ProposedUpdate, Record, reported_status
from tracker.services.acts import House
from tracker_db import queries

# Whoever has more is shown likeness with those that were touched last.
MOST_COMPARED = 5_000


class Drafts:
    """Compares what was read in a document with what is on record. Reads only."""

    def __init__(self, house: House) -> None:
        self._house = house

    def beside(
        self, read: Drafting, sha256: str, *, as_of: date
    ) -> tuple[tuple[Draft, ...], tuple[ProposedUpdate, ...]]:
        """The drafts with the commitments that each is like, and the updates that other sentences would support."""
        with self._house.database.read() as session:
            day = self._house.day(as_of)
            listed = queries.listing(
                session, parse_query(""), day, limit=MOST_COMPARED, offset=0, sort="updated", descending=True
            )
            record = Record(map(_known, listed))
        drafts = tuple(replace(one, similar=record.like(_claim(one, sha256, read.home))) for one in read.drafts)
        return drafts, tuple(_updates(read, record))


def _updates(read: Drafting, record: Record) -> Iterator[ProposedUpdate]:
    partners = tuple(name for name in read.sides if name != read.home)
    for start, end, sentence in read.others:
        status = reported_status(sentence)
        if status is None:
            continue
        found = record.like(Claim(sentence, partners), least=LEAST_FOR_REPORTS)
        if found:
            yield ProposedUpdate(start, end, sentence, found[0], status)


def _known(view: CommitmentView) -> Known:
    texts = (f"{view.title.vi} {view.statement.vi}".strip(), f"{view.title.en} {view.statement.en}".strip())
    return Known(
        view.ref,
        tuple(filter(None, texts)),
        tuple(name for party in view.parties for name in (party.name.vi, party.name.en) if name),
        view.strength,
        view.deadline.end if view.deadline else None,
        frozenset((target.value, target.unit) for target in view.targets),
        tuple((source.sha256, source.start, source.end) for source in view.sources),
    )


def _claim(one: Draft, sha256: str, home: str) -> Claim:
    return Claim(
        one.sentence,
        tuple(name for name in (*one.owners, *one.counterparts) if name != home),
        one.strength,
        one.deadline.end if one.deadline else None,
        frozenset((target.value, target.unit) for target in one.targets if target.value is not None),
        (sha256, one.start, one.end),
    )
