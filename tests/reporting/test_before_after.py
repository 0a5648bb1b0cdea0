"""Edits shown to a person: what went, what came, where, and why."""

from flows.edits import make_layer
from flows.reporting.before_after import LONGEST_SHOWN_CHARS, before_after
from schemas.edit import Edit


def shown(text, *layers, limit=20):
    return "\n".join(line.plain for line in before_after(text, layers, limit))


def test_a_deleted_break_is_shown_between_its_context():
    text = "渡船在雾里慢慢靠\n岸。"
    layer = make_layer("line_breaks", text, [Edit("line_breaks.wrapped", 8, 9, "")])
    assert shown(text, layer).splitlines() == [
        "line_breaks  1 edit",
        "  line_breaks.wrapped at 8",
        "    渡船在雾里慢慢靠[-↵-]岸。",
    ]


def test_a_replacement_shows_both_sides_and_its_score():
    text = "他說好"
    layer = make_layer("script", text, [Edit("script.to_simplified", 1, 2, "说", 0.75)])
    assert "script.to_simplified at 1 · 0.75" in shown(text, layer)
    assert "他[-說-]{+说+}好" in shown(text, layer)


def test_a_removed_repeat_names_where_its_copy_is_kept():
    text = "潮水退了。\n\n潮水退了。"
    layer = make_layer("repeats", text, [Edit("repeats.exact", 5, 12, "", partner=0)])
    assert "repeats.exact at 5 · copy kept at 0" in shown(text, layer)


def test_each_layer_is_shown_in_the_text_that_its_step_was_given():
    text = "\N{ZERO WIDTH SPACE}灯\n亮"
    first = make_layer("characters", text, [Edit("characters.zero_width", 0, 1, "")])
    second = make_layer("line_breaks", "灯\n亮", [Edit("line_breaks.wrapped", 1, 2, "")])
    assert r"[-\u200b-]灯↵亮" in shown(text, first, second)
    assert "灯[-↵-]亮" in shown(text, first, second)


def test_a_layer_that_changed_nothing_is_not_shown():
    assert shown("灯", make_layer("script", "灯", [])) == ""


def test_edits_beyond_the_limit_are_counted():
    text = "一\n" * 5
    layer = make_layer("x", text, [Edit("x.y", 2 * n + 1, 2 * n + 2, "") for n in range(5)])
    assert "… 3 more not shown" in shown(text, layer, limit=2)
    assert "not shown" not in shown(text, layer, limit=0)


def test_the_middle_of_a_long_passage_is_left_out_and_counted():
    text = "甲" * 1000
    layer = make_layer("repeats", text, [Edit("repeats.exact", 0, 1000, "")])
    assert f"{1000 - LONGEST_SHOWN_CHARS} characters" in shown(text, layer)


def test_spaces_that_look_alike_can_be_told_apart():
    text = "A\N{NO-BREAK SPACE}B"
    layer = make_layer("characters", text, [Edit("characters.space", 1, 2, " ")])
    assert r"A[-\u00a0-]{+ +}B" in shown(text, layer)


def test_what_is_shown_does_not_drive_the_terminal():
    text = "\x1b[2J清"
    layer = make_layer("characters", text, [Edit("characters.control", 0, 1, "")])
    assert "\x1b" not in shown(text, layer)
