"""The forms of the acts: each is opened by its name over the commitments that are chosen in a room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from tracker.domain.agenda import FollowUpView
from tracker.domain.commands import FinishFollowUp, Seen
from tracker.domain.views import Done, Remark
from tracker.i18n import _, ngettext
from tracker.render import day as in_words
from tracker.render import deadline, remark
from tracker.tui.actions import ACTIONS
from tracker.tui.messages import FollowUpFound
from tracker.tui.openings import AReview, open_it

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker
    from tracker.tui.app import TrackerApp
    from tracker.tui.drafts import Waiting
    from tracker.tui.screens.act import ActDialog
    from tracker.tui.screens.room import Room

# Loaded when it is asked for.
DIALOGS: Mapping[str, str] = {
    "mark": "tracker.tui.screens.mark:MarkDialog",
    "move": "tracker.tui.screens.move:MoveDialog",
    "note": "tracker.tui.screens.tell:NoteDialog",
    "evidence": "tracker.tui.screens.tell:EvidenceDialog",
    "edit": "tracker.tui.screens.edit:EditDialog",
    "add": "tracker.tui.screens.add:AddDialog",
    "party": "tracker.tui.screens.library:PartyDialog",
    "document": "tracker.tui.screens.library:DocumentDialog",
    "read": "tracker.tui.screens.reading:ReadDialog",
    "follow_up": "tracker.tui.screens.follow_up:PlanDialog",
}
# Acts that begin something: they are about no commitment that is there.
BEGINNING = frozenset({"add", "party", "document", "read"})
# What is said of each commitment afterwards, when that is not its status.
SAID = {
    "move": "moved",
    "edit": "changed",
    "add": "added",
    "note": "noted",
    "evidence": "evidence_added",
    "edit_draft": "added",
    "merge_draft": "merged",
}
# Remarks that are the answer itself.
ANSWERS = frozenset(
    {"added", "document_added", "text_added", "document_unchanged", "next_planned", "drafted", "rejected", "reopened"}
)
# Remarks that say themselves what became of their commitment.
BY_THEMSELVES = ("source_already",)
# Forms that another act opens.
OPENED_BY = {"follow_up_answer": "follow_up_done", "report_draft": "accept_draft"}
DRAFTS_NAMED = 3


def open_act(room: Room, name: str) -> None:
    """Do that act to the commitments chosen in the room, by its form if it asks for anything; or say why it cannot be.

    `follow_up_done` records at once that the follow-up awaited first was made today, or asks for the answer when that
    is what is awaited; `put_off` asks for another day.
    """
    office = room.office
    chosen = () if name in BEGINNING else room.chosen()
    if not room.may_record:
        office.say(office.why_not_recorded, severity="warning")
    elif not chosen and name not in BEGINNING:
        office.say(room.why_none(), severity="warning")
    elif name in DIALOGS:
        module, dialog = DIALOGS[name].split(":")
        opened: type[ActDialog] = getattr(import_module(module), dialog)
        office.push_screen(opened(chosen), partial(tell_done, office, name))
    elif len(chosen) > 1:
        said = _("Follow-ups are done and put off for one commitment at a time; {count} are selected.")
        office.say(said.format(count=len(chosen)), severity="warning")
    elif not room.is_acting:
        # Pressed twice it is done once, not the next one too.
        _follow(room, name, chosen[0].ref)


def _follow(room: Room, act: str, ref: str) -> None:
    day, hand = room.office.day, room.office.tracker.hand("tui")

    def find(tracker: Tracker) -> FollowUpFound:
        awaited = [each for each in tracker.followups.listing(as_of=day, ref=ref) if each.state != "closed"]
        first = min(awaited, key=_awaited_on, default=None)
        if act != "follow_up_done" or first is None or first.done_on is not None:
            return FollowUpFound(act, ref, first)
        done = tracker.followups.finish(FinishFollowUp(key=first.key), hand)
        return FollowUpFound(act, ref, first, done)

    room.ask("follow_up", find, exclusive=False)


def _awaited_on(each: FollowUpView) -> date:
    return each.on if each.done_on is None else each.answer_due or each.on


def go_on(room: Room, found: FollowUpFound) -> None:
    """Tell what was done, or ask what is still to be known."""
    from tracker.tui.screens.follow_up import AnswerDialog, PutOffDialog

    office = room.office
    if found.follow_up is None:
        office.say(_("{ref} has no follow-up that is open.").format(ref=found.ref))
    elif found.done is not None:
        tell_done(office, found.act, found.done)
    else:
        dialog = PutOffDialog if found.act == "put_off" else AnswerDialog
        opened = dialog((Seen(ref=found.ref),), found.follow_up)
        office.push_screen(opened, partial(tell_done, office, opened.act))


def tell_done(office: TrackerApp, name: str, done: Done | None) -> None:
    """An act is over: every room shows it, and the person is told what was done."""
    if done is None:
        return
    office.changed(done)
    count = len(done.commitments)
    if count > 1:
        said = ngettext(
            "{count} commitment was changed. Ctrl+Z takes it back.",
            "{count} commitments were changed. Ctrl+Z takes it back.",
            count,
        )
        office.say(said.format(count=count))
    elif done.follow_ups:
        office.say(remark(_followed(name, done.follow_ups[0])))
    else:
        told = {beside.facts["ref"] for beside in done.remarks if beside.code in BY_THEMSELVES}
        for view in (each for each in done.commitments if each.ref not in told):
            facts = {"ref": view.ref, "status": view.status, "deadline": deadline(view.deadline)}
            office.say(remark(Remark(SAID.get(name, "marked"), facts)))
    if name == "read":
        open_it(office, AReview(done.remarks[0].facts["sha256"]))
    for beside in done.remarks:
        office.say(remark(beside), severity="information" if beside.code in ANSWERS else "warning")


def _followed(act: str, view: FollowUpView) -> Remark:
    """What became of a follow-up."""
    if act == "follow_up":
        return Remark("follow_up_planned", {"ref": view.key, "day": view.on})
    if act == "put_off":
        return Remark("follow_up_put_off", {"ref": view.key, "day": _awaited_on(view)})
    if act == "follow_up_answer":
        return Remark("follow_up_answered", {"ref": view.key})
    if view.answer_due is not None and view.answered_on is None:
        return Remark("follow_up_waiting", {"ref": view.key, "day": view.answer_due})
    return Remark("follow_up_done", {"ref": view.key})


def left_open(waiting: Sequence[Waiting]) -> str:
    """The forms in which something typed waits, and how to open each again."""
    first = [_way_back(each) for each in waiting[:DRAFTS_NAMED]]
    if more := len(waiting) - len(first):
        first.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
    count = len(waiting)
    said = ngettext("What you typed and did not save is kept:", "{count} forms that you did not save are kept:", count)
    return "\n".join((said.format(count=count), *first))


def _way_back(form: Waiting) -> str:
    """On what, which form, and the keys that open it there."""
    name = OPENED_BY.get(form.act, form.act)
    action = next((each for each in ACTIONS if name in (each.argument, each.name) and each.records), None)
    if action is None:
        return ", ".join(form.refs)
    keys = action.key or f"F9 {action.chord[1:]}"
    if not form.refs:
        return _("{form}: {keys}, {day}").format(form=action.says(), keys=keys, day=in_words(form.on))
    refs = ", ".join(form.refs[:DRAFTS_NAMED]) + (" …" if len(form.refs) > DRAFTS_NAMED else "")
    said = _("{refs} · {form}: {keys} there, {day}")
    return said.format(refs=refs, form=action.says(), keys=keys, day=in_words(form.on))
