#===- bench.py - Voxc beside its peers, interleaved ----------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Measures models compiled by Voxc beside their peers. tools/bench.sh calls this
once everything is there; rounds.py says how it is measured, report.py what the
results are.

Printed are the minimum (what the code can do) and the median (what one gets
here) of all; the error is the largest difference from a float64 result on the
same input, relative to the RMS of the output.
"""

import importlib.metadata
import json
import os
import pathlib
import platform
import shlex
import subprocess
import sys

import options as arguments
import page
import report
from tool import BIN, WORK, BenchError, progress


def describe_machine(options):
    """What a reader needs to judge the figures, as label to text."""
    with open("/proc/cpuinfo") as file:
        processor = next((line.split(":", 1)[1].strip() for line in file
                          if line.startswith("model name")), platform.machine())
    version = subprocess.run([BIN / "voxc", "--version"], text=True,
                             capture_output=True).stdout.strip().splitlines()
    peers = {"onnxruntime": "onnxruntime", "openvino": "openvino"}
    peers.update((p, "torch") for p in options.peers if p.startswith("pytorch"))
    packages = dict.fromkeys(peers[peer] for peer in options.peers)
    return {
        "command": shlex.join(["tools/bench.sh", *sys.argv[1:]]),
        "processor": f"{processor}, {len(os.sched_getaffinity(0))} cores, "
                     f"load {os.getloadavg()[0]:.1f}",
        "threads": str(options.threads),
        "voxc": version[0] if version else "unknown",
        **{package: importlib.metadata.version(package) + ", float32"
           for package in packages},
    }


def find_models(options):
    """The models that are measured, each by its name and a function that makes
    it ready."""
    from models import Model
    if options.suite is not None:
        import suite
        return [(name, lambda name=name: suite.load(name, options.small))
                for name in options.networks]
    paths = options.models
    if options.layers:
        import layers
        paths = layers.write(WORK / "layers", options.models)
    elif options.activations:
        import activations
        paths = activations.write(WORK / "activations", options.models)
    models = [Model(path, options.shapes) for path in paths]
    unused = set(options.shapes) - {name for m in models for name in m.shapes}
    if unused:
        raise BenchError(f"--shapes: no model has an input called '{min(unused)}'")
    return [(model.name, lambda model=model: model) for model in models]


def write_outputs(results, options):
    """After each model, so that an interrupt keeps what is done."""
    for path, make in ((options.json, lambda: json.dumps(results, indent=1) + "\n"),
                       (options.html, lambda: page.render(results))):
        if path is None:
            continue
        path = pathlib.Path(path)
        unfinished = path.with_name(path.name + ".part")
        try:
            unfinished.write_text(make(), encoding="utf-8")
            unfinished.replace(path)
        except OSError as error:
            raise BenchError(f"{path}: {error.strerror}") from None


def print_lines(lines):
    print("\n".join(lines))


def measure_all(options):
    """Measures everything and prints it as it comes. Returns the exit code."""
    import rounds
    WORK.mkdir(parents=True, exist_ok=True)
    models = find_models(options)
    rounds.build_fma_kernel()
    results = {"machine": describe_machine(options), "models": []}
    print_lines(report.machine_lines(results["machine"]))
    interrupted = False
    for name, make in models:
        try:
            result, interrupted = rounds.measure(
                make(), ["voxc", *options.peers, "fma"], options,
                cold=options.suite is not None)
        except BenchError as error:
            if options.suite is None:
                raise
            import suite
            result = suite.failed(name, error)
        results["models"].append(result)
        print_lines(["", *report.model_lines(result)])
        write_outputs(results, options)
        if interrupted:
            break
    if len(results["models"]) > 1:
        print_lines(report.summary_lines(results["models"]))
    if options.html:
        print(f"\nas a page: {options.html}")
    return 130 if interrupted else exit_code(results, options)


def exit_code(results, options):
    """1 where ours failed. A suite has networks that voxc cannot compile yet; it
    lists them, and they are no failure of the run."""
    for model in results["models"]:
        ours = model["contestants"].get("voxc")
        if ours and ours["error"] and (
                options.suite is None or model["compile_seconds"] is not None):
            return 1
    return 0


def show_report(options):
    """Shows results of an earlier run."""
    try:
        results = report.read(options.report)
    except report.ReportError as error:
        raise BenchError(str(error)) from None
    print_lines(report.all_lines(results))
    options.json = None
    write_outputs(results, options)
    return 0


def main():
    # Each table at once, also into a file or a pipe.
    sys.stdout.reconfigure(line_buffering=True)
    options = arguments.parse(sys.argv[1:])
    if options.report is not None:
        return show_report(options)
    return measure_all(options)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BenchError as error:
        progress("")
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
