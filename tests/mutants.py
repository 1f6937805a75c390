"""Would a test notice? ``python -m tests.mutants --room analysis --seed N --sample 60``.

One place of a room is changed at a time (``<`` to ``<=``, a number, a word, a condition), in memory
alone, and the tests of `tests/unit` and `tests/property` that execute the line are run. A mutant
that no test fails for is printed: either it has no effect, or a test with a number worked out by
hand is missing. Which test executes which line is recorded once for each file of tests and kept
in the temporary folder until that file or a room changes; the first time takes minutes.
"""

import argparse
import ast
import hashlib
import importlib
import importlib.machinery
import importlib.util
import itertools
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from coverage import Coverage

ROOT = Path(__file__).parents[1]
ROOMS = {
    "analysis": ["cscdash/analysis"],
    "local": ["cscdash/local"],
    "derive": ["cscdash/ingest/derive.py"],
    "extracts": ["cscdash/extracts"],
    "disclosure": ["cscdash/disclosure"],
}
KEPT = Path(tempfile.gettempdir()) / "cscdash-mutants"
QUIET = ["-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist"]
HEAVY = ["pandas", "pyarrow.parquet", "scipy.stats", "statsmodels.api", "hypothesis", "altair"]

FEW_WORDS = 4  # a longer text is a sentence: a test of its words would only repeat it

IDLE = {"strict", "dtype", "repr", "compare", "copy"}  # settings of no effect here

OTHER: dict[type, list[type]] = {
    ast.Lt: [ast.LtE, ast.Gt], ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.Lt], ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq], ast.NotEq: [ast.Eq], ast.Is: [ast.IsNot], ast.IsNot: [ast.Is],
    ast.In: [ast.NotIn], ast.NotIn: [ast.In], ast.And: [ast.Or], ast.Or: [ast.And],
    ast.Add: [ast.Sub], ast.Sub: [ast.Add], ast.Mult: [ast.Div], ast.Div: [ast.Mult],
    ast.FloorDiv: [ast.Div], ast.Mod: [ast.Mult], ast.Pow: [ast.Mult],
    ast.BitAnd: [ast.BitOr], ast.BitOr: [ast.BitAnd],
}  # fmt: skip
NAMES = {
    "min": "max", "any": "all", "argmin": "argmax", "floor": "ceil", "startswith": "endswith",
    "minimum": "maximum", "median": "mean", "first": "last", "isdisjoint": "issubset",
}  # fmt: skip
NAMES |= {new: old for old, new in NAMES.items()} | {"sorted": "list", "sum": "max"}


@dataclass(frozen=True)
class Mutant:
    """One change of one file: the text between two places, and what stands there instead."""

    file: str
    lines: range
    start: int
    end: int
    old: str
    new: str

    def text(self) -> str:
        """The whole file with the change."""
        source = (ROOT / self.file).read_bytes()
        return (source[: self.start] + self.new.encode() + source[self.end :]).decode()

    def __str__(self) -> str:
        old, new = (" ".join(some.split()) for some in (self.old, self.new))
        return f"{self.file}:{self.lines.start}: {old[:90]}  →  {new[:90]}"


