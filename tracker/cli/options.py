"""The options of each command, with their help."""

from __future__ import annotations

from tracker.cli.parser import Once, Parser, query_word, whole_number
from tracker.i18n import _


def none(parser: Parser) -> None:
    """No options but those of every command."""


def for_list(parser: Parser) -> None:
    """`tracker list`."""
    query(parser)
    parser.add_argument(
        "--sort",
        type=query_word,
        metavar=_("ORDER"),
        help=_("one of: {orders}; with a minus before it, the other way round").format(orders=ORDERS),
    )
    parser.add_argument(
        "--columns",
        metavar=_("NAMES"),
        help=_("those to show, with commas between them: {columns}").format(columns=COLUMNS),
    )
    parser.add_argument("--limit", type=whole_number, metavar="N", help=_("at most so many"))
    parser.add_argument("--offset", type=whole_number, metavar="N", default=0, help=_("leave out so many first"))


def for_show(parser: Parser) -> None:
    """`tracker show`."""
    _ref(parser)
    parser.add_argument("--why", action="store_true", help=_("why it is overdue, due, ...: words, rule, days, source"))


def for_history(parser: Parser) -> None:
    """`tracker history`."""
    parser.add_argument("ref", metavar="REF", nargs="?", help=_("one commitment; without it, the whole register"))
    parser.add_argument("--limit", type=whole_number, metavar="N", help=_("at most so many"))
    parser.add_argument("--offset", type=whole_number, metavar="N", default=0, help=_("leave out so many first"))


def for_overdue(parser: Parser) -> None:
    """`tracker report overdue`."""
    query(parser)
    party = _("PARTY")
    parser.add_argument("--lead", metavar=party, help=_("only what this party leads, or a body under it"))
    parser.add_argument("--partner", metavar=party, help=_("only what concerns this party of the other side"))
    parser.add_argument("--limit", type=whole_number, metavar="N", help=_("at most so many in each section"))
    parser.add_argument("--by", metavar="lead|partner|sector", default="lead", help=_("its headings; else lead"))
    parser.add_argument("--fail-if-any", action="store_true", help=_("exit code 10 when something is overdue"))
    report_output(parser)


def for_mark(parser: Parser) -> None:
    """`tracker mark`."""
    parser.add_argument("status", metavar="STATUS", help=_("one of: {statuses}").format(statuses=", ".join(STATUSES)))
    parser.add_argument("refs", metavar="REF", nargs="+", help=_("the commitments: all are marked, or none"))
    parser.add_argument("--note", metavar=_("TEXT"), default="", help=_("the reason"))
    parser.add_argument("--on", metavar=_("DATE"), help=_("since when it is so, not after today"))
    status_update(parser)
    parser.add_argument("--review", metavar=_("DATE"), help=_("when our desk looks again"))
    parser.add_argument("--replaced-by", metavar="REF", help=_("the commitment that takes its place"))
    _if_version(parser)


def status_update(parser: Parser) -> None:
    """What is said of where a commitment stands, and of nothing else."""
    parser.add_argument("--done", metavar=_("WHEN"), help=_("when it was done: a day, a period, or unknown"))
    evidence = _("what makes it believable; may be given several times")
    parser.add_argument("--evidence", metavar="PATH|URL|DOC:PARA", action="append", help=evidence)
    parser.add_argument(
        "--tier",
        metavar="N",
        help=_("of the evidence: 0 none, 1 a claim or press report, 2 an official act, 3 measured or independent"),
    )
    parser.add_argument("--confirmed-by", metavar=_("NAME"), help=_("who confirms that it is done"))
    parser.add_argument("--side", metavar=_("PARTY"), help=_("only this side of a joint commitment"))


def for_move(parser: Parser) -> None:
    """`tracker move`."""
    _ref(parser)
    parser.add_argument("deadline", metavar=_("DEADLINE"), help=_("2026-08-31, 2026-Q3, 2026, ..2030, none"))
    parser.add_argument("--source", metavar="DOC:PARA", help=_("where the new deadline was agreed"))
    parser.add_argument("--text", metavar=_("WORDS"), default="", help=_("the source's own words for it"))
    parser.add_argument("--note", metavar=_("TEXT"), default="", help=_("the reason"))
    parser.add_argument("--on", metavar=_("DATE"), help=_("when it was agreed, not after today"))
    _if_version(parser)


def for_add(parser: Parser) -> None:
    """`tracker add`."""
    parser.add_argument("--ref", metavar="REF", help=_("its ref; without it, the next number is taken"))
    parser.add_argument("--prefix", metavar="P", help=_("the beginning of a ref that is made"))
    new_commitment(parser)


