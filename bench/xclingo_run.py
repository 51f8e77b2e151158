"""Explain a job by xclingo: run by a Python that has it. Prints one JSON object; see explain_peer.py."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import clingo
from xclingo import XclingoControl  # type: ignore[import-not-found]
from xclingo._main import XClingoModel  # type: ignore[import-not-found]


def control(program: str) -> XclingoControl:
    made = XclingoControl(["0", "--warn=none"], n_explanations="1")
    made.explainer.logger = lambda _code, _message: None
    made.add("base", [], program)
    made.ground([("base", [])])
    return made


def explained(made: XclingoControl, model: clingo.Model, wanted: list[str]) -> int:
    """Explain some atoms in an answer set; returns how many lines the trees have."""
    made.explainer.add("base", [], " ".join(f"_xclingo_show_trace({atom})." for atom in wanted))
    lines = 0
    for graph in XClingoModel(model, made.explainer).explain_model():
        for atom in graph.show_trace:
            tree = graph.explain(atom)
            lines += len(tree.ascii_tree().splitlines()) if tree else 0
        break
    made.explainer.programs.pop()
    return lines


def helped(program: str, wanted: list[str]) -> int:
    """For each liability one answer set, and the liability explained in it."""
    made, lines = control(program), 0
    for atom in wanted:
        assumed = [(clingo.parse_term(atom), True)]
        with clingo.Control.solve(made, assumptions=assumed, yield_=True) as handle:
            model = handle.model()
            assert model is not None, atom
            lines += explained(made, model, [atom])
    return lines


def each(program: str, wanted: list[str], seconds: float) -> tuple[int, bool]:
    """Every answer set explained, until the time is over; returns how many, and whether that was cut short."""
    made, models, start = control(program), 0, time.perf_counter()
    with clingo.Control.solve(made, yield_=True) as handle:
        for model in handle:
            explained(made, model, [atom for atom in wanted if model.contains(clingo.parse_term(atom))])
            models += 1
            if time.perf_counter() - start > seconds:
                return models, True
    return models, False


def main() -> None:
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    start = time.perf_counter()
    lines = helped(job["program"], job["wanted"])
    middle = time.perf_counter()
    models, cut = each(job["program"], job["wanted"], job["seconds"])
    end = time.perf_counter()
    print(json.dumps({"helped": middle - start, "each": end - middle, "models": models, "cut": cut, "lines": lines}))


if __name__ == "__main__":
    main()