def mutants(file: str) -> Iterator[Mutant]:
    """Every change of a file that this module knows."""
    source = (ROOT / file).read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node in _code(ast.parse(source)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        old = source[start:end].decode()
        for new in _changes(node):
            if old.startswith("elif"):
                new = f"el{new}"
            yield Mutant(file, range(node.lineno, node.end_lineno + 1), start, end, old, new)


def _code(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """What computes: no types, docstrings, imports or decorators; an f-string as a whole."""
    whole = isinstance(node, ast.JoinedStr)
    if isinstance(node, ast.expr | ast.stmt):
        yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases"):
            continue
        for child in value if isinstance(value, list) else [value]:
            text = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            types = isinstance(child, ast.Import | ast.ImportFrom) or _is_type(child)
            types |= isinstance(child, ast.keyword) and child.arg in IDLE
            if isinstance(child, ast.AST) and not (text or types or whole):
                yield from _code(child)


def _is_type(node: object) -> bool:
    return isinstance(node, ast.Assign) and "Literal[" in ast.unparse(node)


def _changes(node: ast.expr | ast.stmt) -> Iterator[str]:
    match node:
        case ast.Compare(left=left, ops=ops, comparators=right):
            for at, op in enumerate(ops):
                for other in OTHER[type(op)]:
                    yield _written(ast.Compare(left, [*ops[:at], other(), *ops[at + 1 :]], right))
        case ast.BoolOp(op=op, values=values):
            yield _written(ast.BoolOp(OTHER[type(op)][0](), values))
            for at in range(len(values)):
                left = [*values[:at], *values[at + 1 :]]
                yield _written(ast.BoolOp(op, left) if len(left) > 1 else left[0])
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OTHER:
            for other in OTHER[type(op)]:
                yield _written(ast.BinOp(left, other(), right))
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand):
            yield _written(operand)
        case ast.Constant(value=bool(value)):
            yield str(not value)
        case ast.Constant(value=int(value)):
            yield str(value + 1)
        case ast.Constant(value=float(value)):
            yield repr(value * 1.1 if value else 0.1)
        case ast.Constant(value=str(value)) if len(value.split()) < FEW_WORDS:
            yield repr(value + "~")
        case ast.JoinedStr(values=values):
            said = [at for at, part in enumerate(values) if isinstance(part, ast.FormattedValue)]
            for one, other in itertools.pairwise(said):
                swapped = list(values)
                swapped[one], swapped[other] = values[other], values[one]
                yield _written(ast.JoinedStr(swapped))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield _written(body)
            yield _written(orelse)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            for part in node.generators:
                for at in range(len(part.ifs)):
                    taken = part.ifs.pop(at)
                    yield _written(node)
                    part.ifs.insert(at, taken)
        case ast.Call(keywords=keywords) if keywords and not _is_field(node):
            for at, keyword in enumerate(keywords):
                if keyword.arg and keyword.arg not in IDLE:
                    rest = [*keywords[:at], *keywords[at + 1 :]]
                    yield _written(ast.Call(node.func, node.args, rest))
        case ast.Name(id=name) if name in NAMES:
            yield NAMES[name]
        case ast.Attribute(value=value, attr=name) if name in NAMES:
            yield f"{_written(value)}.{NAMES[name]}"
        case ast.If(test=test) | ast.While(test=test):
            for instead in (True, False):
                if not (instead and isinstance(node, ast.While)):
                    node.test = ast.Constant(instead)
                    yield _block(node)
            node.test = test
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield "pass"
        case ast.Continue():
            yield "break"
        case ast.Break():
            yield "continue"


def _is_field(node: ast.Call) -> bool:
    return ast.unparse(node.func) in ("field", "dataclass", "TypeVar")


def _written(node: ast.AST) -> str:
    return f"({ast.unparse(ast.fix_missing_locations(node))})"


def _block(node: ast.stmt) -> str:
    """A statement of several lines, indented as the first one is."""
    return ast.unparse(node).replace("\n", "\n" + " " * node.col_offset)


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a changed text; nothing is read from or written to the cache of compiled files."""

    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self.text = text

    def get_code(self, fullname: str) -> CodeType:
        code: CodeType = compile(self.text, self.path, "exec")
        return code


class _Finder:
    """Finds the changed module, before anybody else does."""

    def __init__(self, mutant: Mutant) -> None:
        parts = Path(mutant.file).with_suffix("").parts
        self.name = ".".join(part for part in parts if part != "__init__")
        self.path, self.text = str(ROOT / mutant.file), mutant.text()

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != self.name:
            return None
        loader = _Loader(name, self.path, self.text)
        return importlib.util.spec_from_file_location(name, self.path, loader=loader)


def in_child(run: Callable[[], int], limit: float) -> int | None:
    """What `run` returned in a child of this process; None if it took longer than the limit."""
    child = os.fork()
    if not child:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        code = 70
        try:
            code = int(run())
        finally:
            os._exit(code)
    end = time.monotonic() + limit
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


class _Recorder:
    """Says to coverage which test runs; what a fixture or a module does counts for its file."""

    def __init__(self, cover: Coverage, file: str) -> None:
        self.cover, self.file, self.took = cover, file, dict[str, float]()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        self.cover.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self.cover.switch_context(self.file)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.took[report.nodeid] = self.took.get(report.nodeid, 0) + report.duration


def recorded(file: Path) -> dict[str, Any]:
    """Which lines of functions each test of a file executes, and how long the tests take.

    What was recorded serves until the file, or a source in which it executes a function, changes.
    """
    name = file.relative_to(ROOT).as_posix()
    kept = KEPT / f"{file.parent.name}-{file.stem}.json"
    if kept.exists():
        found = json.loads(kept.read_text())
        if all((ROOT / path).exists() and _hash(path) == was for path, was in found["of"].items()):
            return found
        kept.unlink()

    def run() -> int:
        places = [ROOT / place for room in ROOMS.values() for place in room]
        include = [str(place) if place.is_file() else f"{place}/*" for place in places]
        cover = Coverage(data_file=None, include=include, config_file=False)
        recorder = _Recorder(cover, name)
        cover.start()
        cover.switch_context(name)
        code = pytest.main([name, *QUIET], plugins=[recorder])
        cover.stop()
        lines: dict[str, dict[int, list[str]]] = {}
        for path in cover.get_data().measured_files():
            source = Path(path).relative_to(ROOT).as_posix()
            inside = in_functions(source)
            by_line = cover.get_data().contexts_by_lineno(path).items()
            found = {line: [c for c in tests if c] for line, tests in by_line if line in inside}
            if any(found.values()):
                lines[source] = found
        of = {path: _hash(path) for path in (name, *lines)}
        kept.write_text(json.dumps({"of": of, "lines": lines, "took": recorder.took}))
        return code

    print(f"recording {name}", flush=True)
    if in_child(run, 1800) not in (0, 5):
        kept.unlink(missing_ok=True)
        print(f"left out: {name}, which fails without any mutant", flush=True)
        return {"lines": {}, "took": {}}
    return json.loads(kept.read_text())


def _hash(path: str) -> str:
    return hashlib.sha256((ROOT / path).read_bytes()).hexdigest()


def in_functions(source: str) -> set[int]:
    """The lines that stand in the body of a function, and are not executed by an import."""
    functions = [
        node
        for node in ast.walk(ast.parse((ROOT / source).read_bytes()))
        if isinstance(node, ast.FunctionDef)
    ]
    return {
        line
        for node in functions
        for line in range(node.body[0].lineno, (node.end_lineno or 0) + 1)
    }


@dataclass
class Tests:
    """Which tests execute a line, the fastest first."""

    lines: dict[str, dict[int, set[str]]]
    took: dict[str, float]

    @classmethod
    def of(cls) -> "Tests":
        lines: dict[str, dict[int, set[str]]] = {}
        took: dict[str, float] = {}
        for tier in ("unit", "property"):
            for file in sorted((ROOT / "tests" / tier).glob("test_*.py")):
                found = recorded(file)
                took |= found["took"]
                for source, by_line in found["lines"].items():
                    for line, tests in by_line.items():
                        lines.setdefault(source, {}).setdefault(int(line), set()).update(tests)
        return cls(lines, took)

    def executing(self, mutant: Mutant) -> list[str]:
        """Those that execute a changed line; for what an import executes, all users of the file."""
        inside = self.lines.get(mutant.file, {})
        found = set().union(*(inside.get(line, set()) for line in mutant.lines))
        if not in_functions(mutant.file).intersection(mutant.lines):
            module = ".".join(Path(mutant.file).with_suffix("").parts)
            users = [f for f in self.lines if f == mutant.file or module in (ROOT / f).read_text()]
            found = {t for f in users for tests in self.lines[f].values() for t in tests}
        files = {test for test in found if "::" not in test}
        found |= {test for test in self.took if test.split("::")[0] in files}
        return sorted(found - files, key=lambda test: self.took.get(test, 0))


def sources(places: Sequence[str]) -> list[str]:
    """The files of a room."""
    found = [f for place in places for f in [ROOT / place, *(ROOT / place).glob("**/*.py")]]
    return sorted(file.relative_to(ROOT).as_posix() for file in found if file.suffix == ".py")


def is_killed(mutant: Mutant, tests: Sequence[str], took: float) -> bool:
    """Whether a test fails, or does not end, with the mutant in its place."""

    def run() -> int:
        sys.meta_path.insert(0, _Finder(mutant))
        return pytest.main([*tests, *QUIET, "-x", "--hypothesis-seed=0"])

    return in_child(run, 30 + 5 * took) != 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--room", choices=ROOMS, default="analysis")
    parser.add_argument("--file", default="", help="only files whose name has this in it")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sample", type=int, default=60)
    asked = parser.parse_args()
    os.chdir(ROOT)
    os.nice(10)
    os.environ["CI"] = "1"  # the property tests try the same examples each time
    KEPT.mkdir(exist_ok=True)
    for name in HEAVY:
        importlib.import_module(name)
    tests = Tests.of()
    known = [m for file in sources(ROOMS[asked.room]) if asked.file in file for m in mutants(file)]
    some = random.Random(asked.seed).sample(known, min(asked.sample, len(known)))
    alive = []
    for mutant in some:
        chosen = tests.executing(mutant)
        took = sum(tests.took.get(test, 0) for test in chosen)
        if not chosen or not is_killed(mutant, chosen, took):
            alive.append(mutant)
            print(f"alive  {mutant}  ({len(chosen)} tests)", flush=True)
    print(
        f"{asked.room}, seed {asked.seed}: {len(some)} of {len(known):,} mutants,"
        f" {len(some) - len(alive)} killed, {len(alive)} alive"
    )
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