def new_commitment(parser: Parser) -> None:
    """What is said of a commitment that is not there yet."""
    _fields(parser)
    parser.add_argument("--deadline", metavar=_("DEADLINE"), help=_("2026-08-31, 2026-Q3, 2026, ..2030, none"))
    parser.add_argument("--deadline-text", metavar=_("WORDS"), help=_("the source's own words for it"))
    parser.add_argument("--on", metavar=_("DATE"), help=_("since when it is a promise; else the source's day"))
    parser.add_argument("--note", metavar=_("TEXT"), help=_("the reason"))


def for_undo(parser: Parser) -> None:
    """`tracker undo`."""
    parser.add_argument("ref", metavar="REF", nargs="?", help=_("the last act on this commitment, whoever did it"))
    parser.add_argument("--act", metavar="N", help=_("exactly this act, by its number in the history or its id"))


def for_redo(parser: Parser) -> None:
    """`tracker redo`."""
    parser.add_argument("ref", metavar="REF", nargs="?", help=_("the last undo on this commitment, whoever did it"))
    parser.add_argument("--act", metavar="N", help=_("exactly this act: what was taken back, or the undo of it"))


def for_edit(parser: Parser) -> None:
    """`tracker edit`."""
    parser.add_argument("refs", metavar="REF", nargs="+", help=_("the commitments: all are changed, or none"))
    _fields(parser)
    for option, meaning in (
        ("--add-tag", _("a word more on each of them")),
        ("--drop-tag", _("a word less on each of them")),
    ):
        several = _("may be given several times")
        parser.add_argument(option, metavar="TAG", action="append", default=[], help=f"{meaning}; {several}")
    parser.add_argument("--on", metavar=_("DATE"), help=_("since when it is so, not after today"))
    parser.add_argument("--note", metavar=_("TEXT"), help=_("the reason"))
    _if_version(parser)


def for_follow_up_plan(parser: Parser) -> None:
    """`tracker follow-up plan`."""
    day = _("DATE")
    parser.add_argument("refs", metavar="REF", nargs="+", help=_("the commitments: for all of them, or for none"))
    parser.add_argument("--on", metavar=day, required=True, help=_("the day for which it is planned"))
    parser.add_argument("--what", metavar=_("TEXT"), required=True, help=_("what is to be done"))
    parser.add_argument("--how", metavar="HOW", default="other", help=_("one of: {ways}").format(ways=", ".join(HOWS)))
    parser.add_argument("--to", metavar=_("PARTY"), help=_("whom we ask"))
    parser.add_argument(
        "--every", metavar=_("RULE"), default="", help=_("again and again: weekly, every 2 weeks, monthly, FREQ=…")
    )
    parser.add_argument("--answer-due", metavar=day, help=_("when the answer is due"))


def for_follow_up_done(parser: Parser) -> None:
    """`tracker follow-up done`."""
    _key(parser)
    parser.add_argument("--on", metavar=_("DATE"), help=_("when it was made, not after today"))
    parser.add_argument("--answer", metavar=_("TEXT"), default="", help=_("the answer, if it came at once"))
    parser.add_argument("--answer-due", metavar=_("DATE"), help=_("when the answer is due"))


def for_follow_up_answer(parser: Parser) -> None:
    """`tracker follow-up answer`."""
    _key(parser)
    parser.add_argument("answer", metavar=_("TEXT"), help=_("the answer in a few words"))
    parser.add_argument("--on", metavar=_("DATE"), help=_("when it came, not after today"))


def for_follow_up_put_off(parser: Parser) -> None:
    """`tracker follow-up put-off`."""
    _key(parser)
    parser.add_argument("day", metavar=_("DATE"), help=_("the new day; once it is done, of the answer"))
    parser.add_argument("--note", metavar=_("TEXT"), default="", help=_("the reason"))


def for_follow_up_drop(parser: Parser) -> None:
    """`tracker follow-up drop`."""
    _key(parser)
    parser.add_argument("--note", metavar=_("TEXT"), default="", help=_("the reason"))


def for_follow_up_list(parser: Parser) -> None:
    """`tracker follow-up list`."""
    parser.add_argument("ref", metavar="REF", nargs="?", help=_("of one commitment; without it, all"))
    parser.add_argument("--state", metavar="STATE", help=_("one of: {states}").format(states=", ".join(STATES)))


def for_follow_up_show(parser: Parser) -> None:
    """`tracker follow-up show`."""
    _key(parser)


def for_agenda(parser: Parser) -> None:
    """`tracker agenda`."""
    parser.add_argument("--days", type=whole_number, metavar="N", default=7, help=_("so many days ahead; else 7"))
    parser.add_argument("--lead", metavar=_("PARTY"), help=_("only what this party leads, or a body under it"))
    parser.add_argument("--digest", action="store_true", help=_("by lead, without what was acknowledged"))
    parser.add_argument(
        "--acknowledge", action="store_true", help=_("the digest, not to be told again until something changes")
    )
    output(parser)


