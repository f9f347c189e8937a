"""Following up, the agenda and saved views, as they are typed."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.cli.conftest import Run
from tracker.cli.options import COLUMNS, GROUPS, HOWS, ORDERS, STATES
from tracker.domain import query
from tracker.domain.codes import How
from tracker.domain.follow_up import FollowUpState

pytestmark = pytest.mark.usefixtures("register")

REF = "VL-2025-013"
KEY = "F-2026-001"


def plan(run: Run, *words: str, ref: str = REF, on: str = "2026-11-24") -> Any:
    return run("follow-up", "plan", ref, "--on", on, "--what", "Gửi công văn", *words)


def test_what_help_lists_is_what_the_domain_knows() -> None:
    assert tuple(How) == HOWS
    assert tuple(FollowUpState) == STATES
    assert tuple(ORDERS.split(", ")) == query.SORTS
    assert tuple(GROUPS.split(", ")) == query.GROUPINGS
    assert tuple(COLUMNS.split(", ")) == query.COLUMNS


def test_a_follow_up_from_planning_to_its_answer(run: Run) -> None:
    planned = plan(run, "--to", "Lào", "--how", "letter", "--answer-due", "2026-12-08", "--every", "hằng tháng")
    assert planned.err == f"{KEY} is planned for 24 Nov 2026.\n"
    assert "Gửi công văn" in planned.out
    assert run("show", REF, "--format", "json").json["next"] == {
        "what": "Gửi công văn",
        "on": "2026-11-24",
        "kind": "follow_up",
    }
    put_off = run("follow-up", "put-off", KEY.lower(), "2026-11-26", "--note", "bạn nghỉ lễ")
    assert (put_off.code, put_off.err) == (0, f"{KEY} is put off to 26 Nov 2026.\n")
    done = run("follow-up", "done", KEY)
    assert done.err == (
        f"{KEY} is done; its answer is due on 10 Dec 2026.\nThe next one, F-2026-002, is planned for 24 Dec 2026.\n"
    )
    answered = run("follow-up", "answer", KEY, "Phía bạn đồng ý")
    assert (answered.code, answered.err) == (0, f"{KEY} is answered.\n")
    listed = run("follow-up", "list", REF, "--format", "json").json
    assert [(each["key"], each["state"]) for each in listed] == [("F-2026-002", "planned"), (KEY, "closed")]
    shown = run("follow-up", "show", KEY).out
    assert "Answer       Phía bạn đồng ý" in shown
    assert "every month" in shown
    assert "“bạn nghỉ lễ”" in shown
    assert [row["kind"] for row in run("follow-up", "show", KEY, "--format", "json").json["history"]] == [
        *("follow_up", "follow_up", "follow_up", "add")
    ]
    dropped = run("follow-up", "drop", "F-2026-002", "--note", "không cần nữa")
    assert (dropped.code, dropped.err) == (0, "F-2026-002 is dropped.\n")
    assert run("follow-up", "list", "--state", "planned").err == "No follow-up is planned.\n"


def test_the_history_says_what_became_of_it(run: Run) -> None:
    plan(run)
    run("follow-up", "put-off", KEY, "2026-11-25")
    run("follow-up", "done", KEY)
    run("follow-up", "answer", KEY, "Có")
    said = run("history", "--limit", "4").out
    for words in ("Answer received", "Followed up", "Follow-up put off", "Follow-up planned"):
        assert words in said
    assert f"{REF}: Gửi công văn" in said


def test_one_commitment_whole_has_its_follow_ups(run: Run) -> None:
    plan(run, "--to", "Lào")
    said = run("show", REF).out
    assert "Follow-ups\n  F-2026-001: 24 Nov 2026; planned; Gửi công văn; to Laos\n" in said
    assert run("show", REF, "--format", "json").json["follow_ups"][0]["to"]["party"] == "la"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("plan", REF, "--what", "x"), 2, "--on"),
        (("plan", REF, "--on", "2026-12-01"), 2, "--what"),
        (("plan", REF, "--on", "2026-12", "--what", "x"), 2, "is not one day"),
        (("plan", REF, "--on", "tomorrow", "--what", "x"), 2, "is not one day"),
        (("plan", REF, "--on", "2026-12-01", "--what", " "), 2, "--what is needed"),
        (("plan", REF, "--on", "2026-12-01", "--what", "x", "--how", "pigeon"), 2, "a way of following up"),
        (("plan", REF, "--on", "2026-12-01", "--what", "x", "--every", "now and then"), 2, "is not a cadence"),
        (("plan", REF, "--on", "2026-12-01", "--what", "x", "--to", "nobody at all"), 3, "no party called"),
        (("plan", "VL-2025-999", "--on", "2026-12-01", "--what", "x"), 3, "no commitment called"),
        (("plan", REF, "--on", "2026-11-01", "--what", "x"), 4, "lies ahead"),
        (("done", "F-2026-777"), 3, "no follow-up called “F-2026-777”. Did you mean “F-2026-001”?"),
        (("done", KEY, "--on", "2026-12-24"), 4, "cannot lie in the future"),
        (("answer", KEY, "có"), 4, "is not done yet"),
        (("answer", KEY, " "), 2, "TEXT is needed"),
        (("put-off", KEY, "2026-11-20"), 4, "lies ahead"),
        (("put-off", KEY, "2026-11-24"), 4, "planned for 24 Nov 2026 already"),
        (("drop", KEY), 4, "without a note"),
        (("list", "--state", "lost"), 2, "a state of a follow-up"),
        (("list", "VL-2025-999"), 3, "no commitment called"),
        (("show", "F-1"), 3, "no follow-up called"),
        (("done", KEY, "--as-of", "2026-01-01"), 2, "--on gives the day"),
        ((), 2, "wants one more word: plan, done, answer, put-off, drop, list, show"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    plan(run)
    before = run("db", "status", "--format", "json").json["anchor"]
    answer = run("follow-up", *words)
    assert answer.code == code
    assert said in answer.err
    assert run("db", "status", "--format", "json").json["anchor"] == before


def test_a_closed_commitment_is_not_followed_up(run: Run) -> None:
    run("mark", "withdrawn", REF, "--note", "thôi")
    refused = plan(run)
    assert refused.code == 4
    assert refused.err == f"{REF} is closed, so nothing is planned for it. Reopen it with an open status first.\n"


def test_the_agenda_in_every_format(run: Run) -> None:
    plan(run, "--to", "Lào")
    said = run("agenda")
    assert said.out.startswith("Agenda of 21 Nov 2026\n\n24 Nov 2026\n  VL-2025-013  Carry out the Hà Nội")
    assert "    to follow up; Gửi công văn; to Laos; F-2026-001\n" in said.out
    assert "4 commitments are overdue: tracker list is:overdue\n" in said.out
    found = run("agenda", "--format", "json").json
    assert (found["as_of"], found["until"], found["overdue"]) == ("2026-11-21", "2026-11-28", 4)
    assert [line["follow_up"]["key"] for line in found["lines"]] == [KEY]
    rows = list(csv.DictReader(io.StringIO(run("agenda", "--format", "csv").out)))
    assert [(row["on"], row["kind"], row["ref"]) for row in rows] == [("2026-11-24", "follow_up", REF)]
    assert run("agenda", "--format", "jsonl").json["kind"] == "follow_up"
    assert "## 24 Nov 2026" in run("agenda", "--format", "md").out
    assert run("agenda", "--days", "1", "--format", "jsonl").out == ""
    assert "Nothing is due until 22 Nov 2026." in run("agenda", "--days", "1").out
    led = run("agenda", "--lead", "Bộ Xây dựng")
    assert 'tracker list is:review lead:"Bộ Xây dựng"' in led.out
    assert run("agenda", "--lead", "nobody at all").code == 3
    assert run("agenda", "--as-of", "2026-11-20", "--format", "jsonl").out == ""


def test_a_digest_is_not_repeated_after_it_is_acknowledged(run: Run) -> None:
    plan(run)
    said = run("agenda", "--digest").out
    assert said.startswith("Ministry of Construction (Viet Nam): digest of 21 Nov 2026\n")
    noted = run("agenda", "--acknowledge")
    assert noted.out == said
    assert noted.err == "Acknowledged: what did not change is left out of the next digest.\n"
    assert run("agenda", "--digest").out == "Nothing new.\n"
    assert run("agenda", "--digest", "--format", "json").json == []
    run("follow-up", "put-off", KEY, "2026-11-25")
    assert [each["lead"]["key"] for each in run("agenda", "--digest", "--format", "json").json] == ["vn-moc"]


def test_a_saved_view_is_asked_by_its_name(run: Run) -> None:
    saved = run(
        "view", "save", "Quá hạn của Bộ", "is:overdue", "lead:Bộ Ngoại giao", "--sort", "-updated", "--slot", "1"
    )
    assert saved.code == 0
    assert saved.err == "The view “Quá hạn của Bộ” is saved. See it with: tracker list @qua-han-cua-bo\n"
    assert run("view", "list", "--format", "json").json == [
        {
            "name": "Quá hạn của Bộ",
            "query": 'is:overdue lead:"Bộ Ngoại giao"',
            "columns": [],
            "sort": "-updated",
            "group": "",
            "slot": 1,
        }
    ]
    refs = {each["ref"] for each in run("list", "@qua han cua bo", "--format", "json").json}
    assert refs == {each["ref"] for each in run("list", "is:overdue", "lead:Bộ Ngoại giao", "--format", "json").json}
    assert refs
    first = min(refs)
    more = run("list", "@QUA-HAN-CUA-BO", f"-ref:{first}", "--format", "json").json
    assert {each["ref"] for each in more} == refs - {first}
    # Saved again it keeps its slot, unless another one is said.
    run("view", "save", "qua han cua bo", "is:due", "OR", "is:review")
    assert run("view", "list", "--format", "json").json[0]["slot"] == 1
    both = run("list", "@qua han cua bo", "-is:review", "--format", "json").json
    assert both == run("list", "is:due", "--format", "json").json
    run("view", "save", "qua han cua bo", "is:due", "--slot", "none")
    assert run("view", "list", "--format", "json").json[0]["slot"] is None
    dropped = run("view", "drop", "@qua han cua bo")
    assert (dropped.code, dropped.err) == (0, "The view “qua han cua bo” is dropped.\n")
    assert run("list", "@qua han cua bo").code == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("save", "x", "is:nothing"), 2),
        (("save", "x", "--sort", "colour"), 2),
        (("save", "x", "--group", "colour"), 2),
        (("save", "x", "--columns", "ref,colour"), 2),
        (("save", "x", "--slot", "12"), 2),
        (("save", "!"), 2),
        (("drop", "x"), 3),
    ],
    ids=str,
)
def test_a_view_that_could_not_be_shown_is_refused(run: Run, words: tuple[str, ...], code: int) -> None:
    refused = run("view", *words)
    assert (refused.code, refused.out) == (code, "")
    assert refused.err.count("\n") == 1


def test_the_export_has_follow_ups_and_views(run: Run) -> None:
    plan(run, "--every", "weekly")
    run("view", "save", "Của tôi", "is:open")
    whole = run("export").json
    assert [(each["key"], each["ref"], each["rule"]) for each in whole["follow_ups"]] == [(KEY, REF, "FREQ=WEEKLY")]
    assert [each["name"] for each in whole["views"]] == ["Của tôi"]
    assert run("export").out == run("export").out
