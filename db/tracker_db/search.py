"""Text search without diacritics on both engines: one folded copy, one as it was written.

A bare word finds the words that begin with it; a phrase finds exactly its words, in their order.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    Select,
    column,
    exists,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
    true,
)
from sqlalchemy.orm import Session

from tracker.domain.query import Text
from tracker.domain.text import fold, words

SEARCH = table(
    "commitment_search",
    column("rowid"),
    column("commitment_id"),
    column("folded"),
    column("exact"),
    column("folded_words"),
    column("exact_words"),
)

_PUT = {
    "sqlite": "INSERT INTO commitment_search (rowid, folded, exact) VALUES (:id, :folded, :exact)",
    "postgresql": "INSERT INTO commitment_search (commitment_id, folded, exact) VALUES (:id, :folded, :exact)",
}
_DROP = {
    "sqlite": "DELETE FROM commitment_search WHERE rowid = :id",
    "postgresql": "DELETE FROM commitment_search WHERE commitment_id = :id",
}

# SQLite nests the conditions of one statement no deeper than 1000.
MOST_WORDS = 100


def put(session: Session, commitment_id: int, parts: Sequence[str]) -> None:
    """Make a commitment findable by the words of these texts, and by no others."""
    drop(session, commitment_id)
    session.execute(text(_PUT[session.connection().dialect.name]), row(commitment_id, parts))


def drop(session: Session, commitment_id: int) -> None:
    """Make a commitment findable by no words."""
    session.execute(text(_DROP[session.connection().dialect.name]), {"id": commitment_id})


def row(commitment_id: int, parts: Sequence[str]) -> dict[str, object]:
    """The row of the search table for these texts."""
    whole = words(" ".join(parts).casefold())
    return {"id": commitment_id, "folded": " ".join(fold(word) for word in whole), "exact": " ".join(whole)}


def put_many(connection: Connection, rows: Sequence[dict[str, object]]) -> None:
    """Add the rows of many new commitments at once."""
    connection.execute(text(_PUT[connection.dialect.name]), rows)


def matching(terms: Sequence[Text], dialect: Dialect, *, exact: bool = False) -> Select[tuple[int]] | None:
    """The ids of the commitments with all these words; with `exact`, with their marks as typed.

    None when there is no word in them. A person's words never reach the engine's own query syntax: only their
    letters and digits do.
    """
    cut = _cut(terms, exact)
    if not cut:
        return None
    if dialect.name == "postgresql":
        return select(SEARCH.c.commitment_id).where(_on_postgresql(cut, exact))
    return _on_sqlite(cut, exact)


def holds(
    terms: Sequence[Text], commitment_id: ColumnElement[int], dialect: Dialect, *, exact: bool = False
) -> ColumnElement[bool]:
    """That one commitment has all these words: what `matching` means, asked of a single row."""
    cut = _cut(terms, exact)
    if not cut:
        return true()
    if dialect.name == "postgresql":
        # As a value, not as EXISTS: PostgreSQL would make a join of that, and begin it with all that match.
        return select(_on_postgresql(cut, exact)).where(SEARCH.c.commitment_id == commitment_id).scalar_subquery()
    # The search index would be read from its beginning for each row; the text itself is one row away.
    text_kept = literal(" ").concat(SEARCH.c.exact if exact else SEARCH.c.folded).concat(" ")
    wanted: list[str] = []
    for found, phrase in cut:
        wanted += [f" {' '.join(found)} "] if phrase else [f" {word}" for word in found]
    if len(wanted) > MOST_WORDS:
        return commitment_id.in_(_on_sqlite(cut, exact))
    has_all = (func.instr(text_kept, place) > 0 for place in wanted)
    return exists(literal(1)).where(SEARCH.c.rowid == commitment_id, *has_all)


def _cut(terms: Sequence[Text], exact: bool) -> list[tuple[list[str], bool]]:
    """The words of each term, and whether they are a phrase; without the terms that have none."""
    cut = [(words(term.words.casefold() if exact else fold(term.words)), term.phrase) for term in terms]
    return [(found, phrase) for found, phrase in cut if found]


def _on_sqlite(cut: Sequence[tuple[list[str], bool]], exact: bool) -> Select[tuple[int]]:
    asked = " AND ".join(
        f'"{" ".join(found)}"' if phrase else " AND ".join(f'"{word}"*' for word in found) for found, phrase in cut
    )
    asked = f"{{{'exact' if exact else 'folded'}}} : ({asked})"
    return select(SEARCH.c.rowid).where(literal_column(SEARCH.name).op("MATCH")(asked))


def _on_postgresql(cut: Sequence[tuple[list[str], bool]], exact: bool) -> ColumnElement[bool]:
    asked = " & ".join(
        f"({' <-> '.join(found)})" if phrase else " & ".join(f"{word}:*" for word in found) for found, phrase in cut
    )
    indexed = SEARCH.c.exact_words if exact else SEARCH.c.folded_words
    return indexed.op("@@", return_type=Boolean())(func.to_tsquery(literal_column("'simple'"), asked))
