#===- page.py - Results of a benchmark as a page -------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Makes one HTML file of results: no scripts, nothing from elsewhere, light or
dark as the reader's system is. Each model has a picture with a bar for each
contestant, from 0 to the minimum, and a tick at the median, unless that lies far
beyond all minima.
"""

import html

import report
from options import LABELS

STYLE = """
:root { color-scheme: light dark; --text: #1c2024; --faint: #646b73; --rule: #d5d9de;
  --page: #ffffff; --ours: #c2410c; --peer: #5b7ea3; --tick: #1c2024; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e8eb; --faint: #9aa2ab; --rule: #3a4048; --page: #16191d;
    --ours: #fb923c; --peer: #7ba3cd; --tick: #e6e8eb; } }
body { background: var(--page); color: var(--text); max-width: 66rem;
  margin: 2rem auto; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; }
h2 { margin: 2.5rem 0 0; } h3 { margin: 1.5rem 0 0.3rem; font-size: 1rem; }
p, dl { margin: 0.3rem 0; } .faint, dt { color: var(--faint); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }
dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.15rem 0.6rem; text-align: right; white-space: nowrap;
  border-bottom: 1px solid var(--rule); }
th { font-weight: 600; } th:first-child, td:first-child { text-align: left; }
svg { display: block; width: 100%; height: auto; margin: 0.5rem 0;
  font: 13px system-ui, sans-serif; }
svg text { fill: var(--text); } svg .faint { fill: var(--faint); }
svg .ours { fill: var(--ours); } svg .peer { fill: var(--peer); }
svg .tick { stroke: var(--tick); stroke-width: 2; }
summary { cursor: pointer; color: var(--faint); }
"""

# Of a picture, in units of which the page shows about one a pixel.
WIDTH, ROW, BAR = 960, 26, 16
LABEL_END, BAR_BEGIN, BAR_END = 150, 160, 660


def escape(value):
    return html.escape(str(value))


def table(rows):
    """An HTML table; the first row is its head."""
    def line(row, tag):
        return "<tr>" + "".join(f"<{tag}>{escape(c)}</{tag}>" for c in row) + "</tr>"
    return ('<div class="wide"><table>' + line(rows[0], "th")
            + "".join(line(row, "td") for row in rows[1:]) + "</table></div>")


def bar(model, kind, contestant, top, scale):
    """One contestant: label, bar, tick and figures."""
    low, middle = report.minimum(contestant), report.median(contestant)
    share = report.share_of_peak(model, contestant, report.minimum)
    figures = f"{low * 1e3:.2f} ms, median {middle * 1e3:.2f}"
    if share is not None:
        figures += f", {share:.0%} of peak"
    end, tick = BAR_BEGIN + low * scale, BAR_BEGIN + middle * scale
    middle_line, line = top + ROW / 2, ""
    if tick <= BAR_END:
        end = tick
        line = (f'<line class="tick" x1="{tick:.1f}" x2="{tick:.1f}" y1="{top + 3}" '
                f'y2="{top + ROW - 3}"/>')
    return (
        f'<text x="{LABEL_END}" y="{middle_line + 4.5}" text-anchor="end">'
        f"{escape(LABELS[kind])}</text>"
        f'<rect class="{"ours" if kind == "voxc" else "peer"}" x="{BAR_BEGIN}" '
        f'y="{top + (ROW - BAR) / 2}" width="{max(low * scale, 1):.1f}" '
        f'height="{BAR}" rx="2"/>'
        f'{line}<text x="{end + 8:.1f}" y="{middle_line + 4.5}">{escape(figures)}</text>')


def bars(model):
    """The picture of one model, or nothing where no one ran."""
    contestants = report.ran(model)
    if not contestants:
        return ""
    # One contestant that was disturbed most of the time is not to shrink all.
    longest = 1.3 * max(map(report.minimum, contestants.values()))
    scale = (BAR_END - BAR_BEGIN) / longest
    rows = [bar(model, kind, contestant, i * ROW, scale)
            for i, (kind, contestant) in enumerate(contestants.items())]
    title = escape(f"{model['title']}: time of one inference")
    return (f'<svg viewBox="0 0 {WIDTH} {len(rows) * ROW}" role="img" '
            f'aria-label="{title}">' + "".join(rows) + "</svg>")


def section(model):
    """What the page says about one model."""
    parts = [f'<h2 id="{escape(model["name"])}">{escape(model["title"])}</h2>',
             f'<p class="faint">{escape(report.facts(model))}</p>', bars(model)]
    parts += [f"<p><b>{escape(label)}</b>: {escape(reason)}</p>"
              for label, reason in report.failures(model)]
    parts += [f"<p>{escape(line)}</p>" for line in report.ratio_lines(model)]
    if not model["error"]:
        parts.append("<details><summary>all figures</summary>"
                     + table(report.model_rows(model)) + "</details>")
    return "\n".join(filter(None, parts))


def overview(models):
    parts = ["<h2>Overview</h2>"]
    for title, rows in report.summary_tables(models):
        parts += [f"<h3>{escape(title)}</h3>", table(rows)]
    if failed := report.not_compiled(models):
        parts.append("<h3>Without figures of voxc</h3>")
        parts += [f"<p><b>{escape(title)}</b>: {escape(reason)}</p>"
                  for title, reason in failed]
    return "\n".join(parts)


def render(results):
    """The page, as text."""
    models = results["models"]
    machine = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>"
                      for label, text in results["machine"].items())
    return "\n".join([
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Voxc benchmarks</title><style>{STYLE}</style></head><body>",
        "<h1>Voxc beside its peers</h1>",
        "<p>Time of one inference, batch 1, float32; shorter is better. A bar ends "
        "at the minimum, a tick marks the median. All contestants of a network "
        "took turns in one run, on the same input.</p>",
        f"<dl>{machine}</dl>",
        *map(section, models),
        overview(models) if len(models) > 1 else "",
        "</body></html>", ""])
