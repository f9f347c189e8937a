"""Every command: its words, help, options, and the function that does it (imported when it is asked for)."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.cli import draft_options, options, report_options, vault_options
from tracker.cli.command import FACTS, ONE, Command, report
from tracker.cli.parser import Misuse
from tracker.errors import UnknownValue
from tracker.i18n import _

COMMANDS = (
    Command((), "tracker.cli.interface:open_interface", lambda: _("open the interface"), formats=(), as_of=True),
    Command(("tui",), "tracker.cli.interface:open_interface", lambda: _("open the interface"), formats=(), as_of=True),
    Command(("keys",), "tracker.cli.interface:list_keys", lambda: _("the keys of the interface, for settings.toml")),
    Command(
        ("list",),
        "tracker.cli.asking:list_commitments",
        lambda: _("commitments that match a query"),
        options.for_list,
        takes="[QUERY...]",
        takes_query=True,
        as_of=True,
    ),
    Command(
        ("show",),
        "tracker.cli.asking:show",
        lambda: _("one commitment, whole"),
        options.for_show,
        formats=ONE,
        takes="REF",
        as_of=True,
    ),
    Command(
        ("history",),
        "tracker.cli.asking:history",
        lambda: _("what was recorded, newest first"),
        options.for_history,
        takes="[REF]",
    ),
    report("overdue", "reporting", lambda: _("what is overdue, and all that stands beside it"), options.for_overdue),
    report("due", "reports", lambda: _("what falls due: commitments, milestones, our reviews"), report_options.for_due),
    report(
        "changes",
        "reports",
        lambda: _("what changed since a day, an event or the last meeting"),
        report_options.for_changes,
    ),
    report(
        "brief",
        "reports",
        lambda: _("a page for a meeting with a partner, in both languages"),
        report_options.for_brief,
        takes="PARTY [QUERY...]",
    ),
    report(
        "slippage",
        "reports",
        lambda: _("what was moved from its baseline, by whom and how far"),
        report_options.for_slippage,
    ),
    report(
        "targets",
        "reports",
        lambda: _("figures against targets: gap, pace, where it leads"),
        report_options.for_targets,
    ),
    report(
        "scorecard",
        "reports",
        lambda: _("done on time, done late, open, overdue: by lead and period, beside an earlier day"),
        report_options.for_scorecard,
    ),
    report(
        "plan",
        "reports",
        lambda: _("the yearly plan that the law asks for by 15 November"),
        report_options.for_plan,
        takes="[YEAR] [QUERY...]",
    ),
    Command(
        ("add",),
        "tracker.cli.writing:add",
        lambda: _("put a commitment on record, by options or in the editor"),
        options.for_add,
        on=True,
    ),
    Command(
        ("edit",),
        "tracker.cli.writing:edit",
        lambda: _("correct commitments by options, or one in the editor"),
        options.for_edit,
        takes="REF...",
        on=True,
    ),
    Command(
        ("mark",),
        "tracker.cli.marking:mark",
        lambda: _("say where commitments stand"),
        options.for_mark,
        takes="STATUS REF...",
        on=True,
    ),
    Command(
        ("move",),
        "tracker.cli.marking:move",
        lambda: _("a new agreed deadline; the baseline stays"),
        options.for_move,
        takes="REF DEADLINE",
        on=True,
    ),
    Command(
        ("follow-up", "plan"),
        "tracker.cli.following:plan",
        lambda: _("plan a contact or a look, once or by a cadence"),
        options.for_follow_up_plan,
        takes="REF...",
    ),
    Command(
        ("follow-up", "done"),
        "tracker.cli.following:done",
        lambda: _("it was made; the next one of a cadence is planned"),
        options.for_follow_up_done,
        takes="KEY",
        on=True,
    ),
    Command(
        ("follow-up", "answer"),
        "tracker.cli.following:answer",
        lambda: _("its answer came"),
        options.for_follow_up_answer,
        takes="KEY TEXT",
        on=True,
    ),
    Command(
        ("follow-up", "put-off"),
        "tracker.cli.following:put_off",
        lambda: _("another day for it, or for its answer"),
        options.for_follow_up_put_off,
        takes="KEY DATE",
    ),
    Command(
        ("follow-up", "drop"),
        "tracker.cli.following:drop",
        lambda: _("it will not be made; the note says why"),
        options.for_follow_up_drop,
        takes="KEY",
    ),
    Command(
        ("follow-up", "list"),
        "tracker.cli.following:list_follow_ups",
        lambda: _("follow-ups, of one commitment or of all"),
        options.for_follow_up_list,
        takes="[REF]",
        as_of=True,
    ),
    Command(
        ("follow-up", "show"),
        "tracker.cli.following:show",
        lambda: _("one follow-up, whole"),
        options.for_follow_up_show,
        formats=ONE,
        takes="KEY",
        as_of=True,
    ),
    Command(
        ("agenda",),
        "tracker.cli.following:agenda",
        lambda: _("what to do today and this week"),
        options.for_agenda,
        as_of=True,
    ),
    Command(
        ("letter",),
        "tracker.cli.letters:letter",
        lambda: _("letters that ask how promises stand, one for each addressee"),
        options.for_letter,
        formats=("table", "json", "jsonl"),
        takes="REF...|[QUERY...]",
        takes_query=True,
        as_of=True,
    ),
    Command(
        ("view", "save"),
        "tracker.cli.views:save",
        lambda: _("keep a query, its order and its columns under a name"),
        options.for_view_save,
        takes="NAME [QUERY...]",
        takes_query=True,
    ),
    Command(("view", "list"), "tracker.cli.views:list_views", lambda: _("all saved views")),
    Command(
        ("view", "drop"),
        "tracker.cli.views:drop",
        lambda: _("take a saved view away"),
        options.for_view_drop,
        takes="NAME",
    ),
    Command(
        ("undo",),
        "tracker.cli.undoing:undo",
        lambda: _("take back your last act, the last on a commitment, or the one of a number"),
        options.for_undo,
        takes="[REF]",
    ),
    Command(
        ("redo",),
        "tracker.cli.undoing:redo",
        lambda: _("bring back what an undo took"),
        options.for_redo,
        takes="[REF]",
    ),
    Command(
        ("draft",),
        "tracker.cli.drafting:draft",
        lambda: _("draft the commitments that a document makes; nothing is stored without --save"),
        draft_options.for_draft,
        takes="FILE",
    ),
    Command(
        ("drafts", "list"),
        "tracker.cli.drafting:list_drafts",
        lambda: _("drafts that wait for a decision"),
        draft_options.for_drafts_list,
    ),
    Command(
        ("drafts", "accept"),
        "tracker.cli.drafting:accept",
        lambda: _("make commitments of drafts"),
        draft_options.for_drafts_accept,
        takes="NUMBER...",
    ),
    Command(
        ("drafts", "merge"),
        "tracker.cli.drafting:merge",
        lambda: _("add a draft to a commitment on record, as a source that reaffirms it"),
        draft_options.for_drafts_merge,
        takes="NUMBER REF",
    ),
    Command(
        ("drafts", "reject"),
        "tracker.cli.drafting:reject",
        lambda: _("put drafts aside, with the reason"),
        draft_options.for_drafts_reject,
        takes="NUMBER...",
    ),
    Command(
        ("drafts", "reopen"),
        "tracker.cli.drafting:reopen",
        lambda: _("let rejected drafts wait again; what was accepted or merged does once `undo` takes that act back"),
        draft_options.for_drafts_reopen,
        takes="NUMBER...",
    ),
    Command(
        ("document", "add"),
        "tracker.cli.library:add_documents",
        lambda: _("give the register the text of documents"),
        options.for_document_add,
        takes="FILE...",
    ),
    Command(("document", "list"), "tracker.cli.library:list_documents", lambda: _("all documents")),
    Command(
        ("document", "show"),
        "tracker.cli.library:show_document",
        lambda: _("one document with its text"),
        options.for_document_show,
        formats=FACTS,
        takes="DOC",
    ),
    Command(
        ("party", "list"),
        "tracker.cli.library:list_parties",
        lambda: _("parties, or those with these words in a name"),
        options.for_party_list,
        takes="[WORDS...]",
    ),
    Command(
        ("party", "add"),
        "tracker.cli.library:add_party",
        lambda: _("put a party on record"),
        options.for_party_add,
        takes="NAME",
    ),
    Command(("event", "list"), "tracker.cli.library:list_events", lambda: _("all events")),
    Command(("figure", "list"), "tracker.cli.library:list_figures", lambda: _("all figures, with readings")),
    Command(
        ("figure", "show"),
        "tracker.cli.library:show_figure",
        lambda: _("one figure: readings, targets, the pace needed and the present one"),
        options.for_figure_show,
        formats=ONE,
        takes="KEY",
        as_of=True,
    ),
    Command(
        ("export",),
        "tracker.cli.register:export",
        lambda: _("the whole register as JSON, or as an archive for another database (-o FILE.zip)"),
        options.for_export,
        formats=("json", "jsonl", "archive"),
    ),
    Command(
        ("import",),
        "tracker.cli.vault:import_",
        lambda: _("an archive, into a register that nobody has used yet"),
        vault_options.for_import,
        formats=FACTS,
        takes="FILE",
    ),
    Command(
        ("seed",),
        "tracker.cli.register:seed",
        lambda: _("load the curated commitments, or check their citations"),
        options.for_seed,
        formats=FACTS,
    ),
    Command(
        ("db", "status"),
        "tracker.cli.register:database_status",
        lambda: _("where the register lies and how it stands"),
        formats=FACTS,
    ),
    Command(
        ("db", "verify"),
        "tracker.cli.vault:verify",
        lambda: _("prove that nothing in the register was changed past the program"),
        vault_options.for_verify,
        formats=FACTS,
    ),
    Command(
        ("db", "upgrade"),
        "tracker.cli.register:database_upgrade",
        lambda: _("bring the database up to date"),
        vault_options.for_upgrade,
        formats=FACTS,
    ),
    Command(
        ("db", "backup"),
        "tracker.cli.vault:back_up",
        lambda: _("copy the register to one file, opened and proved"),
        vault_options.for_backup,
        formats=FACTS,
    ),
    Command(
        ("db", "restore"),
        "tracker.cli.vault:restore",
        lambda: _("make the register what a backup holds; the old one is kept"),
        vault_options.for_restore,
        formats=FACTS,
        takes="FILE",
    ),
    Command(
        ("db", "copy"),
        "tracker.cli.vault:copy",
        lambda: _("put a register into another database, on SQLite or PostgreSQL"),
        vault_options.for_copy,
        formats=FACTS,
        takes="FROM TO",
    ),
    Command(
        ("db", "grant"),
        "tracker.cli.vault:grant",
        lambda: _("let a role of PostgreSQL read or record, owning nothing"),
        vault_options.for_grant,
        formats=FACTS,
        takes="ROLE",
    ),
)
GROUPS = tuple(dict.fromkeys(command.words[0] for command in COMMANDS if len(command.words) > 1))


def find(words: Sequence[str]) -> Command:
    """The command that these words name. Raises UnknownValue with those there are."""
    for command in COMMANDS:
        if command.words == tuple(words):
            return command
    known = [command.words for command in COMMANDS if command.words]
    if words[0] not in GROUPS:
        raise UnknownValue("command", words[0], tuple(dict.fromkeys(first for first, *rest in known)))
    within = tuple(rest[0] for first, *rest in known if first == words[0])
    if len(words) == 1:
        raise Misuse(_("“{group}” wants one more word: {words}.").format(group=words[0], words=", ".join(within)))
    raise UnknownValue("command", words[1], within)
