#===- report.py - Results of a benchmark as text -------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Makes tables of results, which are what --json writes: plain dictionaries and
lists, so that a run can be shown again later.

{"machine": {label: text},
 "models": [{
   "name", "title", "shapes" (name to extents), "flop",
   "reference": what errors are taken against, or null,
   "compile_seconds": of voxc, or null where it failed, "cold": with empty caches,
   "error": why nothing at all was measured, or null,
   "contestants": {kind: {
     "seconds": [of every timed inference], "error": why it failed, or null,
     "largest_error": over the RMS of the output, or null,
     "load_seconds", "first_seconds": until ready, and of the first inference,
     "base_bytes", "peak_bytes": memory before loading, and the most until it
                                 was ready, after a few inferences,
     "flop": of the FMA kernel alone}}}]}
"""

import json
import statistics

from options import LABELS

KINDS = tuple(kind for kind in LABELS if kind != "fma")


class ReportError(Exception):
    """A file that holds no results."""


def read(path):
    """The results in a file, checked as far as the tables rely on them."""
    try:
        with open(path, encoding="utf-8") as file:
            results = json.load(file)
        for model in results["models"]:
            str(model["name"]), str(model["title"]), float(model["flop"])
            shapes_text(model["shapes"])
            for kind, contestant in model["contestants"].items():
                LABELS[kind]
                [float(s) for s in contestant["seconds"]]
                contestant["error"]
            [model[key] for key in ("reference", "compile_seconds", "cold", "error")]
        dict(results["machine"])
    except OSError as error:
        raise ReportError(f"{path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ReportError(f"{path}: holds no results; expected what "
                          "tools/bench.sh --json wrote") from None
    return results


def shapes_text(shapes):
    return ", ".join(name + " " + "x".join(map(str, extents))
                     for name, extents in shapes.items())


def align(rows):
    """Lines of text: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    return ["  ".join(cell.ljust(width) if i == 0 else cell.rjust(width)
                      for i, (cell, width) in enumerate(zip(row, widths))).rstrip()
            for row in rows]


# --- Figures of one contestant ----------------------------------------------


def minimum(contestant):
    return min(contestant["seconds"])


def median(contestant):
    return statistics.median(contestant["seconds"])


def ran(model):
    """The contestants with times, in the order of the tables, less the FMA peak."""
    return {kind: model["contestants"][kind] for kind in KINDS
            if model["contestants"].get(kind, {}).get("seconds")}


def peak_rate(model, pick):
    """Operations a second of the FMA kernel; None if it did not run."""
    fma = model["contestants"].get("fma", {})
    return fma["flop"] / pick(fma) if fma.get("seconds") else None


def share_of_peak(model, contestant, pick):
    """The best against the best, the usual against the usual."""
    peak = peak_rate(model, pick)
    return model["flop"] / pick(contestant) / peak if peak else None


def first_result(contestant):
    """Seconds from the start of loading to the first result; None if unknown."""
    if contestant.get("load_seconds") is None:
        return None
    return contestant["load_seconds"] + contestant["first_seconds"]


def mebibytes(contestant, key):
    """Memory of the process; None if unknown."""
    size = contestant.get(key)
    return size / 2**20 if size else None


def best_peer(model, pick):
    """The fastest contestant but voxc, as kind and contestant; or None."""
    peers = {kind: c for kind, c in ran(model).items() if kind != "voxc"}
    if not peers:
        return None
    kind = min(peers, key=lambda kind: pick(peers[kind]))
    return kind, peers[kind]


def advantage(model, pick):
    """The best peer and how often its time is ours; above 1 is faster."""
    ours, best = ran(model).get("voxc"), best_peer(model, pick)
    if not ours or not best:
        return None
    return best[0], pick(best[1]) / pick(ours)


def text(value, form):
    return "-" if value is None else format(value, form)


# --- One model --------------------------------------------------------------


def facts(model):
    parts = [shapes_text(model["shapes"]), f"{model['flop'] / 1e9:.3f} GFLOP"]
    if model["compile_seconds"] is not None:
        parts.append(f"compiled in {model['compile_seconds']:.1f} s"
                     + (" with empty caches" if model["cold"] else ""))
    if model["reference"]:
        parts.append(f"errors against {model['reference']}")
    return "not measured" if model["error"] else ", ".join(parts)


def heading(model):
    name = "" if model["title"] == model["name"] else f" ({model['name']})"
    return f"{model['title']}{name}: {facts(model)}"


