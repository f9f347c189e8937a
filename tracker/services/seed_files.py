"""Seed files as they are written: TOML read, checked whole, and every problem named with its file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import Field, ValidationError

from tracker.domain.codes import CitationRole, Instrument, Kind, Strength
from tracker.domain.deadline import Deadline, parse_period
from tracker.domain.register import (
    Citation,
    Commitment,
    DeadlineField,
    Document,
    DoneValue,
    Event,
    Evidence,
    Figure,
    Key,
    Milestone,
    Name,
    Named,
    Participation,
    Party,
    PeriodValue,
    Qualifier,
    Reading,
    Ref,
    Sector,
    Sha256,
    Span,
    Spoken,
    Target,
    Text,
    Value,
    Words,
)
from tracker.domain.status import Status, given_reasons, needs
from tracker.errors import FileRefused, Problem

V = TypeVar("V", bound=Value)


class SeedPlace(Value):
    """A place in this article, or in another one named by its file."""

    document: str | None = None
    paragraph: Annotated[int, Field(ge=1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]


class SeedSource(SeedPlace):
    """A place and what it does to the commitment."""

    role: CitationRole = CitationRole.ORIGIN


class SeedCommitment(Value):
    """A commitment found in an article."""

    ref: Ref
    title: Name
    statement: Words = Words()
    kind: Kind
    sector: Sector
    instrument: Instrument
    strength: Strength
    deadline: DeadlineField | None = None
    parties: tuple[Participation, ...]
    sources: tuple[SeedSource, ...] = Field(min_length=1)
    targets: tuple[Target, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    tags: tuple[Key, ...] = ()


class SeedCitation(SeedSource):
    """A later article speaks of a commitment again."""

    commitment: Ref


class SeedEvidence(SeedPlace):
    """Evidence in an article."""

    tier: Annotated[int, Field(ge=1, le=3)]


class SeedUpdate(Value):
    """An article shows where a commitment stands."""

    commitment: Ref
    status: Status
    note: Text
    done: DoneValue | None = None
    side: Key | None = None
    review: date | None = None
    confirmed_by: Text = ""
    evidence: tuple[SeedEvidence, ...] = ()


class SeedReading(SeedPlace):
    """A measured value that an article gives."""

    figure: Key
    period: PeriodValue
    value: Decimal
    qualifier: Qualifier = ""
    note: Text = ""


class SeedDocument(Value):
    """The article itself."""

    file: Named
    sha256: Sha256
    title: Text
    publisher: Text = ""
    language: Spoken
    published: PeriodValue


class SeedArticle(Value):
    """One file for one article."""

    document: SeedDocument
    event: tuple[Event, ...] = ()
    commitment: tuple[SeedCommitment, ...] = ()
    citation: tuple[SeedCitation, ...] = ()
    update: tuple[SeedUpdate, ...] = ()
    reading: tuple[SeedReading, ...] = ()


class SeedParties(Value):
    """parties.toml."""

    party: tuple[Party, ...]


class SeedFigures(Value):
    """figures.toml."""

    figure: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its file's name and the day on which its entries count."""

    file: str
    seed: SeedArticle
    day: date

    @property
    def document(self) -> Document:
        """The document as the register knows it."""
        return Document(**self.seed.document.model_dump())


