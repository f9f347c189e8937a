"""What is said beside an answer: a sentence for each code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.i18n import _, ngettext
from tracker.render.dates import day, day_in_full, period
from tracker.render.history import act
from tracker.render.labels import label
from tracker.render.safe import safe
from tracker.render.values import words

if TYPE_CHECKING:
    from tracker.domain.views import Remark


def remark(said: Remark) -> str:
    """The sentence for a remark; its facts are named in the same words as in the table below."""
    facts = dict(said.facts)
    match said.code:
        case "database_made":
            return _made(facts)
        case "as_known":
            return _("The register as it was known on {day}; what was recorded later is left out.").format(
                day=day(facts["day"])
            )
        case "drafted":
            return _drafted(facts)
        case "updates_found":
            count = int(facts["count"])
            return ngettext(
                "{file}: {count} sentence reports on a commitment on record.",
                "{file}: {count} sentences report on commitments on record.",
                count,
            ).format(file=safe(str(facts["file"])), count=count)
        case "read_before":
            return _(
                "This text was read before, as {file}, published {day}: that stays, with what is decided on its drafts."
            ).format(file=safe(str(facts["file"])), day=period(str(facts["published"])))
        case "nothing_on_record":
            return _("There is no register yet: nothing was compared. `tracker seed` makes one.")
        case "not_compared":
            return _("{why} Nothing was compared with the register.").format(why=facts["why"])
        case "seeded":
            return _("Seeds: {added} added, {changed} changed, {unchanged} unchanged.").format(**facts)
        case "date_read":
            return _("“{typed}” was read as {day}.").format(
                typed=safe(str(facts["typed"])), day=day_in_full(str(facts["value"]))
            )
        case "backdated":
            return _(
                "What was recorded for {day} does not change how {ref} stands today: later entries say otherwise."
            ).format(ref=safe(facts["ref"]), day=day(facts["day"]))
        case "side_marked":
            return _("{ref}: the side of {party} is marked “{status}”.").format(
                ref=safe(facts["ref"]), party=words(facts["party"]), status=label("status", facts["status"])
            )
        case "undone":
            return _("Act {number} is taken back ({act}).").format(number=facts["number"], act=_act(facts))
        case "redone":
            return _("Act {number} counts again ({act}).").format(number=facts["number"], act=_act(facts))
        case "rescued":
            from tracker.render.unusable import findings

            sentence = _("Copied, but the copy does not hold what its history says; it can only help a rescue:")
            return "\n".join((sentence, *findings([*facts["findings"], *[None] * facts["more"]])))
        case "backup_failed":
            from tracker.render.errors import error

            return _("No backup was made: {why}").format(why=error(facts["error"]))
        case "gone":
            return _("No longer in the register: {refs}.").format(refs=", ".join(map(safe, facts["refs"])))
        case "seed_left":
            return _("{ref}: {field} was changed by hand and is left as it is.").format(
                ref=safe(facts["ref"]), field=label("field", facts["field"])
            )
        case _:
            return _short(said.code, {name: _shown(name, value) for name, value in facts.items()})


def _made(facts: Mapping[str, Any]) -> str:
    count = int(facts["commitments"])
    if not count:
        return _("A new register was made at {path}.").format(path=safe(str(facts["path"])))
    return ngettext(
        "A new register was made at {path}, with {commitments} commitment.",
        "A new register was made at {path}, with {commitments} commitments.",
        count,
    ).format(path=safe(str(facts["path"])), commitments=count)


def _act(facts: Mapping[str, Any]) -> str:
    return act(facts["kind"], facts["refs"], facts["actor"], facts["at"], facts["names"])


def _short(code: str, facts: Mapping[str, str]) -> str:
    sentences = {
        "seed_foreign": _("{ref} was not made by the seeds; the seed of that ref was left out."),
        "same": _("{ref} had it so already and is left as it is."),
        "added": _("{ref} was added."),
        "changed": _("{ref} was changed."),
        "marked": _("{ref} is marked “{status}”."),
        "merged": _("{ref} has one more source."),
        "source_already": _(
            "The sentence is a source of {ref} already; the draft is decided, and nothing else changed."
        ),
        "rejected": _("The draft is rejected."),
        "reopened": _("The draft waits again."),
        "moved": _("{ref}: the new deadline is {deadline}."),
        "noted": _("{ref}: the note is recorded."),
        "evidence_added": _("{ref}: the evidence is recorded."),
        "kept": _("What you wrote is kept in {file}."),
        "written": _("Written to {file}."),
        "unchanged": _("Nothing was changed."),
        "letters_none": _("There is nothing to ask for, so there is no letter."),
        "letters_shown": _("No letter is written yet: -o FOLDER writes them."),
        "letters_written": _("{files}: written, not signed."),
        "letters_recorded": _("Recorded as sent today: {keys}. Answers are due on {day}."),
        "letters_nobody": _("In no letter, because nobody is there to be asked: {refs}."),
        "letters_waiting": _("{to} was asked already and has time until {day}: {refs}. --again asks again."),
        "follow_up_planned": _("{ref} is planned for {day}."),
        "next_planned": _("The next one, {ref}, is planned for {day}."),
        "follow_up_done": _("{ref} is done."),
        "follow_up_waiting": _("{ref} is done; its answer is due on {day}."),
        "follow_up_answered": _("{ref} is answered."),
        "follow_up_put_off": _("{ref} is put off to {day}."),
        "follow_up_dropped": _("{ref} is dropped."),
        "view_saved": _("The view “{name}” is saved. See it with: tracker list @{key}"),
        "view_dropped": _("The view “{name}” is dropped."),
        "acknowledged": _("Acknowledged: what did not change is left out of the next digest."),
        "citations_hold": _("{citations} citations in {documents} documents hold."),
        "kept_before": _("As it was before, it is kept in {file}."),
        "backup_too_large": _(
            "No backup was made today: the register has {size} MiB, and more than {largest} MiB are not copied without"
            " being asked. Make one: tracker db backup"
        ),
        "backed_up": _("Copied, opened and proved."),
        "backed_up_history": _(
            "Copied and opened; its file and its history are proved, its tables were not compared with the history."
        ),
        "exported": _("{file} is written; it is proved when it is imported."),
        "restored": _("The register is what the backup holds."),
        "copied": _("Everything was copied and proved: both have the same anchor."),
        "imported": _("Everything was imported and proved: it has the archive's anchor."),
        "archived_as_it_lies": _(
            "The register has the schema {revision}, another one than this version's: it is taken out as it lies,"
            " unproved, and not changed."
        ),
        "granted": _("{role} has these rights now, and no others."),
        "upgraded": _("The database is up to date (schema {revision})."),
        "text_added": _("{ref}: the text was added; its citations now open on their sentences."),
        "aimed_at_nothing": _("{ref}: “{amount}” means no figure on record; it stands in the words only."),
        "document_added": _("{ref} was added."),
        "party_unknown": _("“{name}” is no party on record and was left out. Put it on record: tracker party add"),
        "document_unchanged": _("{ref} is in the register already, and what is known of it stays as it is."),
    }
    sentence = sentences.get(code)
    if sentence is None:
        return ", ".join((safe(code), *(f"{name} {value}" for name, value in facts.items())))
    return sentence.format(**facts)


def _shown(name: str, value: object) -> str:
    match name:
        case "value":
            return period(str(value))
        case "day" if isinstance(value, date):
            return day(value)
        case "status":
            return label("status", value)
        case _:
            return safe(str(value))


def _drafted(facts: dict[str, str | date | None]) -> str:
    count, file = int(str(facts["count"])), safe(str(facts["file"]))
    if facts["kind"] == "directive":
        return ngettext(
            "{file} was read as a directive or plan: {count} draft.",
            "{file} was read as a directive or plan: {count} drafts.",
            count,
        ).format(file=file, count=count)
    return ngettext(
        "{file} was read as news or a statement: {count} draft.",
        "{file} was read as news or a statement: {count} drafts.",
        count,
    ).format(file=file, count=count)
