#===- options.py - The arguments of tools/bench.sh -----------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Parses and checks the arguments, with nothing but Python itself, so that a
wrong one is refused before anything is installed, built or measured.

Run as a program it checks its arguments and prints what they need: "report"
(nothing), "files" (the peers for ONNX files) or "suite" (PyTorch too).
"""

import argparse
import math
import os
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent

# Who can take part beside voxc: the name of a contestant and that for tables.
LABELS = {
    "voxc": "voxc",
    "onnxruntime": "ONNX Runtime",
    "openvino": "OpenVINO",
    "pytorch": "PyTorch",
    "pytorch-channels-last": "PyTorch channels-last",
    "pytorch-compiled": "PyTorch compiled",
    "fma": "FMA peak",
}
FILE_PEERS = ("onnxruntime", "openvino")
SUITE_PEERS = tuple(kind for kind in LABELS if kind not in ("voxc", "fma"))

# Each is a script in tools/bench/networks.
SUITES = {
    "3d": ("imf", "brain", "c3d", "r3d18", "r2plus1d18", "unet3d", "nnunet",
           "vnet", "densenet121", "resnet50", "x3d", "i3d", "resunet3d", "segresnet"),
    "2d": ("resnet18", "vgg11", "efficientnet_b0", "mobilenet_v2", "mobilenet_v3",
           "vit", "generator", "mnist"),
    "sequence": ("bert", "lstm", "gru"),
}

USAGE = """tools/bench.sh MODEL.onnx... [options]
       tools/bench.sh --layers [NAME...] [options]
       tools/bench.sh --activations [NAME...] [options]
       tools/bench.sh --suite=3d|2d|sequence [--only=NAME,...] [options]
       tools/bench.sh --report=FILE.json [--html=FILE]"""

DESCRIPTION = """Measures Voxc beside ONNX Runtime, OpenVINO and (suite) PyTorch, all taking
turns in one run. Installs and builds what is missing. docs/Benchmarks.md says
how to read the figures."""


class Parser(argparse.ArgumentParser):
    def error(self, message):
        sys.exit(f"error: {message}\nhint: tools/bench.sh --help lists the arguments")


def make_parser():
    parser = Parser(prog="tools/bench.sh", usage=USAGE, description=DESCRIPTION,
                    allow_abbrev=False)
    what = parser.add_argument_group("what is measured")
    what.add_argument("models", nargs="*", metavar="MODEL.onnx",
                      help="ONNX files; after --layers or --activations, their "
                      "names")
    what.add_argument("--layers", action="store_true",
                      help="the single layers of tools/bench/layers.py, or those "
                      "that are named")
    what.add_argument("--activations", action="store_true",
                      help="the layer of tools/bench/activations.py with each "
                      "activation, or with those that are named")
    what.add_argument("--suite", metavar="NAME",
                      help="the networks of a suite: " + ", ".join(SUITES))
    what.add_argument("--only", metavar="NAME,...",
                      help="of the suite only these; there are "
                      + ", ".join(name for names in SUITES.values() for name in names))
    what.add_argument("--small", action="store_true",
                      help="the suite with smaller inputs, for trying things out")
    what.add_argument("--shapes", default="", metavar="NAME:1x1x64x64x64,...",
                      help="extents of inputs that files leave open")
    how = parser.add_argument_group("how")
    how.add_argument("--threads", metavar="N", default=str(len(os.sched_getaffinity(0))),
                     help="threads of every contestant (default: %(default)s)")
    how.add_argument("--seconds", metavar="S", default="20",
                     help="how long the rounds of each model last, in all "
                     "(default: %(default)s)")
    how.add_argument("--peers", metavar="LIST",
                     help="who takes part beside voxc (default: "
                     f"{','.join(FILE_PEERS)}; in a suite also "
                     f"{','.join(p for p in SUITE_PEERS if p not in FILE_PEERS)})")
    how.add_argument("--skip-errors", action="store_true",
                     help="compare no results; for large files the evaluation in "
                     "float64 takes minutes")
    out = parser.add_argument_group("output")
    out.add_argument("--json", metavar="FILE", help="every single time, as JSON")
    out.add_argument("--html", metavar="FILE",
                     help="a page with bars (in a suite by default "
                     "build/bench/suite.html)")
    out.add_argument("--report", metavar="FILE",
                     help="measure nothing; show what --json wrote there")
    return parser


def parse_shapes(parser, text):
    """"x:1x1x64,y:2x3" as name to extents."""
    shapes = {}
    for part in filter(None, text.split(",")):
        name, separator, extents = part.rpartition(":")
        if not separator or not re.fullmatch(r"[1-9]\d*(x[1-9]\d*)*", extents):
            parser.error(f"--shapes: '{part}' is no shape; expected "
                         "NAME:1x1x64x64x64")
        shapes[name] = [int(extent) for extent in extents.split("x")]
    return shapes


def parse_list(parser, option, text, known):
    """The names of a comma list, each of which must be one of `known`."""
    names = list(filter(None, text.split(",")))
    for name in names:
        if name not in known:
            parser.error(f"{option}: '{name}' is unknown; expected "
                         f"{', '.join(known)}")
    return names


def check_what(parser, options):
    """Exactly one thing to measure, and nothing that does not go with it."""
    named = options.layers or options.activations
    chosen = [name for name, given in (
        ("--layers", options.layers),
        ("--activations", options.activations),
        ("MODEL.onnx", options.models and not named),
        ("--suite", options.suite is not None),
        ("--report", options.report is not None)) if given]
    if len(chosen) != 1:
        parser.error(" and ".join(chosen) + " do not go together" if chosen else
                     "nothing to measure; expected a model, --layers, "
                     "--activations, --suite or --report")
    if options.suite is not None and options.suite not in SUITES:
        parser.error(f"--suite: '{options.suite}' is unknown; expected "
                     f"{', '.join(SUITES)}")
    for name, given in (("--only", options.only is not None),
                        ("--small", options.small)):
        if given and options.suite is None:
            parser.error(f"{name} goes with --suite alone")
    if options.shapes and options.suite is not None:
        parser.error("--shapes and --suite do not go together")
    if not named:
        for path in options.models + [options.report] * (options.report is not None):
            if not os.path.isfile(path):
                parser.error(f"{path}: no such file")


def check_how(parser, options):
    if not re.fullmatch(r"[1-9]\d{0,3}", options.threads):
        parser.error(f"--threads: '{options.threads}' is no number of threads; "
                     "expected 1 or more")
    options.threads = int(options.threads)
    try:
        seconds = float(options.seconds)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        parser.error(f"--seconds: '{options.seconds}' is no duration; expected a "
                     "positive number")
    options.seconds = seconds
    peers = FILE_PEERS if options.suite is None else SUITE_PEERS
    if options.peers is None:
        options.peers = list(peers)
    else:
        options.peers = parse_list(parser, "--peers", options.peers, peers)


def check_outputs(parser, options):
    """Outputs can be written: a long run is not to fail at its end."""
    for name in ("json", "html"):
        path = getattr(options, name)
        if path is None:
            continue
        folder = os.path.dirname(os.path.abspath(path))
        if not os.path.isdir(folder):
            parser.error(f"--{name}: {folder}: no such folder")
        if not path or os.path.isdir(path):
            parser.error(f"--{name}: '{path}' is no file name")
    if options.suite is not None and options.html is None:
        options.html = str(HERE.parents[1] / "build/bench/suite.html")


def parse(arguments):
    """The options, checked; ends the program with a message where one is wrong."""
    parser = make_parser()
    if not arguments:
        sys.exit(parser.format_usage().rstrip())
    # "Intermixed" lets names follow options.
    options = parser.parse_intermixed_args(arguments)
    check_what(parser, options)
    options.shapes = parse_shapes(parser, options.shapes)
    if options.suite is not None:
        names = SUITES[options.suite]
        only = parse_list(parser, "--only", options.only or "", names)
        options.networks = [n for n in names if n in only] if only else list(names)
    check_how(parser, options)
    check_outputs(parser, options)
    return options


def main():
    options = parse(sys.argv[1:])
    if options.report is not None:
        print("report")
    else:
        print("files" if options.suite is None else "suite")


if __name__ == "__main__":
    main()
