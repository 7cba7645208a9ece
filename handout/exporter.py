"""Turns an executed notebook into the body of a handout: cells, headings, figures.

The page around it (style, formulas, Plotly, table of contents) is put together by `cli/handout.ts`.
"""

import base64
import html
import json
import re
from pathlib import Path
from xml.etree import ElementTree

from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.ansi import ansi2html
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from traitlets import default

PLOTLY = "application/vnd.plotly.v1+json"

#: The representations that a page can show, the richest first.
SHOWN = ["text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/latex"]

WORDS = {
    "en": {"code": "Show the code", "noAlt": "A figure without a description"},
    "ko": {"code": "코드 보기", "noAlt": "설명이 없는 그림"},
}


def formula(tex: str, display: bool) -> str:
    """A formula as TeX in an element of its own; `cli/handout.ts` renders it."""
    kind = "tex tex-display" if display else "tex"
    return f'<span class="{kind}">{html.escape(tex.strip(), quote=False)}</span>'


class ProseRenderer(IPythonRenderer):
    """Markdown cells: formulas marked for rendering, headings collected, notebook links turned to handouts."""

    def __init__(self, headings: list, **options):
        super().__init__(**options)
        self.headings = headings

    def block_math(self, body: str) -> str:
        return formula(body, True)

    def inline_math(self, body: str) -> str:
        return formula(body, False)

    def latex_environment(self, name: str, body: str) -> str:
        # JupyterLab numbers no equations, KaTeX does unless the environment is starred.
        if name in ("align", "alignat", "equation", "gather"):
            name += "*"
        return formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", True)

    def heading(self, text: str, level: int, **_attributes) -> str:
        plain = html.unescape(re.sub(r"<[^>]*>", "", text)).strip()
        slug = re.sub(r"[^\w]+", "-", plain.lower()).strip("-") or "section"
        taken = {heading["id"] for heading in self.headings}
        identifier, count = slug, 1
        while identifier in taken:
            count += 1
            identifier = f"{slug}-{count}"
        self.headings.append({"level": level, "id": identifier, "html": text, "text": plain})
        return f'<h{level} id="{html.escape(identifier)}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title=None) -> str:
        if not re.match(r"[a-z][a-z0-9+.-]*:", url, re.IGNORECASE):
            url = re.sub(r"\.ipynb(?=$|#)", ".html", url)
        return super().link(text, url, title)

    def _html_embed_images(self, html_text: str) -> str:
        # nbconvert's own parses the piece as a document and so closes a <details> that Markdown goes on in.
        def embed(match):
            return f'{match[1]}{self._src_to_base64(match[2]) or match[2]}"'

        return re.sub(r'(<img\b[^>]*?\ssrc=")([^"]*)"', embed, html_text)

    def block_code(self, code: str, info=None) -> str:
        if info:
            return f'<div class="fence">{super().block_code(code, info)}</div>'
        return super().block_code(code, info)


def description(svg: str) -> str:
    """The words that an SVG picture carries for those who can't see it: its title and desc."""
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        return ""
    found = [root.find(f"{{http://www.w3.org/2000/svg}}{tag}") for tag in ("title", "desc")]
    words = ["".join(element.itertext()).strip() for element in found if element is not None]
    return ". ".join(word.rstrip(".") for word in words if word)


class HandoutExporter(TemplateExporter):
    """nbconvert's exporter for our template (`template/index.html.j2`)."""

    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self):
        return ".html"

    @default("template_name")
    def _template_name_default(self):
        return "template"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self):
        return [str(Path(__file__).parent)]

    def default_filters(self):
        yield from super().default_filters()
        yield ("code", self._code)
        yield ("prose", self._prose)
        yield ("representation", self._representation)

    def export(self, notebook, folder: Path, language: str) -> dict:
        """The notebook as `{title, headings, figures, html}`.

        `folder` is where pictures named in Markdown are looked for; they are put into the page.
        """
        self.headings: list = []
        self.figures: list = []
        self.folder = folder
        self.words = WORDS.get(language, WORDS["en"])
        number = 0
        for cell in notebook.cells:
            if cell.cell_type == "code":
                number += 1
                cell["number"] = number
        self.environment.globals["words"] = self.words
        body, _ = self.from_notebook_node(notebook)
        title = next((h["text"] for h in self.headings if h["level"] == 1), "")
        return {"title": title, "headings": self.headings, "figures": self.figures, "html": body}

    def _code(self, source: str) -> str:
        return highlight(source, get_lexer_by_name("typescript"), HtmlFormatter(cssclass="highlight"))

    def _prose(self, source: str, attachments=None) -> str:
        renderer = ProseRenderer(
            self.headings,
            escape=False,
            embed_images=True,
            path=str(self.folder),
            attachments=attachments or {},
        )
        return MarkdownWithMath(renderer=renderer).render(source)

    def _representation(self, output) -> str:
        data = output.get("data", {})
        if PLOTLY in data:
            return self._figure(data)
        kind = next((kind for kind in SHOWN if kind in data), "text/plain")
        content = data.get(kind, "")
        if kind == "text/html":
            return f'<div class="html">{content}</div>'
        if kind == "text/markdown":
            return f'<div class="prose">{self._prose(content)}</div>'
        if kind == "text/latex":
            return f'<div class="prose">{formula(content.strip().strip("$"), True)}</div>'
        if kind.startswith("image/"):
            alt = output.get("metadata", {}).get(kind, {}).get("alt", "")
            return f'<div class="picture">{self._picture(kind, content, alt)}</div>'
        return f'<pre class="result" tabindex="0">{ansi2html(content)}</pre>'

    def _figure(self, data) -> str:
        """A figure: the still picture, which stays for print, and a place for the live one."""
        figure = data[PLOTLY]
        if isinstance(figure, str):
            figure = json.loads(figure)
        self.figures.append(figure)
        still = next((kind for kind in SHOWN[1:4] if kind in data), None)
        alt = description(data[still]) if still == "image/svg+xml" else ""
        picture = self._picture(still, data[still], alt) if still else ""
        return (
            f'<figure class="plot" data-figure="{len(self.figures) - 1}">'
            f'<div class="still">{picture}</div><div class="live" hidden></div></figure>'
        )

    def _picture(self, kind: str, content: str, alt: str) -> str:
        if kind == "image/svg+xml":
            alt = alt or description(content)
            content = base64.b64encode(content.encode()).decode()
        words = html.escape(alt or self.words["noAlt"])
        return f'<img src="data:{kind};base64,{"".join(content.split())}" alt="{words}">'
