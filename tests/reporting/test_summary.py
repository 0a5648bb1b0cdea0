"""The report in the terminal and on Prefect's page."""

import io

from rich.console import Console

from flows.reporting.summary import artifact_rows, markdown_summary, summary_tables


def printed(report, width=120):
    console = Console(file=io.StringIO(), width=width)
    for table in summary_tables(report):
        console.print(table)
    return console.file.getvalue()


def test_the_tables_show_counts_rules_and_rejections(make_report):
    shown = printed(make_report(rejected=1))
    for expected in ("1,201", "1,200", "line_breaks.rule_1", "第一.txt", "undecodable at byte 12"):
        assert expected in shown


def test_flags_are_listed_with_the_number_of_documents(make_report):
    report = make_report()
    assert "cut_characters" in printed(report)
    assert "| cut\\_characters | 3 |" in markdown_summary(report)


def test_shared_paragraphs_are_listed_with_the_number_of_documents(make_report):
    report = make_report(shared=2)
    assert "4,000 │ 0请各位读者互相转告。<script>a… │" in printed(report)
    assert "paragraph 7" in printed(report)
    assert "| 3,999 | 1请各位读者互相转告。" in markdown_summary(report)


def test_where_nothing_is_shared_no_table_says_so(make_report):
    assert "What documents share" not in printed(make_report()) + markdown_summary(make_report())


def test_a_run_without_rejections_shows_no_table_of_them(make_report):
    assert "Rejected files" not in printed(make_report())


def test_a_dry_run_says_that_it_published_nothing(make_report):
    shown = printed(make_report(version=""))
    assert "What a run would do" in shown
    assert "publishes nothing" in shown


def test_only_the_first_rejections_are_listed_and_the_others_counted(make_report):
    assert "5 more are not shown" in printed(make_report(rejected=25))
    assert "5 more are not shown" in markdown_summary(make_report(rejected=25))


def test_copies_are_counted_and_listed_after_what_wants_a_look(make_report):
    report = make_report(rejected=1, copies=25)
    shown = printed(report)
    assert "26, of which 25 as copies of others" in shown
    assert shown.index("undecodable") < shown.index("repeated")
    assert "6 more are not shown" in shown
    assert "undecodable" in markdown_summary(report)


def test_no_file_name_drives_the_terminal_or_forges_markup(make_report):
    report = make_report(rejected=2, shared=1)
    shown = printed(report)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    markdown = markdown_summary(report)
    assert "<script" not in markdown
    assert r"\|" in markdown
    markdown.encode()


def test_every_row_of_a_markdown_table_has_the_same_cells(make_report):
    rows = [
        line.replace(r"\|", "")
        for line in markdown_summary(make_report(rejected=3, shared=2)).splitlines()
    ]
    table = [line for line in rows if line.startswith("|") and "第一" not in line]
    assert {line.count("|") for line in table} <= {3, 4, 5}


def test_the_artifact_has_one_row_a_rule(make_report):
    assert artifact_rows(make_report())[1] == {
        "rule": "line_breaks.rule_1",
        "documents": 300,
        "edits": 500,
        "characters taken out": 1001,
    }
