"""Loading the curated commitments, and proving their citations on the articles."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tracker.domain.commands import RecordStatus, Seen
from tracker.domain.history import ActKind, Hand
from tracker.domain.outcomes import CitationCheck, SeedResult
from tracker.domain.register import Commitment, Figure, Party, Subject
from tracker.domain.views import Remark
from tracker.errors import (
    BadDate,
    BadOption,
    BeforeItBegan,
    ChangeNotAllowed,
    FileRefused,
    InTheFuture,
    NotASide,
    NotFound,
    Problem,
    ReasonMissing,
    Refused,
    ReviewPast,
    TrackerError,
    UsageError,
)
from tracker.reading.sentences import is_whole_sentences, paragraph_span
from tracker.services.acts import House, Writing
from tracker.services.marking import record_status
from tracker.services.seed_files import Article, SeedPlace, Seeds, SeedUpdate, read_seeds, seeds_folder
from tracker_db import seeded

# Marks and moves are a person's: a newer seed never touches what they set.
_NOT_SEEDED = {"status", "status_since", "done", "review_on", "replaced_by", "evidence_tier", "sides", "text_added"}


class Seeding:
    """Seeds go in as one act, each entry effective on its source's date."""

    def __init__(self, house: House) -> None:
        self._house = house

    def load(self, folder: Path | None = None, *, hand: Hand) -> SeedResult:
        """Load the seeds of a folder, or those that come with the program.

        Loading twice changes nothing. A newer seed changes only fields that still hold the last seeded value, leaves
        statuses alone, deletes nothing, and lists what it left. Raises FileRefused: then nothing was loaded.
        """
        seeds = read_seeds(folder or seeds_folder(), hand.today)
        with self._house.act(ActKind.IMPORT, hand) as writing:
            return _Load(writing, seeds, self._house, hand.today).run()

    @staticmethod
    def check(articles: Path, folder: Path | None = None) -> CitationCheck:
        """Prove on the article files that every hash, paragraph and span is right and every span whole sentences.

        Needs no register. Raises FileRefused with every problem.
        """
        seeds = read_seeds(folder or seeds_folder())
        problems: list[Problem] = []
        texts: dict[str, str] = {}
        for article in seeds.articles:
            document = article.seed.document
            try:
                content = (articles / document.file).read_bytes()
            except OSError:
                problems.append(Problem(article.file, "document.file", f"unknown_document: {document.file}"))
                continue
            if hashlib.sha256(content).hexdigest() != document.sha256:
                problems.append(Problem(article.file, "document.sha256", "hash_differs"))
            texts[document.sha256] = content.decode("utf-8", errors="replace")
        citations = 0
        for article in seeds.articles:
            for key, place in _places(article):
                citations += 1
                text = texts.get(seeds.sha256_of(article, place))
                if text is None:
                    continue
                paragraph = paragraph_span(text, place.paragraph)
                if paragraph is None or not paragraph[0] <= place.start < place.end <= paragraph[1]:
                    problems.append(Problem(article.file, key, f"not_in_paragraph: {place.paragraph}"))
                elif not is_whole_sentences(text, place.paragraph, place.start, place.end):
                    problems.append(Problem(article.file, key, f"not_sentences: {place.start}..{place.end}"))
        if problems:
            raise FileRefused(str(articles), problems)
        return CitationCheck(len(seeds.articles), citations)


def _places(article: Article) -> Iterator[tuple[str, SeedPlace]]:
    seed = article.seed
    for commitment in seed.commitment:
        yield from ((f"commitment.{commitment.ref}.sources", source) for source in commitment.sources)
    yield from ((f"citation.{cited.commitment}", cited) for cited in seed.citation)
    for told in seed.update:
        yield from ((f"update.{told.commitment}.evidence", evidence) for evidence in told.evidence)
    yield from ((f"reading.{reading.figure}", reading) for reading in seed.reading)


