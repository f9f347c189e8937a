"""One commitment, whole, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.i18n import _
from tracker.render import (
    amount,
    change,
    day,
    deadline,
    entry_act,
    label,
    latest,
    moves,
    next_step,
    overdue,
    party,
    period,
    published,
    reversal,
    safe,
    source,
    words,
)
from tracker.reports.agenda import follow_up_line
from tracker.reports.formats import json_line, json_text
from tracker.reports.layout import cells, pad, wrap
from tracker.reports.listing import TONES
from tracker.reports.rows import detail_row

if TYPE_CHECKING:
    from tracker.domain.agenda import FollowUpView
    from tracker.domain.register import Words
    from tracker.domain.views import (
        CommitmentDetail,
        CommitmentView,
        EntryView,
        FigureView,
        SourceView,
        StatusUpdateView,
        TargetView,
    )


def render_detail(
    form: str, detail: CommitmentDetail, *, width: int | None = None, colour: bool = False
) -> Iterator[str]:
    """A commitment in that format: `table` is text for a person."""
    match form:
        case "json":
            yield json_text(detail_row(detail), indent=2) + "\n"
        case "jsonl":
            yield json_line(detail_row(detail))
        case _:
            yield from _Page(width, colour).commitment(detail)


class _Page:
    """Lines of text in the terminal's width; without one no line is broken."""

    def __init__(self, width: int | None, colour: bool) -> None:
        self._width = width
        self._colour = colour

    def commitment(self, detail: CommitmentDetail) -> Iterator[str]:
        view = detail.commitment
        yield from self._line(words(view.title), first=f"{safe(view.ref)}  ", rest="  ", tone="1")
        yield from self._other_language(view.title)
        yield from self._section(_("Statement"), self._statement(view))
        yield "\n"
        yield from self._facts(view)
        yield from self._section(_("Parties"), self._parties(view))
        yield from self._section(_("Sources"), self._sources(view))
        yield from self._section(_("Targets"), self._targets(view, detail.figures))
        yield from self._section(_("Milestones"), self._milestones(view))
        yield from self._section(_("Follow-ups"), self._follow_ups(detail.follow_ups))
        yield from self._section(_("Status updates"), self._updates(detail.updates))
        yield from self._section(_("History"), self._history(detail.entries))

    def _other_language(self, title: Words) -> Iterator[str]:
        other = title.en if words(title) == safe(title.vi) else title.vi
        if other and safe(other) != words(title):
            yield from self._line(safe(other), first="  ", rest="  ")

    def _statement(self, view: CommitmentView) -> Iterator[str]:
        for said in dict.fromkeys((view.statement.vi, view.statement.en)):
            if said:
                yield from self._line(safe(said), first="  ", rest="  ")

    def _facts(self, view: CommitmentView) -> Iterator[str]:
        status = _("{status}, since {day}").format(status=label("status", view.status), day=day(view.status_since))
        facts: dict[str, str] = {
            _("Schedule"): overdue(view),
            _("Status"): status,
            _("Done when"): period(view.done) if view.done else "",
            _("Replaced by"): safe(view.replaced_by or ""),
            _("Deadline"): deadline(view.deadline),
            _("Event"): words(view.event) if view.event else "",
            _("Baseline"): f"{deadline(view.baseline)}; {moves(view.moves)}" if view.baseline else "",
            _("Review on"): self._review(view),
            _("Whose move"): self._whose_move(view),
            _("Next step"): f"{next_step(view.next)}, {day(view.next.on)}" if view.next else "",
            _("Evidence"): label("evidence_tier", view.evidence_tier),
            _("Kind"): label("kind", view.kind),
            _("Sector"): label("sector", view.sector),
            _("Instrument"): label("instrument", view.instrument),
            _("Strength"): label("strength", view.strength),
            _("Tags"): ", ".join(map(safe, view.tags)),
            _("Last update"): day(view.last_update),
            _("Version"): str(view.version),
        }
        widest = max(map(cells, facts))
        late = TONES.get(view.schedule.value, "")
        for name, value in facts.items():
            if value:
                tone = late if name == _("Schedule") else ""
                yield from self._line(value, first=f"{pad(name, widest)}  ", rest=" " * (widest + 2), tone=tone)

    @staticmethod
    def _review(view: CommitmentView) -> str:
        if view.review_on is None:
            return ""
        if view.review_overdue or view.schedule == "review_due":
            return _("{day}: our desk is late with it").format(day=day(view.review_on))
        return day(view.review_on)

    @staticmethod
    def _whose_move(view: CommitmentView) -> str:
        side = view.move_of
        if side is None:
            return ""
        names = {listed.key: words(listed.name) for listed in view.parties}
        return _("{party} ({status}, since {day})").format(
            party=names.get(side.party, safe(side.party)),
            status=label("status", side.status),
            day=day(side.since),
        )

    def _parties(self, view: CommitmentView) -> Iterator[str]:
        for listed in view.parties:
            yield from self._line(
                _("{role}: {party}").format(role=label("role", listed.role), party=party(listed)),
                first="  ",
                rest="    ",
            )

    def _sources(self, view: CommitmentView) -> Iterator[str]:
        for cited in view.sources:
            yield from self._line(
                _("{source} ({role}, {published})").format(
                    source=source(cited),
                    role=label("citation_role", cited.role),
                    published=published(cited.published),
                ),
                first="  ",
                rest="    ",
            )
            yield from self._line(self._sentence(cited), first="    ", rest="    ")

    @staticmethod
    def _sentence(cited: SourceView) -> str:
        if cited.sentence:
            return f"“{safe(cited.sentence)}”"
        return _("The register does not hold the text. Add it: tracker document add {file}").format(
            file=safe(cited.document)
        )

    def _targets(self, view: CommitmentView, figures: tuple[FigureView, ...]) -> Iterator[str]:
        known = {figure.key: latest(figure) for figure in figures}
        for target in view.targets:
            yield from self._line(self._target(target), first="  ", rest="    ")
            if said := known.get(target.figure):
                yield from self._line(_("latest reading: {reading}").format(reading=said), first="    ", rest="    ")

    @staticmethod
    def _target(target: TargetView) -> str:
        aim = _("{figure}: {amount}").format(figure=words(target.name), amount=amount(target.value, target.unit))
        return aim if target.by in (None, "none") else f"{aim}, {period(target.by)}"

    def _milestones(self, view: CommitmentView) -> Iterator[str]:
        for milestone in view.milestones:
            yield from self._line(
                _("{name}: {deadline}").format(name=words(milestone.name), deadline=deadline(milestone.deadline)),
                first="  ",
                rest="    ",
            )

    def _follow_ups(self, listed: tuple[FollowUpView, ...]) -> Iterator[str]:
        for view in listed:
            yield from self._line(follow_up_line(view), first="  ", rest="    ")
            if view.answer:
                yield from self._line(f"“{safe(view.answer)}”", first="    ", rest="    ")

    def _updates(self, updates: tuple[StatusUpdateView, ...]) -> Iterator[str]:
        for update in updates:
            said = [f"{day(update.effective_on)}: {label('status', update.status)}", safe(update.actor)]
            if update.side:
                said.append(_("side: {party}").format(party=safe(update.side)))
            if update.confirmed_by:
                said.append(_("confirmed by {name}").format(name=safe(update.confirmed_by)))
            yield from self._line("; ".join(said), first="  ", rest="    ")
            if update.note:
                yield from self._line(safe(update.note), first="    ", rest="    ")
            for evidence in update.evidence:
                place = safe(evidence.value)
                if evidence.paragraph is not None:
                    place = _("{document}, paragraph {paragraph}").format(document=place, paragraph=evidence.paragraph)
                tier = label("evidence_tier", evidence.tier)
                yield from self._line(
                    _("evidence: {place} ({tier})").format(place=place, tier=tier), first="    ", rest="      "
                )
                if evidence.sentence:
                    yield from self._line(f"“{safe(evidence.sentence)}”", first="      ", rest="      ")

    def _history(self, entries: tuple[EntryView, ...]) -> Iterator[str]:
        for entry in entries:
            said = _("{day}: {act} by {actor} ({channel})").format(
                day=day(entry.effective_on),
                act=entry_act(entry),
                actor=safe(entry.actor),
                channel=label("channel", entry.channel),
            )
            yield from self._line("; ".join(filter(None, (said, reversal(entry)))), first="  ", rest="    ")
            # The first entry has every field, and they stand above.
            for name, (before, after) in entry.changes.items() if entry.position > 1 else ():
                yield from self._line(change(name, before, after, entry.names), first="    ", rest="      ")
            if entry.reason:
                yield from self._line(f"“{safe(entry.reason)}”", first="    ", rest="    ")

    def _section(self, title: str, lines: Iterator[str]) -> Iterator[str]:
        first = next(lines, None)
        if first is not None:
            yield f"\n{_painted(title, '1', self._colour)}\n{first}"
            yield from lines

    def _line(self, text: str, *, first: str = "", rest: str = "", tone: str = "") -> Iterator[str]:
        lines = [first + text] if self._width is None else wrap(text, self._width, first=first, rest=rest)
        yield from (f"{_painted(line, tone, self._colour)}\n" for line in lines)


def _painted(text: str, tone: str, colour: bool) -> str:
    return f"\x1b[{tone}m{text}\x1b[0m" if colour and tone else text
