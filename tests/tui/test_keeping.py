"""What the interface remembers, its themes, and keys of one's own."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from tests.tui.desk import FixedSettings, Open, opened
from tracker.errors import FileRefused
from tracker.i18n import language
from tracker.render import error
from tracker.tui.app import TrackerApp
from tracker.tui.screens.help import HelpRoom
from tracker.tui.screens.mark import MarkDialog
from tracker.tui.screens.menu import Menu
from tracker.tui.state import Remembered, state_file
from tracker.tui.themes import THEMES, theme_for

# Memory


async def test_theme_and_language_are_there_after_a_restart(settings: FixedSettings) -> None:
    settings = replace(settings, language_is_default=True)
    async with opened(settings) as person:
        await person.press("f7", "v", "t")
        await person.until(lambda: person.app.theme == "day")
    async with opened(settings) as person:
        assert person.app.theme == "day"
        assert language() == "vi"
        await person.sees("Tình trạng")
    async with opened(replace(settings, language_is_default=False, theme="contrast-day")) as person:
        assert (person.app.theme, language()) == ("contrast-day", "en")
    assert state_file().stat().st_mode & 0o777 == 0o600
    assert [each.name for each in state_file().parent.iterdir()] == ["interface.json"]


async def test_a_room_that_was_left_comes_back_in_the_theme_of_now(desk: Open) -> None:
    async with desk() as person:
        for there, back in ((("g", "f"), ("g", "r")), (("g", "r", "enter"), ("escape",))):
            await person.press(*there)
            await person.until(lambda: person.app.screen.is_attached and person.app.screen.size.width > 0)
            await person.press(*back, "v", "t", *there)
            ground = Color.parse(person.app.current_theme.surface or "")
            await person.until(lambda ground=ground: person.app.screen.styles.background == ground)  # type: ignore[misc]
            await person.press("g", "r")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[1]",
        "null",
        '{"theme": 3, "language": ["vi"], "x": {"y": 1}}',
        '{"theme": "pink"}',
        "[" * 60000,
        "\udcff",
    ],
)
async def test_what_it_cannot_read_is_left_out(settings: FixedSettings, content: str) -> None:
    state_file().parent.mkdir(parents=True)
    state_file().write_text(content, encoding="utf-8", errors="surrogateescape")
    async with opened(replace(settings, language_is_default=True)) as person:
        assert person.app.theme == "night"
        assert language() == "en"
        person.app.state.keep("theme", "day")
    assert json.loads(state_file().read_text())["theme"] == "day"


def test_a_folder_that_cannot_be_written_costs_the_memory_only(home: Path) -> None:
    (home / "file").write_text("")
    state = Remembered(home / "file" / "state.json")
    state.keep("theme", "day")
    assert state.text("theme") == "day"
    assert Remembered(home / "file" / "state.json").text("theme") is None


# Themes

GROUNDS = ("surface", "panel", "background", "row-cursor", "row-cursor-blurred")
INKS = ("foreground", "primary", "accent", "warning", "error", "success", "quiet", "claimed", "review")


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_stands_out_from_every_ground(theme: Theme) -> None:
    def colour(name: str) -> Color:
        return Color.parse(theme.variables[name] if name in theme.variables else str(getattr(theme, name)))

    needed = 7.0 if theme.name.startswith("contrast") else 4.5
    faint = {
        (ink, ground): round(ratio, 2)
        for ink in INKS
        for ground in GROUNDS
        if (ratio := contrast(colour(ink), colour(ground))) < needed
    }
    assert faint == {}


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2."""

    def luminance(colour: Color) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_terminal_of_few_colours_begins_in_high_contrast(home: Path) -> None:
    assert theme_for(None, Remembered(), few_colours=True) == "contrast-night"
    assert theme_for(None, Remembered(), few_colours=False) == "night"
    assert theme_for("day", Remembered(), few_colours=True) == "day"


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_the_screen_says_the_same_in_every_theme(desk: Open, theme: str) -> None:
    async with desk() as person:
        before = person.screen
        person.app.theme = theme
        await person.pilot.pause()
        assert person.screen == before


async def test_without_colours_the_state_and_the_cursor_are_seen(
    settings: FixedSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(settings) as person:
        assert person.app.no_color
        assert person.app.theme == "contrast-night"
        await person.press("down")
        lines = person.screen.splitlines()
        assert [line[0] for line in lines if "VL-2026-001" in line] == ["▌"]
        assert sum(line.startswith("▌") for line in lines) == 1
        assert any(line.lstrip().startswith("▲ ") for line in lines)


# Keys


def with_keys(settings: FixedSettings, **keys: str) -> FixedSettings:
    named = {action.replace("__", "."): tuple(k.strip() for k in given.split(",")) for action, given in keys.items()}
    return replace(settings, keys=named)


async def test_a_key_of_ones_own_works_and_is_shown_and_the_old_one_is_free(settings: FixedSettings) -> None:
    own = with_keys(
        settings, acts__mark="ctrl+b, f11", register__read_again="f4", everywhere__go_history="?", everywhere__help="f1"
    )
    async with opened(own) as person:
        assert "Ctrl+B Mark status" in person.screen.splitlines()[-1]
        await person.press("f4")
        assert person.app.screen is person.app.register_room
        await person.press("ctrl+b")
        await person.at(MarkDialog)
        await person.press("escape", "f11")
        await person.at(MarkDialog)
        await person.press("escape", "f1")
        room = await person.at(HelpRoom)
        text = re.sub(r"\s+", " ", str(room.query_one("#text").content))  # type: ignore[attr-defined]
        assert "Ctrl+B F11 e m Mark status" in text
        assert "F4 v r Read again" in text
        await person.press("escape", "question_mark")
        await person.sees("[History]")
    async with opened(settings) as person:
        await person.press("f4")
        await person.at(MarkDialog)


async def test_a_key_of_the_list_and_of_a_menu(settings: FixedSettings) -> None:
    async with opened(with_keys(settings, rows__row_down="n", everywhere__menu_v="ctrl+v")) as person:
        await person.press("n", "n")
        assert person.rows.cursor == 2
        await person.press("j")
        assert person.rows.cursor == 2
        await person.press("ctrl+v")
        await person.at(Menu)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"acts.fly": ("f4",)}, "there is no action “acts.fly”"),
        ({"acts.mark": ("f99",)}, "no keyboard has a key “f99”"),
        ({"acts.mark": ("ctrl+",)}, "no keyboard has a key “ctrl+”"),
        ({"acts.mark": ("f6",)}, "F6: everywhere.day (Look at another day), acts.mark (Mark status)"),
        ({"register.filter": ("enter",)}, "register.filter (Filter), register.open (Open)"),
    ],
)
def test_keys_that_cannot_be_given_are_refused(
    settings: FixedSettings, keys: dict[str, tuple[str, ...]], said: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        TrackerApp(replace(settings, keys=keys))
    assert said in error(refused.value)
    assert "settings.toml" in error(refused.value)
