"""The form of the mark dialog: it shows the fields that the chosen status needs, and what is missing beside each."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Select

from tracker.domain.status import Status, needs
from tracker.domain.views import CommitmentView
from tracker.i18n import _
from tracker.render import label, words
from tracker.tui import completion
from tracker.tui.dates import DateKind
from tracker.tui.reasons import TIERS, Answers, asked_for, open_to, sides_of, stood
from tracker.tui.shown import shown
from tracker.tui.widgets.completing import CompletingLine
from tracker.tui.widgets.date_field import DateField
from tracker.tui.widgets.field import Field
from tracker.tui.widgets.form import Form, needed
from tracker.tui.widgets.one_of import OneOf
from tracker.tui.widgets.typed import TextBlock, TextLine


def member_name(member: str) -> str:
    """What a reason is called in the form."""
    return {
        "note": _("note"),
        "evidence": _("evidence"),
        "evidence2": _("evidence of tier 2 or 3"),
        "confirmed_by": _("confirmed by"),
        "done": _("done when"),
        "review": _("review on"),
        "replaced_by": _("replaced by"),
    }[member]


# The choice that is no side.
WHOLE = ""
# What only some statuses ask for, each by one line.
ONLY_SOME = ("done", "review", "replaced_by", "confirmed_by")


class MarkForm(Form):
    """Status, reasons, note and effective day. Of many commitments it asks for what the status needs of an open one."""

    def __init__(self, today: str, *, many: bool = False) -> None:
        tiers: Iterable[tuple[Content, int]] = [(shown(label("evidence_tier", tier)), tier) for tier in TIERS]
        side: Select[str] = OneOf([(shown(_("the whole")), WHOLE)], value=WHOLE, allow_blank=False, compact=True)
        self.side = Field(_("Side"), side)
        status: Select[Status] = OneOf([], prompt=_("choose …"), compact=True)
        self.status = Field(_("New status"), status)
        self.done = DateField(_("Done when"), DateKind.DONE)
        self.review = DateField(_("Review on"))
        self.replaced_by = Field(
            _("Replaced by"), CompletingLine(completion.refs, placeholder=_("the other one's ref"))
        )
        self.confirmed_by = Field(_("Confirmed by"), TextLine(placeholder=_("a name"), compact=True))
        self.evidence = Field(
            _("Evidence"), CompletingLine(completion.evidence, placeholder=_("a file, a link, or DOCUMENT:PARAGRAPH"))
        )
        self.tier = Field(_("Evidence tier"), OneOf(tiers, value=1, allow_blank=False, compact=True))
        self.note = Field(_("Note"), TextBlock(compact=True, show_line_numbers=False))
        self.effective = DateField(_("Effective on"), placeholder=_("today, {day}").format(day=today))
        self._seen: CommitmentView | None = None
        self._many = many
        for field in (self.done, self.review, self.replaced_by, self.confirmed_by, self.evidence):
            field.display = False
        # What only one status asks for stands first, so that it is not overlooked; then the note, wanted most.
        super().__init__(
            {
                "side": self.side,
                "status": self.status,
                "done": self.done,
                "review": self.review,
                "replaced_by": self.replaced_by,
                "note": self.note,
                "evidence": self.evidence,
                "tier": self.tier,
                "confirmed_by": self.confirmed_by,
                "effective": self.effective,
            }
        )

    def on_mount(self) -> None:
        """Ask for nothing before a status is chosen."""
        self.side.display = self.tier.display = False
        if self._many:
            self._offer_statuses()

    def offer(self, seen: CommitmentView) -> None:
        """Offer what may follow from where the commitment stands; a choice that still may stays chosen."""
        side = self.side.editor.value
        self._seen = seen
        named = [(shown(words(party.name)), party.key) for party in sides_of(seen)]
        self.side.display = bool(named)
        self.side.editor.set_options([(shown(_("the whole")), WHOLE), *named])
        self.side.editor.value = side if side in [key for _name, key in named] else WHOLE
        self._offer_statuses()

    @property
    def before(self) -> Status | None:
        """Where the whole, or the side that is chosen, stands now; many may stand anywhere."""
        return stood(self._seen, self._side) if self._seen else Status.RECORDED if self._many else None

    @property
    def _side(self) -> str | None:
        key = self.side.editor.value
        return key if isinstance(key, str) and key != WHOLE else None

    def _offer_statuses(self) -> None:
        chosen, before = self.chosen, self.before
        if before is None:
            return
        offered = open_to(before)
        self.status.editor.set_options([(shown(label("status", status)), status) for status in offered])
        if chosen in offered:
            self.status.editor.value = chosen
        self.look()

    # What is typed

    @property
    def chosen(self) -> Status | None:
        """The status that is chosen, if one is."""
        value = self.status.editor.value
        return value if isinstance(value, Status) else None

    def answers(self, status: Status) -> Answers:
        """The form as typed, without what it does not ask for now."""
        return Answers.of(self.typed | {"status": status})

    # What is said about it

    def insist(self) -> bool:
        """Say beside each field what is missing and go to the first of them. Whether nothing is."""
        self.tried = True
        self.look()
        if self.chosen is None:
            self.say("status", _("Choose a status."))
            return False
        wanting = [field for field in self.fields.values() if field.display and field.wants]
        if wanting:
            wanting[0].go_there()
        return not wanting

    @on(Select.Changed)
    def _chose(self, event: Select.Changed) -> None:
        if event.select is self.side.editor:
            self._offer_statuses()
        elif event.select is self.status.editor and self.status.editor.has_focus_within:
            # Whoever has chosen a status goes on to what it needs.
            self.call_after_refresh(self._go_on)

    def _go_on(self) -> None:
        shown_now = [name for name, field in self.fields.items() if field.display]
        self.fields[shown_now[shown_now.index("status") + 1]].go_there()

    def look(self) -> None:
        """Show what the chosen status asks for, and say what is missing."""
        status, before = self.chosen, self.before
        if status is None or before is None:
            self._show_fields(frozenset())
            self.note.remark("")
            return
        self._show_fields(asked_for(before, status))
        self.status.remark("")
        missing = self.answers(status).missing(before)
        groups = needs(before, status)
        for member, field in self._answering().items():
            group = next((group for group in groups if member in group), None)
            if group in missing:
                field.remark(_needed(group, self.tried), wanting=self.tried)
            elif group is not None or member in ("note", "evidence"):
                field.remark("")
        for date in self.query(DateField):
            if date.typed.strip():
                date.read()

    def _answering(self) -> dict[str, Field[Widget]]:
        return {
            "note": self.note,
            "evidence": self.evidence,
            "evidence2": self.evidence,
            "confirmed_by": self.confirmed_by,
            "done": self.done,
            "review": self.review,
            "replaced_by": self.replaced_by,
        }

    def _show_fields(self, asked: frozenset[str]) -> None:
        self.tier.display = bool(asked & {"evidence", "evidence2"})
        self.ask_for("evidence", asked=self.tier.display)
        for name in ONLY_SOME:
            self.ask_for(name, asked=name in asked)


def _needed(group: frozenset[str], missing: bool) -> str:
    names = ", ".join(member_name(member) for member in sorted(group))
    return needed(names if len(group) > 1 else "", missing=missing)