def contestant_row(model, kind, contestant):
    low, middle = minimum(contestant), median(contestant)
    flop = contestant["flop"] if kind == "fma" else model["flop"]
    cells = [LABELS[kind], f"{low * 1e3:.3f}", f"{middle * 1e3:.3f}",
             str(len(contestant["seconds"])), f"{flop / low / 1e9:.1f}",
             f"{flop / middle / 1e9:.1f}"]
    if kind == "fma":
        return cells + [""] * 6
    return cells + [text(share_of_peak(model, contestant, minimum), ".1%"),
                    text(share_of_peak(model, contestant, median), ".1%"),
                    text(contestant.get("largest_error"), ".1e"),
                    text(first_result(contestant), ".3f"),
                    text(mebibytes(contestant, "peak_bytes"), ".0f"),
                    text(mebibytes(contestant, "base_bytes"), ".0f")]


def model_rows(model):
    rows = [["contestant", "min ms", "median ms", "runs", "GF/s min", "GF/s median",
             "of peak min", "of peak median", "error", "first result s", "peak MiB", "before MiB"]]
    contestants = ran(model)
    if model["contestants"].get("fma", {}).get("seconds"):
        contestants["fma"] = model["contestants"]["fma"]
    return rows + [contestant_row(model, kind, contestant)
                   for kind, contestant in contestants.items()]


def failures(model):
    """Who did not run and why, as pairs of label and reason."""
    if model["error"]:
        return [("reason", model["error"])]
    return [(LABELS[kind], model["contestants"][kind]["error"]) for kind in LABELS
            if model["contestants"].get(kind, {}).get("error")]


def ratio_lines(model):
    contestants = ran(model)
    ours = contestants.pop("voxc", None)
    if not ours or not contestants:
        return []
    ratios = ", ".join(
        f"{LABELS[kind]} {minimum(peer) / minimum(ours):.2f}x "
        f"{median(peer) / median(ours):.2f}x" for kind, peer in contestants.items())
    return ["voxc is faster by (min, median): " + ratios]


def model_lines(model):
    """Everything about one model."""
    lines = [heading(model)]
    if not model["error"]:
        lines += align(model_rows(model))
    lines += [f"{label}: {reason}" for label, reason in failures(model)]
    return lines + ratio_lines(model)


# --- All models -------------------------------------------------------------


def summary_rows(models, cell):
    """A row for each model and a column for each contestant that occurs;
    `cell` makes the text of one contestant."""
    kinds = [kind for kind in KINDS if any(kind in ran(model) for model in models)]
    rows = [["network", *(LABELS[kind] for kind in kinds)]]
    for model in models:
        contestants = ran(model)
        rows.append([model["title"], *(
            cell(contestants[kind]) if kind in contestants else "-"
            for kind in kinds)])
    return rows


def speed_rows(models):
    """The minima, with the FMA peak and how we compare with the best peer."""
    rows = summary_rows(models, lambda c: f"{minimum(c) * 1e3:.2f}")
    rows[0] += ["FMA GF/s", "best peer", "faster, min", "faster, median"]
    for row, model in zip(rows[1:], models):
        peak, best = peak_rate(model, minimum), best_peer(model, minimum)
        ratios = [advantage(model, pick) for pick in (minimum, median)]
        row += [text(peak and peak / 1e9, ".0f"), LABELS[best[0]] if best else "-",
                *(f"{ratio[1]:.2f}x" if ratio else "-" for ratio in ratios)]
    return rows


def first_result_rows(models):
    """Compiling comes before everything else and is ours alone."""
    rows = summary_rows(models, lambda c: text(first_result(c), ".3f"))
    rows[0].append("voxc compiling")
    for row, model in zip(rows[1:], models):
        row.append(text(model["compile_seconds"], ".1f"))
    return rows


def summary_tables(models):
    """Pairs of title and rows."""
    return [
        ("Minimum, ms", speed_rows(models)),
        ("Largest error, of the output's RMS", summary_rows(
            models, lambda c: text(c.get("largest_error"), ".1e"))),
        ("Seconds to the first result, from loading on", first_result_rows(models)),
        ("Peak memory of the process, MiB", summary_rows(
            models, lambda c: text(mebibytes(c, "peak_bytes"), ".0f"))),
    ]


def not_compiled(models):
    """Pairs of title and reason for the models without figures of ours."""
    pairs = []
    for model in models:
        ours = model["contestants"].get("voxc", {})
        if reason := model["error"] or ours.get("error"):
            pairs.append((model["title"], reason))
    return pairs


def summary_lines(models):
    lines = []
    for title, rows in summary_tables(models):
        lines += ["", title, *align(rows)]
    if failed := not_compiled(models):
        lines += ["", "Without figures of voxc",
                  *(f"{title}: {reason}" for title, reason in failed)]
    return lines


def machine_lines(machine):
    width = max(map(len, machine), default=0)
    return [f"{label:<{width}}  {text}" for label, text in machine.items()]


def all_lines(results):
    """The whole report, as it stands on the screen after a run."""
    lines = machine_lines(results["machine"])
    for model in results["models"]:
        lines += ["", *model_lines(model)]
    if len(results["models"]) > 1:
        lines += summary_lines(results["models"])
    return lines