def for_letter(parser: Parser) -> None:
    """`tracker letter`."""
    party, day = _("PARTY"), _("DATE")
    parser.add_argument(
        "words",
        metavar="REF|QUERY",
        nargs="*",
        type=query_word,
        help=_("commitments; or a query among what is late or due"),
    )
    parser.add_argument("--lead", metavar=party, help=_("an official letter to whoever of these leads"))
    parser.add_argument("--partner", metavar=party, help=_("a note verbale to whoever of these is asked"))
    parser.add_argument("--note", action="store_true", help=_("notes verbales to the counterparts, instead of letters"))
    parser.add_argument(
        "-o",
        dest="into",
        metavar=_("FOLDER|NAME"),
        action=Once,
        help=_("write there: a folder, or letter-{party}-{as_of}.docx"),
    )
    parser.add_argument("--number", type=whole_number, metavar="N", help=_("the number that the clerks gave to it"))
    parser.add_argument("--answer-due", metavar=day, help=_("when the answer is due; else after answer_days"))
    parser.add_argument("--record", action="store_true", help=_("put on record that they go out today"))
    parser.add_argument("--again", action="store_true", help=_("also to those who still have time to answer"))
    parser.add_argument("--replace", action="store_true", help=_("in place of files that are there"))
    parser.add_argument(
        "--write-template", action="store_true", help=_("put the words of the letters where the settings lie")
    )


def for_view_save(parser: Parser) -> None:
    """`tracker view save`."""
    parser.add_argument("name", metavar=_("NAME"), help=_("its name; a view called so is replaced"))
    query(parser)
    parser.add_argument(
        "--sort", metavar=_("ORDER"), type=query_word, default="", help=_("one of: {names}").format(names=ORDERS)
    )
    parser.add_argument("--group", metavar=_("GROUP"), default="", help=_("one of: {names}").format(names=GROUPS))
    parser.add_argument("--columns", metavar=_("NAMES"), default="", help=_("some of: {names}").format(names=COLUMNS))
    parser.add_argument("--slot", metavar="1-9", help=_("its key in the interface; none: no key; else as it was"))


def for_view_drop(parser: Parser) -> None:
    """`tracker view drop`."""
    parser.add_argument("name", metavar=_("NAME"), help=_("the view, whatever its case and marks"))


def for_document_add(parser: Parser) -> None:
    """`tracker document add`."""
    parser.add_argument("files", metavar="FILE", nargs="+", help=_("texts in UTF-8"))
    parser.add_argument("--title", metavar=_("TEXT"), default="", help=_("its title"))
    parser.add_argument("--publisher", metavar=_("NAME"), default="", help=_("who published it"))
    parser.add_argument("--published", metavar=_("DATE"), help=_("when; as exactly as it is known"))
    parser.add_argument("--language", metavar="vi|en", default="vi", help=_("the language of the text"))


def for_document_show(parser: Parser) -> None:
    """`tracker document show`."""
    parser.add_argument("document", metavar="DOC", help=_("its file name, or the beginning of it or of its hash"))


def for_party_list(parser: Parser) -> None:
    """`tracker party list`."""
    parser.add_argument("words", metavar=_("WORDS"), nargs="*", help=_("words in a name"))


def for_party_add(parser: Parser) -> None:
    """`tracker party add`."""
    parser.add_argument("name", metavar=_("NAME"), help=_("its name in Vietnamese"))
    parser.add_argument("--name-en", metavar=_("NAME"), default="", help=_("its name in English"))
    parser.add_argument("--key", metavar="KEY", help=_("its short name; else made from the name"))
    parser.add_argument(
        "--kind", metavar="KIND", default="other", help=_("one of: {kinds}").format(kinds=", ".join(PARTY_KINDS))
    )
    parser.add_argument("--country", metavar="XX", default="", help=_("two capital letters, such as VN"))
    parser.add_argument("--parent", metavar=_("PARTY"), help=_("the body that it belongs to"))
    parser.add_argument(
        "--alias", metavar=_("NAME"), action="append", default=[], help=_("another name; several times if need be")
    )


def for_figure_show(parser: Parser) -> None:
    """`tracker figure show`."""
    parser.add_argument("key", metavar="KEY", help=_("the figure"))


def for_export(parser: Parser) -> None:
    """`tracker export`."""
    output(parser)


def for_seed(parser: Parser) -> None:
    """`tracker seed`."""
    folder = _("FOLDER")
    parser.add_argument("--check", metavar=folder, help=_("only prove the citations on the article files there"))
    parser.add_argument("--from", metavar=folder, dest="source", help=_("other seeds than those that come along"))