@dataclass(frozen=True, slots=True)
class Seeds:
    """All seed files, read and checked against one another."""

    parties: tuple[Party, ...]
    figures: tuple[Figure, ...]
    articles: tuple[Article, ...]

    def sha256_of(self, article: Article, place: SeedPlace) -> str:
        """The hash of the document in which a place lies."""
        if place.document is None:
            return article.seed.document.sha256
        return next(other.seed.document.sha256 for other in self.articles if other.seed.document.file == place.document)

    def span(self, article: Article, place: SeedPlace) -> Span:
        """A place as the register keeps it."""
        document = self.sha256_of(article, place)
        return Span(document=document, paragraph=place.paragraph, start=place.start, end=place.end)

    def citation(self, article: Article, source: SeedSource) -> Citation:
        """A source as the register keeps it."""
        return Citation(**self.span(article, source).model_dump(), role=source.role)

    def evidence(self, article: Article, given: SeedEvidence) -> Evidence:
        """Evidence as the register keeps it."""
        return Evidence(kind="citation", tier=given.tier, place=self.span(article, given))

    def reading(self, article: Article, given: SeedReading) -> Reading:
        """A reading as the register keeps it."""
        fields = given.model_dump(include={"period", "qualifier", "note"})
        return Reading(value=given.value, place=self.span(article, given), **fields)

    def deadline(self, deadline: Deadline | None) -> Deadline | None:
        """A deadline with the days of the event at which it points."""
        if deadline is None or deadline.event is None:
            return deadline
        event = next(event for article in self.articles for event in article.seed.event if event.key == deadline.event)
        return Deadline.of(deadline.value, deadline.text, deadline.certainty, parse_period(event.on))

    def commitment(self, article: Article, seed: SeedCommitment) -> Commitment:
        """A commitment as its own article says it."""
        deadline = self.deadline(seed.deadline)
        shared = set(SeedCommitment.model_fields) - {"deadline", "sources", "milestones"}
        return Commitment(
            status_since=article.day,
            deadline=deadline,
            sources=tuple(self.citation(article, source) for source in seed.sources),
            milestones=tuple(
                Milestone(name=step.name, deadline=self.deadline(step.deadline)) for step in seed.milestones
            ),
            **{name: getattr(seed, name) for name in shared},
        )


def seeds_folder() -> Traversable:
    """The curated commitments: inside the wheel, or beside the code in a checkout."""
    packaged = files("tracker") / "seeds"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "seeds"


def read_seeds(folder: Traversable, today: date = date.max) -> Seeds:
    """All seed files of a folder. Raises FileRefused with every problem in every file; nothing is half read.

    Entries count from the last day of a document's publication, so that day cannot lie after `today`.
    """
    problems: list[Problem] = []
    if not folder.is_dir():
        raise FileRefused(str(folder), (Problem(str(folder), "", "missing"),))
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    parties = _read(folder, "parties.toml", SeedParties, problems)
    figures = _read(folder, "figures.toml", SeedFigures, problems)
    articles: list[Article] = []
    for name in names:
        if name in ("parties.toml", "figures.toml"):
            continue
        seed = _read(folder, name, SeedArticle, problems)
        if seed is None:
            continue
        day = parse_period(seed.document.published).end
        if day is None:
            problems.append(Problem(name, "document.published", "missing"))
        elif day > today:
            problems.append(Problem(name, "document.published", f"in_the_future: {day}"))
        else:
            articles.append(Article(name, seed, day))
    if parties is None or figures is None or problems:
        raise FileRefused(str(folder), problems)
    seeds = Seeds(
        parties.party, figures.figure, tuple(sorted(articles, key=lambda article: (article.day, article.file)))
    )
    problems += _disagreements(seeds)
    if problems:
        raise FileRefused(str(folder), problems)
    return seeds


def _read(folder: Traversable, name: str, kind: type[V], problems: list[Problem]) -> V | None:
    try:
        return kind.model_validate(tomllib.loads((folder / name).read_text(encoding="utf-8")))
    except FileNotFoundError:
        problems.append(Problem(name, "", "missing"))
    except UnicodeDecodeError:
        problems.append(Problem(name, "", "not_text"))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(name, "", f"not_toml: {error}"))
    except ValidationError as error:
        problems += [Problem(name, ".".join(map(str, one["loc"])), validation_reason(one)) for one in error.errors()]
    return None


def validation_reason(one: Any) -> str:
    """The reason code of one of pydantic's errors: missing, unknown_key or wrong_value with the value."""
    match one["type"]:
        case "missing":
            return "missing"
        case "extra_forbidden":
            return "unknown_key"
        case _:
            return f"wrong_value: {one['input']!s:.80}"


