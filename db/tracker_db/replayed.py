"""The tables as they stand against what the entries add up to: every row that is made from history, found or missed.

Subjects are looked at some hundreds at a time, so that a register of a million fits into little memory.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Table, func, select, text
from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain import register
from tracker.domain.follow_up import FollowUp
from tracker.domain.outcomes import Finding, Progress, untold
from tracker.domain.saved_view import StoredView
from tracker_db import models, search, subjects
from tracker_db.chains import Kept, counting, fold, kept_of, states, value_on
from tracker_db.derived import evidence_rows, list_rows, state_columns, update_columns
from tracker_db.keys import OWN, Keys
from tracker_db.rows_of_following import follow_up_rows
from tracker_db.texts import proves

AT_ONCE = 500
Row = dict[str, Any]
# The kinds whose rows are found by a key, with the columns that a row of them has from its value.
_KEYED: Mapping[type[register.Subject], Any] = {
    register.Party: models.Party.key,
    register.Document: models.Document.sha256,
    register.Event: models.Event.key,
    register.Figure: models.Figure.key,
    StoredView: models.SavedView.key,
    FollowUp: models.FollowUp.key,
    register.Commitment: models.Commitment.ref,
}
# What only the tables say: no entry tells it.
_APART = {"id", "text", "slot"}


def differences(session: Session, told: Progress = untold) -> Iterator[Finding]:
    """Every subject whose rows are not what its entries say, every row that no entry tells, and every wrong count."""
    replay = _Replay(session, told)
    for kind, column in _KEYED.items():
        yield from replay.of(kind)
        yield from _untold(session, kind.kind_of_subject, column)
    yield from replay.counted()


def _untold(session: Session, kind: str, column: Any) -> Iterator[Finding]:
    told = select(models.Entry.id).where(models.Entry.subject == kind, models.Entry.ref == column).exists()
    for ref in session.execute(select(column).where(~told).distinct()).scalars():
        yield Finding("row_untold", {"subject": kind, "ref": ref})


class _Replay:
    def __init__(self, session: Session, told: Progress) -> None:
        self._session, self._told = session, told
        first = select(func.count()).select_from(models.Entry).where(models.Entry.position == 1)
        self._done, self._of = 0, session.execute(first).scalar_one()
        self._keys = Keys(session)
        self._tally: Counter[tuple[Any, Any]] = Counter()
        self._named: dict[str, list[str]] | None = None

    def of(self, kind: type[register.Subject]) -> Iterator[Finding]:
        """What differs among the subjects of a kind."""
        entry, last = models.Entry, ""
        while refs := (
            self._session.execute(
                select(entry.ref)
                .where(entry.subject == kind.kind_of_subject, entry.ref > last)
                .group_by(entry.ref)
                .order_by(entry.ref)
                .limit(AT_ONCE)
            )
            .scalars()
            .all()
        ):
            self._told("tables", self._done, self._of)
            yield from self._looked_at(kind, refs)
            self._done += len(refs)
            last = refs[-1]

    def _looked_at(self, kind: type[register.Subject], refs: Sequence[str]) -> Iterator[Finding]:
        """All of them at once; when something among them cannot be read, one by one, to name it."""
        try:
            kept = kept_of(self._session, kind.kind_of_subject, refs)
            if kind is register.Commitment:
                found = list(self._commitments(refs, kept))
            else:
                found = [finding for ref in refs for finding in self._subject(kind, ref, kept.get(ref, []))]
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError, errors.TrackerError):
            if len(refs) == 1:
                yield Finding("not_replayed", {"subject": kind.kind_of_subject, "ref": refs[0]})
                return
            found = [finding for ref in refs for finding in self._looked_at(kind, [ref])]
        yield from found

    def _subject(self, kind: type[register.Subject], ref: str, entries: Sequence[Kept]) -> Iterator[Finding]:
        """A subject that is no commitment: its row or rows, and those that are its own."""
        column, at = _KEYED[kind], {"subject": kind.kind_of_subject, "ref": ref}
        rows = self._rows(column.class_.__table__, column.property.columns[0], [ref])
        value = value_on(kind, entries)
        if value is None or (isinstance(value, StoredView) and value.dropped):
            if rows:
                yield Finding("row_untold", at)
            return
        if isinstance(value, FollowUp):
            said = [(day, kept) for day, kept in states(kind, entries) if isinstance(kept, FollowUp)]
            closed = self._session.execute(
                select(models.Commitment.closed).where(models.Commitment.ref == value.commitment)
            ).scalar_one_or_none()
            expected = follow_up_rows(said, self._keys, closed=bool(closed))
            yield from _compared(at, column.class_, expected, rows)
            return
        if isinstance(value, register.Document) and value.text_added and not self._has_text(ref):
            yield Finding("text_missing", {"document": value.file})
        yield from _compared(at, column.class_, [self._columns(value)], rows)
        for owner in OWN.get(kind.kind_of_subject, ()):
            own = self._rows(owner.class_.__table__, owner.property.columns[0], [row["id"] for row in rows])
            given = subjects.own_rows(value, self._keys)
            wanted = [said | {"position": place, owner.key: rows[0]["id"]} for place, said in enumerate(given) if rows]
            yield from _compared(at, owner.class_, wanted, own)

    def _has_text(self, sha256: str) -> bool:
        kept = select(models.Document.text.is_not(None)).where(models.Document.sha256 == sha256)
        return bool(self._session.execute(kept).scalar_one_or_none())

    def _columns(self, value: register.Subject) -> Row:
        match value:
            case register.Party():
                return subjects.party_columns(value, self._keys)
            case register.Document():
                return subjects.document_columns(value)
            case register.Event():
                return subjects.event_columns(value)
            case register.Figure():
                return subjects.figure_columns(value)
            case StoredView():
                plain = {"name": value.name, "query": value.query, "sort": value.sort, "grouping": value.group}
                return plain | {"key": value.subject_ref, "columns": " ".join(value.columns)}
            case _:
                raise TypeError(value)

    def _commitments(self, refs: Sequence[str], kept: Mapping[str, list[Kept]]) -> Iterator[Finding]:
        made = models.Base.metadata.tables
        rows = {row["ref"]: row for row in self._rows(made["commitment"], made["commitment"].c.ref, refs)}
        ids = [row["id"] for row in rows.values()]
        names = ("commitment_version", "status_update", *(part.__tablename__ for part in subjects.PARTS.values()))
        of_them = {name: self._grouped(made[name], made[name].c.commitment_id, ids) for name in names}
        told = [row["id"] for updates in of_them["status_update"].values() for row in updates]
        proofs = self._grouped(made["evidence"], made["evidence"].c.status_update_id, told)
        findable = self._findable(ids)
        for ref in refs:
            row, entries = rows.get(ref), kept.get(ref, [])
            found = fold(entries)
            at = {"subject": register.Commitment.kind_of_subject, "ref": ref}
            if not found or row is None:
                if found:
                    yield Finding("row_missing", at)
                elif row is not None:
                    yield Finding("row_untold", at)
                continue
            began = found[0].day
            columns = state_columns(found[-1], began, self._keys)
            self._tally[subjects.tally_key(columns)] += 1
            yield from _compared(at, models.Commitment, [columns], [row])
            versions = [
                state_columns(state, began, self._keys) | {"commitment_id": row["id"], "valid_to": after.day}
                for state, after in itertools.pairwise(found)
            ]
            yield from _compared(at, models.CommitmentVersion, versions, of_them["commitment_version"][row["id"]])
            for name, part in subjects.PARTS.items():
                said = [said | {"commitment_id": row["id"]} for said in list_rows(name, found, self._keys)]
                kept_rows = of_them[part.__tablename__][row["id"]]
                yield from _compared(at, part, _joined(said), _joined(kept_rows))
            yield from self._updates(at, row["id"], entries, of_them["status_update"][row["id"]], proofs)
            if findable.get(row["id"]) != self._words(found[-1].value):
                yield Finding("not_findable", at)

    def _updates(
        self, at: Row, commitment_id: int, entries: Sequence[Kept], rows: list[Row], proofs: Mapping[int, list[Row]]
    ) -> Iterator[Finding]:
        telling = [entry for entry in counting(entries) if entry.update is not None]
        expected = [update_columns(entry, self._keys) | {"commitment_id": commitment_id} for entry in telling]
        yield from _compared(at, models.StatusUpdate, expected, rows)
        numbers = {row["position"]: row["id"] for row in rows}
        for entry in telling:
            number = numbers.get(entry.position)
            if number is not None:
                said = [proof | {"status_update_id": number} for proof in evidence_rows(entry, self._keys)]
                yield from _compared(at, models.Evidence, said, proofs.get(number, []))

    def counted(self) -> Iterator[Finding]:
        """Whether the tally counts what the commitments are. To be asked after them."""
        rows = self._session.execute(select(models.Tally.kind, models.Tally.day, models.Tally.number))
        kept = {(row.kind, row.day): row.number for row in rows if row.number}
        for kind, day in sorted({**kept, **self._tally}):
            number, wanted = kept.get((kind, day), 0), self._tally[kind, day]
            if number != wanted:
                yield Finding("count_differs", {"kind": kind, "day": day, "kept": number, "counted": wanted})

    def _rows(self, table: Table, column: Column[Any], values: Collection[Any]) -> list[Row]:
        if not values:
            return []
        # A text is proved by its hash, and is long.
        columns = [each for each in table.c if each.name != "text"]
        rows = self._session.execute(select(*columns).where(column.in_(values)).order_by(*table.primary_key))
        return [dict(row._mapping) for row in rows]

    def _grouped(self, table: Table, column: Column[Any], values: Collection[int]) -> dict[int, list[Row]]:
        groups: dict[int, list[Row]] = {value: [] for value in values}
        for row in self._rows(table, column, values):
            groups[row[column.name]].append(row)
        return groups

    def _findable(self, ids: Sequence[int]) -> dict[int, tuple[Counter[str], Counter[str]]]:
        key = search.SEARCH.c.rowid if self._session.connection().dialect.name == "sqlite" else None
        key = search.SEARCH.c.commitment_id if key is None else key
        folded, exact = search.SEARCH.c.folded, search.SEARCH.c.exact
        rows = self._session.execute(select(key, folded, exact).where(key.in_(ids)))
        return {row[0]: (Counter(row[1].split()), Counter(row[2].split())) for row in rows}

    def _words(self, commitment: register.Commitment) -> tuple[Counter[str], Counter[str]]:
        """The words by which a commitment is found; in which order its parties are named is no matter."""
        if self._named is None:
            self._named = _names(self._session)
        keys = {part.party for part in commitment.parties}
        title, statement = commitment.title, commitment.statement
        names = (name for key in keys for name in self._named[key])
        row = search.row(0, [commitment.ref, title.vi, title.en, statement.vi, statement.en, *names])
        return Counter(str(row["folded"]).split()), Counter(str(row["exact"]).split())


def _names(session: Session) -> dict[str, list[str]]:
    party, alias = models.Party, models.PartyAlias
    rows = session.execute(select(party.key, party.name_vi, party.name_en))
    named = {row.key: [row.name_vi, row.name_en] for row in rows}
    for key, name in session.execute(select(party.key, alias.name).join(alias, alias.party_id == party.id)):
        named[key].append(name)
    return named


def _compared(at: Row, model: Any, expected: list[Row], found: list[Row]) -> Iterator[Finding]:
    """What differs between rows as they should be and as they are; their numbers and order are no matter."""
    table = model.__tablename__
    if len(expected) == len(found) == 1:
        wrong = sorted(name for name, value in expected[0].items() if found[0].get(name) != value)
        if wrong:
            yield Finding("row_differs", at | {"table": table, "columns": tuple(wrong)})
        return
    plain = [{name: row.get(name) for name in (expected or found)[0] if name not in _APART} for row in found]
    if sorted(map(_spelt, expected)) != sorted(map(_spelt, plain)):
        facts = {"table": table, "expected": len(expected), "found": len(found)}
        yield Finding("rows_differ", at | facts)


def _spelt(row: Row) -> str:
    return repr(sorted((name, str(value)) for name, value in row.items()))


def _joined(rows: Sequence[Row]) -> list[Row]:
    """A list's rows with days on which it was said again, and did not change, taken together."""
    spans: list[tuple[Any, Any, list[Row]]] = []
    for (since, until), same in itertools.groupby(
        sorted(rows, key=lambda row: (row["valid_from"], row["valid_to"], row["position"])),
        key=lambda row: (row["valid_from"], row["valid_to"]),
    ):
        plain = [
            {name: value for name, value in row.items() if name not in ("id", "valid_from", "valid_to")} for row in same
        ]
        if spans and spans[-1][1] == since and sorted(map(_spelt, spans[-1][2])) == sorted(map(_spelt, plain)):
            spans[-1] = (spans[-1][0], until, plain)
        else:
            spans.append((since, until, plain))
    return [row | {"valid_from": since, "valid_to": until} for since, until, plain in spans for row in plain]


def texts_that_differ(session: Session) -> Iterator[Finding]:
    """Texts of documents that are not those of their hashes any more."""
    for table in ("document", "withdrawn_text"):
        for sha256, kept in session.execute(text(f"SELECT sha256, text FROM {table} WHERE text IS NOT NULL")):
            if not proves(sha256, str(kept)):
                yield _unproved(session, sha256, str(kept))


def _unproved(session: Session, sha256: str, kept: str) -> Finding:
    """A text under another hash than its own; the act that brought it, when it is the one that was drafted from."""
    read = select(models.ReadDocument.text).where(models.ReadDocument.sha256 == sha256)
    if session.execute(read).scalar_one_or_none() != kept:
        return Finding("text_differs", {"document": sha256})
    entry = models.Entry
    act = select(func.max(entry.act_number)).where(entry.subject == "document", entry.ref == sha256)
    return Finding("text_unproved", {"document": sha256, "act": session.execute(act).scalar_one()})
