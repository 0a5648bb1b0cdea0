"""The report as a page: complete in itself, and deaf to what file names say."""

import re
from html.parser import HTMLParser

from flows.reporting.html import html_report

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Reader(HTMLParser):
    """Keeps the tags of a page and checks that every one is closed."""

    def __init__(self):
        super().__init__()
        self.open, self.tags = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def read(page):
    reader = Reader()
    reader.feed(page)
    assert not reader.open
    return reader.tags


def test_the_page_is_whole_and_loads_nothing(make_report):
    tags = read(html_report(make_report(rejected=2)))
    assert not {"script", "link", "img", "iframe", "a"} & {tag for tag, _ in tags}
    assert not any({"src", "href"} & set(attributes) for _, attributes in tags)
    policies = [a["content"] for _, a in tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policies[0].startswith("default-src 'none'")


def test_the_page_shows_counts_rules_and_rejections(make_report):
    page = html_report(make_report(rejected=2))
    for expected in ("1,202", "line_breaks.rule_0", "width: 25.0%", "第一.txt", "byte 12", "UTC"):
        assert expected in page


def test_the_page_lists_what_documents_share(make_report):
    page = html_report(make_report(shared=1))
    assert '<td class="number">4,000</td><td>0请各位读者互相转告。' in page
    assert "What documents share" not in html_report(make_report())


def test_file_names_are_text_and_never_markup(make_report):
    page = html_report(make_report(rejected=2, shared=1))
    page.encode()
    assert "&lt;script&gt;" in page
    assert not re.search("[\x1b\u202e]", page)


def test_a_run_with_nothing_to_tell_says_so(make_report):
    page = html_report(make_report(rules=0))
    assert "every document was clean already" in page
    assert "None." in page


def test_a_long_list_of_rejections_is_cut_and_counted(make_report):
    assert "3 more stand in the published list" in html_report(make_report(rejected=1003))


def test_the_same_report_makes_the_same_page(make_report):
    assert html_report(make_report(rejected=2)) == html_report(make_report(rejected=2))
