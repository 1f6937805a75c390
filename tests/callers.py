"""Definitions without a caller in production: ``python -m tests.callers``.

A function, class or constant at the top of a module of `cscdash`, or a method of a class there,
counts as called if its name stands anywhere in `cscdash`, `pages` or an app file outside its own
definition. Names that a library calls are left out: those that a decorator registers, and
pydantic's validators and fields.
"""

import ast
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def sources() -> list[Path]:
    """The files of production."""
    return [*ROOT.glob("*.py"), *(ROOT / "pages").glob("*.py"), *(ROOT / "cscdash").rglob("*.py")]


def uncalled() -> list[str]:
    """The definitions that nothing in production calls, as ``module: name``."""
    texts = {file: file.read_text(encoding="utf-8") for file in sources()}
    trees = {file: ast.parse(text) for file, text in texts.items()}
    used: Counter[str] = Counter()
    for tree in trees.values():
        used.update(_names(tree))
    found = []
    for file, tree in trees.items():
        for name, node in _definitions(tree):
            inside = Counter(_names(node))[name]  # a function that calls itself has no caller yet
            if used[name] - inside <= 0:
                found.append(f"{file.relative_to(ROOT)}: {name}")
    return sorted(found)


def _names(tree: ast.AST) -> list[str]:
    """Every name that is used: not where it is defined, imported or listed for export."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.append(node.id)
        elif isinstance(node, ast.Attribute):
            found.append(node.attr)
        elif isinstance(node, ast.alias) and node.asname:
            found.append(node.name)
        elif isinstance(node, ast.keyword) and node.arg:
            found.append(node.arg)
        elif isinstance(node, ast.Constant) and " " not in str(node.value):
            found += _WORD.findall(str(node.value))  # a name in a registry, not a sentence
    return found


def _definitions(tree: ast.Module) -> list[tuple[str, ast.AST]]:
    found: list[tuple[str, ast.AST]] = []
    for node in tree.body:
        if isinstance(node, ast.Assign):
            found += [(t.id, node) for t in node.targets if isinstance(t, ast.Name)]
        elif isinstance(node, ast.FunctionDef) and not _registered(node):
            found.append((node.name, node))
        elif isinstance(node, ast.ClassDef):
            found.append((node.name, node))
            parts = [part for part in node.body if isinstance(part, ast.FunctionDef)]
            if not node.bases:  # what a class overrides, its base calls
                found += [(part.name, part) for part in parts if not _registered(part)]
    return [(name, node) for name, node in found if not name.startswith("__")]


def _registered(function: ast.FunctionDef) -> bool:
    """Whether a decorator gives it to a library."""
    said = " ".join(ast.unparse(one) for one in function.decorator_list)
    return "validator" in said or ".command(" in said


if __name__ == "__main__":
    left = uncalled()
    print("\n".join(left) or "Everything that is defined is called.")
    sys.exit(bool(left))
