"""The agenda and the digests in every format; one follow-up for a person to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tracker.i18n import _, ngettext, pgettext
from tracker.render import change, day, entry_act, label, reason, rule, safe, words
from tracker.reports.formats import json_line, json_text, render_list
from tracker.reports.layout import cells, pad, wrap
from tracker.reports.listing import AGENDA
from tracker.reports.rows import Row, agenda_row, entry_row, follow_up_row, party_row

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.agenda import Agenda, AgendaLine, Digest, FollowUpDetail, FollowUpView


def render_agenda(form: str, agenda: Agenda, *, width: int | None = None, colour: bool = False) -> Iterator[str]:
    """The agenda of a day, by day; JSON is one object, the other formats for scripts are its lines alone."""
    match form:
        case "json":
            yield json_text(_object(agenda), indent=2) + "\n"
        case "table" | "md":
            page = _Page(width, colour and form == "table", "## " if form == "md" else "")
            yield from page.agenda(agenda, _("Agenda of {day}").format(day=day(agenda.as_of)))
        case _:
            yield from render_list(form, AGENDA, agenda.lines)


def render_digests(
    form: str, digests: tuple[Digest, ...], *, width: int | None = None, colour: bool = False
) -> Iterator[str]:
    """One digest for each lead. In CSV and JSON lines each line names the lead anyway."""
    match form:
        case "json":
            rows = [{"lead": party_row(each.lead) if each.lead else None, **_object(each.agenda)} for each in digests]
            yield json_text(rows, indent=2) + "\n"
        case "table" | "md":
            if not digests:
                yield _("Nothing new.") + "\n"
            page = _Page(width, colour and form == "table", "## " if form == "md" else "")
            for place, digest in enumerate(digests):
                yield "\n" if place else ""
                lead = words(digest.lead.name) if digest.lead else _("Without a lead")
                yield from page.agenda(
                    digest.agenda, _("{lead}: digest of {day}").format(lead=lead, day=day(digest.agenda.as_of))
                )
        case _:
            yield from render_list(form, AGENDA, (line for digest in digests for line in digest.agenda.lines))


def render_follow_up(form: str, detail: FollowUpDetail, *, width: int | None = None) -> Iterator[str]:
    """One follow-up with its history: `table` is text for a person."""
    row = {**follow_up_row(detail.follow_up), "history": [entry_row(entry) for entry in detail.entries]}
    match form:
        case "json":
            yield json_text(row, indent=2) + "\n"
        case "jsonl":
            yield json_line(row)
        case _:
            yield from _follow_up(detail, width)


def follow_up_line(view: FollowUpView) -> str:
    """A follow-up in one line: its key, day and state, what and to whom."""
    said = [f"{safe(view.key)}: {day(view.on)}", label("follow_up_state", view.state), safe(view.what)]
    if view.to:
        said.append(_("to {party}").format(party=words(view.to.name)))
    if view.rule:
        said.append(rule(view.rule))
    if view.state in ("waiting", "answer_late") and view.answer_due:
        said.append(_("answer due {day}").format(day=day(view.answer_due)))
    return "; ".join(said)


def _object(agenda: Agenda) -> Row:
    return {
        "as_of": agenda.as_of.isoformat(),
        "until": agenda.until.isoformat(),
        **agenda.counts,
        "cut": sorted(agenda.cut),
        "lines": [agenda_row(line) for line in agenda.lines],
    }


class _Page:
    """Lines of text in the terminal's width, or of Markdown; without a width no line is broken."""

    def __init__(self, width: int | None, colour: bool, heading: str) -> None:
        self._width, self._colour, self._heading = width, colour, heading

    def agenda(self, agenda: Agenda, title: str) -> Iterator[str]:
        yield from self._line(title, first=self._heading.replace("##", "#"), tone="1")
        if not agenda.lines:
            yield "\n"
            yield from self._line(_("Nothing is due until {day}.").format(day=day(agenda.until)))
        for on, lines in agenda.days:
            yield "\n"
            yield from self._line(self._day(on, agenda.as_of), first=self._heading, tone="1")
            yield "\n" if self._heading else ""
            for line in lines:
                yield from self._entry(line, dated=on is None)
        yield from self._remaining(agenda)

    @staticmethod
    def _day(on: date | None, today: date) -> str:
        if on is None:
            return _("Due before")
        return _("{day}: today").format(day=day(on)) if on == today else day(on)

    def _entry(self, line: AgendaLine, *, dated: bool) -> Iterator[str]:
        view, step = line.commitment, line.follow_up
        mark = "- " if self._heading else "  "
        said = [reason(line)]
        if dated:
            said.insert(0, day(line.on))
        if step is not None:
            said.append(safe(step.what))
            if step.to:
                said.append(_("to {party}").format(party=words(step.to.name)))
            said.append(safe(step.key))
        tone = "31" if line.band else ""
        yield from self._line(words(view.title), first=f"{mark}{safe(view.ref)}  ", rest="    ")
        yield from self._line("; ".join(said), first="  " + " " * len(mark), rest="    ", tone=tone)

    def _remaining(self, agenda: Agenda) -> Iterator[str]:
        notes = [
            _("There are more than these: {kinds}.").format(
                kinds=", ".join(label("agenda", kind) for kind in sorted(agenda.cut))
            )
            if agenda.cut
            else "",
            *_late(agenda),
        ]
        if any(notes):
            yield "\n"
        for note in filter(None, notes):
            yield from self._line(note, first="- " if self._heading else "")

    def _line(self, text: str, *, first: str = "", rest: str = "", tone: str = "") -> Iterator[str]:
        lines: Iterable[str] = (
            [first + text] if self._width is None else wrap(text, self._width, first=first, rest=rest)
        )
        for line in lines:
            yield f"\x1b[{tone}m{line}\x1b[0m\n" if self._colour and tone else f"{line}\n"


