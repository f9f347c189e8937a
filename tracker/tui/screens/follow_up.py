"""Following up: plan a contact or look, say what was answered, put it off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from textual import on
from textual.containers import Horizontal
from textual.widgets import Button

from tracker.domain.agenda import FollowUpView
from tracker.domain.codes import How
from tracker.domain.commands import AnswerFollowUp, PlanFollowUp, PutOffFollowUp, Seen
from tracker.domain.history import Hand
from tracker.domain.recurrence import read_rule
from tracker.domain.views import CommitmentView, Done
from tracker.errors import BadDate, UnknownValue
from tracker.i18n import _
from tracker.render import day as in_words
from tracker.render import error as worded
from tracker.render import next_step, rule
from tracker.tui import completion
from tracker.tui.drafts import Draft
from tracker.tui.reasons import day_typed
from tracker.tui.screens.act import ActDialog
from tracker.tui.shown import shown
from tracker.tui.widgets.date_field import DateField
from tracker.tui.widgets.field import Field
from tracker.tui.widgets.form import Form, Texts, block_field, coded_field, completing_field, line_field
from tracker.tui.widgets.typed import TextLine

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker


class RuleField(Field[TextLine]):
    """How often it comes again, as an office says it."""

    def read(self) -> None:
        """Say whether it can be taken."""
        try:
            read = read_rule(self.typed)
        except UnknownValue as error:
            self.remark(worded(error), wanting=True)
        else:
            self.remark(_("Read as {rule}; each time it is done, the next one is planned.").format(rule=rule(read)))


class PlanDialog(ActDialog):
    """When, to whom, how, and by when an answer is awaited."""

    act = "follow_up"

    @property
    def heading(self) -> str:
        """What it does."""
        return _("Plan a follow-up")

    def make_form(self) -> Form:
        """What, on which day, to whom and how, how often, and by when the answer."""
        every = TextLine(placeholder=_("once; or monthly, quarterly, every 2 weeks …"), compact=True)
        return Form(
            {
                "what": line_field(_("What"), _("such as: remind of the feasibility report")),
                "on": DateField(_("On")),
                "how": coded_field(_("How"), "how", map(str, How), How.LETTER.value),
                "to": completing_field(_("To"), completion.parties, _("a party")),
                "answer_due": DateField(_("Answer due"), placeholder=_("a day, if an answer is awaited")),
                "rule": RuleField(_("How often"), every),
            },
            [("what",), ("on",)],
        )

    def now(self, view: CommitmentView) -> str:
        """What is next already."""
        if view.next is None:
            return _("Nothing is planned yet.")
        return _("Next: {what}, {day}").format(what=next_step(view.next), day=in_words(view.next.on))

    def command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> PlanFollowUp:
        """What is asked of the register."""
        on, to = day_typed(typed["on"]), typed["to"].strip()
        if on is None:
            raise BadDate(typed["on"], "not_a_day")
        return PlanFollowUp(
            commitments=chosen,
            what=typed["what"],
            how=How(typed["how"]),
            to=tracker.library.party(to).key if to else None,
            on=on,
            rule=typed["rule"],
            answer_due=day_typed(typed["answer_due"]),
        )

    def carry_out(self, tracker: Tracker, command: PlanFollowUp, hand: Hand) -> Done:
        """Ask it."""
        return tracker.followups.plan(command, hand)


class OneFollowUp(ActDialog):
    """About one follow-up of a commitment."""

    def __init__(self, chosen: tuple[Seen, ...], follow_up: FollowUpView) -> None:
        super().__init__(chosen)
        self._follow_up = follow_up

    def _find_draft(self) -> Draft:
        return self.office.drafts.of(self.act, self._follow_up.key)

    @property
    def awaited_on(self) -> date:
        """The day of the contact, and once that is made the day of its answer."""
        follow_up = self._follow_up
        return follow_up.on if follow_up.done_on is None else follow_up.answer_due or follow_up.on

    def now(self, view: CommitmentView) -> str:
        """Which one, and what is awaited of it."""
        follow_up, day = self._follow_up, in_words(self.awaited_on)
        if follow_up.done_on is None:
            return f"{follow_up.key}  {follow_up.what}, {day}"
        return _("{key}  {what}: its answer is due on {day}").format(key=follow_up.key, what=follow_up.what, day=day)


class AnswerDialog(OneFollowUp):
    """What was answered."""

    act = "follow_up_answer"

    @property
    def heading(self) -> str:
        """What it does."""
        return _("The answer to a follow-up")

    def make_form(self) -> Form:
        """The answer and its day."""
        today = in_words(self.office.settings.today())
        came = DateField(_("Answered on"), placeholder=_("today, {day}").format(day=today))
        return Form({"answer": block_field(_("Answer")), "on": came}, [("answer",)])

    def command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> AnswerFollowUp:
        """What is asked of the register."""
        return AnswerFollowUp(key=self._follow_up.key, answer=typed["answer"], on=day_typed(typed["on"]))

    def carry_out(self, tracker: Tracker, command: AnswerFollowUp, hand: Hand) -> Done:
        """Ask it."""
        return tracker.followups.answer(command, hand)


class PutOffDialog(OneFollowUp):
    """Another day, and nothing else."""

    act = "put_off"

    @property
    def heading(self) -> str:
        """What it does."""
        return _("Put off")

    def make_form(self) -> Form:
        """The day."""
        return Form({"on": DateField(_("To which day"))}, [("on",)])

    def on_mount(self) -> None:
        """The days that are wanted most stand ready below."""
        super().on_mount()
        names = enumerate(name for name, _day in self._days())
        days = [Button(shown(name), id=f"day-{number}", compact=True) for number, name in names]
        self.form.mount(Horizontal(*days, classes="days"))

    def _days(self) -> tuple[tuple[str, date], ...]:
        today, awaited = self.office.settings.today(), self.awaited_on
        day = max(today, awaited)
        names = (_("Tomorrow"), _("Next week"), _("Next month"))
        if awaited > today:
            # Counted from today it could be put off to a day before its own.
            names = (_("A day later"), _("A week later"), _("A month later"))
        days = (day + timedelta(days=1), day + timedelta(days=7), day + relativedelta(months=1))
        return tuple(zip(names, days, strict=True))

    @on(Button.Pressed, ".days Button")
    def _that_day(self, event: Button.Pressed) -> None:
        number = int((event.button.id or "day-0").removeprefix("day-"))
        self.form.fill({"on": self._days()[number][1].isoformat()})
        self.call_after_refresh(self.action_save)

    def command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> PutOffFollowUp:
        """What is asked of the register."""
        on = day_typed(typed["on"])
        if on is None:
            raise BadDate(typed["on"], "not_a_day")
        return PutOffFollowUp(key=self._follow_up.key, on=on)

    def carry_out(self, tracker: Tracker, command: PutOffFollowUp, hand: Hand) -> Done:
        """Ask it."""
        return tracker.followups.put_off(command, hand)