class _Load:
    def __init__(self, writing: Writing, seeds: Seeds, house: House, today: date) -> None:
        self._writing = writing
        self._today = today
        self._seeds = seeds
        self._house = house
        self._outcome: Counter[str] = Counter()
        self._left: list[Remark] = []
        # Commitments that stand under a seed's ref and that no seed made: theirs are left alone, whole.
        self._foreign: set[str] = set()

    def run(self) -> SeedResult:
        seeds = self._seeds
        first = min((article.day for article in seeds.articles), default=self._writing.recorder.act.recorded_at.date())
        for party in self._by_parent():
            self._put([(first, party)])
        for article in seeds.articles:
            self._put([(article.day, article.document)])
        for article in seeds.articles:
            for event in article.seed.event:
                self._put([(article.day, event)])
        for figure in seeds.figures:
            self._put(self._measured(figure, first))
        for article in seeds.articles:
            for seed in article.seed.commitment:
                self._put(self._cited(seeds.commitment(article, seed), article.day))
        for article in seeds.articles:
            for told in article.seed.update:
                self._tell(article, told)
        counts = self._outcome
        return SeedResult(counts["added"], counts["changed"], counts["unchanged"], tuple(self._left))

    def _by_parent(self) -> list[Party]:
        parties = {party.key: party for party in self._seeds.parties}
        return sorted(parties.values(), key=lambda party: len(list(_ancestors(party, parties))))

    def _measured(self, figure: Figure, first: date) -> list[tuple[date, Subject]]:
        steps: list[tuple[date, Subject]] = [(first, figure)]
        for article in self._seeds.articles:
            found = tuple(
                self._seeds.reading(article, reading)
                for reading in article.seed.reading
                if reading.figure == figure.key
            )
            if found:
                figure = figure.model_copy(update={"readings": (*figure.readings, *found)})
                steps.append((article.day, figure))
        return steps

    def _cited(self, commitment: Commitment, day: date) -> list[tuple[date, Subject]]:
        commitment = commitment.model_copy(update={"review_on": self._house.review.review_on(commitment.deadline, day)})
        steps: list[tuple[date, Subject]] = [(day, commitment)]
        for article in self._seeds.articles:
            found = tuple(
                self._seeds.citation(article, cited)
                for cited in article.seed.citation
                if cited.commitment == commitment.ref
            )
            if found:
                commitment = commitment.model_copy(update={"sources": (*commitment.sources, *found)})
                steps.append((max(day, article.day), commitment))
        return steps

    def _put(self, steps: list[tuple[date, Subject]]) -> None:
        """Steps of one subject, each the whole of what the seeds say by that day."""
        recorder = self._writing.recorder
        wanted = steps[-1][1]
        kind, ref = type(wanted), wanted.subject_ref
        now = recorder.value(kind, ref)
        if now is None and isinstance(wanted, Commitment) and recorder.version(kind, ref):
            # Somebody's own was given this ref and taken back, and may come again.
            self._foreign.add(ref)
            self._left.append(Remark("seed_foreign", {"ref": ref}))
            return
        if now is None:
            for day, value in steps:
                recorder.put(value, day)
            self._outcome["added"] += 1
            return
        last = seeded.fields(self._writing.session, wanted.kind_of_subject, ref)
        if not last and isinstance(wanted, Commitment):
            self._foreign.add(ref)
            self._left.append(Remark("seed_foreign", {"ref": ref}))
            return
        present, plain = now.plain(), wanted.plain()
        changed: set[str] = set()
        for name, value in plain.items():
            if name in _NOT_SEEDED or value == last.get(name, _nothing(value)):
                continue
            if present[name] == last.get(name, _nothing(value)):
                changed.add(name)
            elif present[name] != value:
                self._left.append(Remark("seed_left", {"ref": ref, "field": name}))
        if not changed:
            self._outcome["unchanged"] += 1
            return
        for day, value in steps:
            state = recorder.value(kind, ref, day)
            if state is not None:
                recorder.put(state.model_copy(update={name: getattr(value, name) for name in changed}), day)
        self._outcome["changed"] += 1

    def _tell(self, article: Article, told: SeedUpdate) -> None:
        """What an article shows of where a commitment stands, under the same rules as a person's mark."""
        recorder, ref = self._writing.recorder, told.commitment
        if ref in self._foreign:
            return
        if (article.day, told.status.value, told.side) in seeded.updates(self._writing.session, ref):
            self._outcome["unchanged"] += 1
            return
        if seeded.marked_by_hand(self._writing.session, ref):
            self._left.append(Remark("seed_left", {"ref": ref, "field": "status"}))
            return
        command = RecordStatus(
            commitments=(Seen(ref=ref),),
            status=told.status,
            note=told.note,
            done=told.done,
            evidence=tuple(self._seeds.evidence(article, given) for given in told.evidence),
            confirmed_by=told.confirmed_by,
            review_on=told.review,
        )
        try:
            record_status(recorder, self._house.review, ref, command, told.side, day=article.day, today=self._today)
        except (Refused, NotFound, UsageError) as error:
            raise FileRefused(article.file, (Problem(article.file, f"update.{ref}", _why(error)),)) from error
        self._outcome["added"] += 1


def _why(error: TrackerError) -> str:
    """The reason code of a rule that an update breaks."""
    match error:
        case BeforeItBegan():
            return "before_it_began"
        case ReasonMissing():
            return f"needs: {error.needs}"
        case ChangeNotAllowed():
            return "closed_already"
        case InTheFuture():
            return f"in_the_future: {error.day}"
        case NotASide():
            return f"not_a_side: {error.party}"
        case ReviewPast():
            return f"wrong_value: {error.day}"
        case NotFound():
            return f"unknown_party: {error.ref}"
        case BadDate():
            return f"wrong_value: {error.value}"
        case BadOption():
            return f"needless: {error.option.removeprefix('--')}"
        case _:
            return "missing"


def _ancestors(party: Party, parties: dict[str, Party]) -> Iterator[Party]:
    seen = {party.key}
    while party.parent is not None and party.parent not in seen:
        party = parties[party.parent]
        seen.add(party.key)
        yield party


def _nothing(value: object) -> object:
    """What a field holds that no seed ever gave: an entry leaves out what is empty."""
    return {list: [], str: "", dict: {"vi": "", "en": ""}, int: 0, bool: False}.get(type(value))