def _disagreements(seeds: Seeds) -> Iterator[Problem]:
    """What is wrong between files: unknown keys, doubled refs, updates without their reason."""
    parties = {party.key for party in seeds.parties}
    figures = {figure.key for figure in seeds.figures}
    events = {event.key for article in seeds.articles for event in article.seed.event}
    documents = {article.seed.document.file for article in seeds.articles}
    refs = {seed.ref for article in seeds.articles for seed in article.seed.commitment}
    yield from _doubled("parties.toml", "party", [party.key for party in seeds.parties])
    yield from _doubled("figures.toml", "figure", [figure.key for figure in seeds.figures])
    for party in seeds.parties:
        if party.parent and party.parent not in parties:
            yield Problem("parties.toml", f"party.{party.key}.parent", f"unknown_party: {party.parent}")
    yield from _parents_in_a_ring(seeds.parties)
    seen_refs: set[str] = set()
    seen_events: set[str] = set()
    for article in seeds.articles:
        file, seed = article.file, article.seed
        for event in seed.event:
            if event.key in seen_events:
                yield Problem(file, f"event.{event.key}", "doubled")
            seen_events.add(event.key)
            for key in set(event.parties) - parties:
                yield Problem(file, f"event.{event.key}.parties", f"unknown_party: {key}")
        for commitment in seed.commitment:
            at = f"commitment.{commitment.ref}"
            if commitment.ref in seen_refs:
                yield Problem(file, at, "doubled")
            seen_refs.add(commitment.ref)
            if sum(part.role == "lead" for part in commitment.parties) > 1:
                yield Problem(file, f"{at}.parties", "two_leads")
            roles = [(part.party, part.role) for part in commitment.parties]
            if len(set(roles)) < len(roles):
                yield Problem(file, f"{at}.parties", "doubled")
            for part in commitment.parties:
                if part.party not in parties:
                    yield Problem(file, f"{at}.parties", f"unknown_party: {part.party}")
            for target in commitment.targets:
                if target.figure not in figures:
                    yield Problem(file, f"{at}.targets", f"unknown_figure: {target.figure}")
            for deadline in (commitment.deadline, *(step.deadline for step in commitment.milestones)):
                if deadline is not None and deadline.event is not None and deadline.event not in events:
                    yield Problem(file, f"{at}.deadline", f"unknown_event: {deadline.event}")
            if not any(source.role is CitationRole.ORIGIN for source in commitment.sources):
                yield Problem(file, f"{at}.sources", "no_origin")
            yield from _unknown_documents(file, at, commitment.sources, documents)
        yield from _unknown_documents(file, "citation", seed.citation, documents)
        yield from _unknown_documents(file, "reading", seed.reading, documents)
        for told in seed.update:
            yield from _unknown_documents(file, f"update.{told.commitment}.evidence", told.evidence, documents)
        named = [("citation", cited.commitment) for cited in seed.citation]
        named += [("update", told.commitment) for told in seed.update]
        for key, ref in named:
            if ref not in refs:
                yield Problem(file, key, f"unknown_commitment: {ref}")
        for reading in seed.reading:
            if reading.figure not in figures:
                yield Problem(file, "reading", f"unknown_figure: {reading.figure}")
        for told in seed.update:
            yield from _unfounded(file, told, parties)


def _parents_in_a_ring(parties: Sequence[Party]) -> Iterator[Problem]:
    parents = {party.key: party.parent for party in parties}
    for party in parties:
        above = party.parent
        for _ in parents:
            if above == party.key:
                yield Problem("parties.toml", f"party.{party.key}.parent", f"wrong_value: {party.parent}")
                break
            above = parents.get(above or "")


def _unknown_documents(file: str, at: str, places: Sequence[SeedPlace], documents: set[str]) -> Iterator[Problem]:
    for place in places:
        if place.document is not None and place.document not in documents:
            yield Problem(file, at, f"unknown_document: {place.document}")
        if place.end <= place.start:
            yield Problem(file, at, f"wrong_value: {place.start}..{place.end}")


def _unfounded(file: str, told: SeedUpdate, parties: set[str]) -> Iterator[Problem]:
    at = f"update.{told.commitment}"
    if told.side is not None and told.side not in parties:
        yield Problem(file, f"{at}.side", f"unknown_party: {told.side}")
    given = given_reasons(
        note=told.note,
        evidence_tiers=[evidence.tier for evidence in told.evidence],
        confirmed_by=told.confirmed_by,
        done=told.done,
        review=told.review is not None,
        replaced_by=None,
    )
    for group in needs(Status.RECORDED, told.status):
        if not group & given:
            yield Problem(file, at, f"needs: {'|'.join(sorted(group))}")


def _doubled(file: str, kind: str, keys: Sequence[str]) -> Iterator[Problem]:
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Problem(file, f"{kind}.{key}", "doubled")