def _late(agenda: Agenda) -> Iterator[str]:
    """How many are late in all, and the way to see them."""
    overdue, review = agenda.counts.get("overdue", 0), agenda.counts.get("review", 0)
    if overdue:
        yield ngettext(
            "{count} commitment is overdue: tracker list {query}",
            "{count} commitments are overdue: tracker list {query}",
            overdue,
        ).format(count=overdue, query=safe(f"is:overdue {agenda.query}".strip()))
    if review:
        yield ngettext(
            "{count} review of ours is late: tracker list {query}",
            "{count} reviews of ours are late: tracker list {query}",
            review,
        ).format(count=review, query=safe(f"is:review {agenda.query}".strip()))


def _follow_up(detail: FollowUpDetail, width: int | None) -> Iterator[str]:
    view = detail.follow_up

    def line(text: str, first: str, rest: str) -> Iterator[str]:
        lines: Iterable[str] = [first + text] if width is None else wrap(text, width, first=first, rest=rest)
        yield from (f"{each}\n" for each in lines)

    facts = {
        pgettext("follow-up", "State"): label("follow_up_state", view.state),
        _("Commitment"): f"{safe(view.ref)}  {words(view.title)}",
        pgettext("follow-up", "How"): label("how", view.how),
        pgettext("follow-up", "To whom"): words(view.to.name) if view.to else "",
        _("Day"): day(view.on),
        _("Repeated"): rule(view.rule) if view.rule else "",
        _("Done on"): day(view.done_on) if view.done_on else "",
        _("Answer due"): day(view.answer_due) if view.answer_due else "",
        _("Answered on"): day(view.answered_on) if view.answered_on else "",
        _("Answer"): safe(view.answer),
    }
    yield from line(safe(view.what), f"{safe(view.key)}  ", "  ")
    yield "\n"
    widest = max(map(cells, facts))
    for name, value in facts.items():
        if value:
            yield from line(value, f"{pad(name, widest)}  ", " " * (widest + 2))
    yield f"\n{_('History')}\n"
    for entry in detail.entries:
        said = _("{day}: {act} by {actor} ({channel})").format(
            day=day(entry.effective_on),
            act=entry_act(entry),
            actor=safe(entry.actor),
            channel=label("channel", entry.channel),
        )
        yield from line(said, "  ", "    ")
        for name, (before, after) in entry.changes.items() if entry.position > 1 else ():
            yield from line(change(name, before, after), "    ", "      ")
        if entry.reason:
            yield from line(f"“{safe(entry.reason)}”", "    ", "    ")