# Written out, so that help needs no domain; a test compares them.
STATUSES = (
    "recorded",
    "not_started",
    "in_progress",
    "partial",
    "claimed_done",
    "delivered",
    "suspended",
    "superseded",
    "not_delivered",
    "withdrawn",
)
CODES = {
    "kind": "project, legal_instrument, event, target, programme, standing, support",
    "sector": "politics, defence_security, foreign_affairs, economy_trade, investment, infrastructure, border,"
    " education_training, culture_people, local, other",
    "instrument": "treaty, agreement, leaders_statement, plan, other",
    "strength": "signed, committed, agreed, will, strive, consider, expected",
}
HOWS = ("letter", "call", "meeting", "review", "other")
STATES = ("planned", "due", "waiting", "answer_late", "closed")
ORDERS = "deadline, ref, updated, made, lead, status"
GROUPS = "lead, partner, sector, status, quarter"
COLUMNS = "ref, title, deadline, days, status, schedule, lead, partner, sector, source, next, updated, moves, tags"
PARTY_KINDS = ("state", "party_body", "ministry", "city", "company", "person", "other")


def query(parser: Parser) -> None:
    """The words of a query."""
    parser.add_argument(
        "query",
        metavar="QUERY",
        nargs="*",
        type=query_word,
        help=_('words, "a phrase", status:in_progress, is:overdue, lead:"Bộ Công Thương", -tag:x, OR, ( )'),
    )


def _ref(parser: Parser) -> None:
    parser.add_argument("ref", metavar="REF", help=_("the commitment"))


def _key(parser: Parser) -> None:
    parser.add_argument("key", metavar="KEY", help=_("the follow-up, such as F-2026-001"))


def output(parser: Parser) -> None:
    """Where the answer is written."""
    _file(parser, _("write there; the format follows its name unless given"))


def report_output(parser: Parser) -> None:
    """Where a report goes, and as what: for every `tracker report`."""
    meaning = _("write there; the format follows its name unless given; in the name {holes} are filled in")
    _file(parser, meaning.format(holes="{report}, {as_of}, {lang}, {suffix}"))
    parser.add_argument(
        "--parts", metavar=_("PARTS"), default="", help=_("only these, such as charts,overdue; the sum is always there")
    )
    parser.add_argument("--skip-empty", action="store_true", help=_("write and say nothing when there is no row"))
    address = _("ADDRESS")
    parser.add_argument("--to", metavar=address, default="", help=_("eml: to whom; several with commas between them"))
    parser.add_argument("--from", metavar=address, dest="sender", default="", help=_("eml: from whom"))
    parser.add_argument("--attach", metavar=_("FORMATS"), default="", help=_("eml: also attached, such as docx,pdf"))


def _file(parser: Parser, meaning: str) -> None:
    parser.add_argument("-o", "--output", metavar=_("FILE"), action=Once, help=meaning)


def _if_version(parser: Parser) -> None:
    parser.add_argument(
        "--if-version", metavar="N", type=whole_number, help=_("only if it is still at this version; else exit code 5")
    )


def _fields(parser: Parser) -> None:
    text, party = _("TEXT"), _("PARTY")
    parser.add_argument("--title", metavar=text, help=_("its title in Vietnamese"))
    parser.add_argument("--title-en", metavar=text, help=_("its title in English"))
    parser.add_argument("--statement", metavar=text, help=_("what is promised, in Vietnamese"))
    parser.add_argument("--statement-en", metavar=text, help=_("what is promised, in English"))
    parser.add_argument("--kind", metavar="KIND", help=CODES["kind"])
    parser.add_argument("--sector", metavar="SECTOR", help=CODES["sector"])
    parser.add_argument("--instrument", metavar="INSTRUMENT", help=CODES["instrument"])
    parser.add_argument("--strength", metavar="STRENGTH", help=CODES["strength"])
    several = _("may be given several times")
    for option, metavar, meaning in (
        ("--undertaker", party, _("who is bound by the text")),
        ("--counterpart", party, _("whom we ask")),
        ("--supporting", party, _("who helps")),
        ("--beneficiary", party, _("who gains by it")),
        ("--source", "DOC:PARA", _("where it says so")),
        ("--target", "FIGURE=VALUE[@BY]", _("a measured aim")),
        ("--tag", "TAG", _("a word to find it by")),
    ):
        parser.add_argument(option, metavar=metavar, action="append", help=f"{meaning}; {several}")
    parser.add_argument("--lead", metavar=party, help=_("who is answerable at our desk"))
    parser.add_argument("--review", metavar=_("DATE"), help=_("when our desk looks again"))
