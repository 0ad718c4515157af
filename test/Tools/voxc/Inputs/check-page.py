# usage: check-page.py PAGE.html
#
# Parses a page and the documents in its frames: nothing may be fetched from
# elsewhere, and in the page itself every tag that is opened must be closed.
import html.parser
import sys

VOID = {"meta", "br", "input", "link", "img", "hr"}
FETCHING = {"src", "href", "data"}


class Page(html.parser.HTMLParser):
    def __init__(self, where):
        super().__init__()
        self.where, self.open, self.frames = where, [], 0
        self.unclosed = False

    def fail(self, what):
        sys.exit(f"{self.where}:{self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attributes:
            if name in FETCHING and not value.startswith("#"):
                self.fail(f"fetches {value}")
            if name == "srcdoc":
                self.frames += 1
                check(value, f"{self.where} frame {self.frames}")

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if tag in self.open:
            while self.open.pop() != tag:
                self.unclosed = True

    def handle_data(self, data):
        inside = self.open[-1] if self.open else ""
        if inside == "script" and "import " in data:
            self.fail("imports a script")
        if inside == "style" and ("@import" in data or "url(" in data):
            self.fail("imports a style")


def check(text, where, is_page=False):
    page = Page(where)
    page.feed(text)
    page.close()
    if is_page and (page.open or page.unclosed or not page.frames):
        sys.exit(f"{where}: a tag is not closed, or there is no frame")


with open(sys.argv[1], encoding="utf-8") as file:
    check(file.read(), sys.argv[1], is_page=True)
