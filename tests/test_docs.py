# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The documentation is true: its examples print what it says, the rules cited exist, and its links lead somewhere."""

import ast
import io
import os
import re
import shlex
import subprocess
import sys
import tokenize
from collections import Counter
from contextlib import redirect_stdout
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import attrs
import pytest

import gradecalc
from test_architecture import TIERS

PROJECT = Path(__file__).parent.parent
PAGES = {
    path.relative_to(PROJECT).as_posix(): path
    for path in [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
}
SOURCES = [path for folder in ("src", "tests") for path in sorted((PROJECT / folder).rglob("*.py"))]
SEMANTICS = PAGES["docs/semantics.md"].read_text(encoding="utf-8")

BLOCK = re.compile(
    r"^(?P<not_run><!-- not run: [^\n]+ -->\n)?```(?P<language>\w*)\n(?P<content>.*?)^```$", re.MULTILINE | re.DOTALL
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")

DOTTED = re.compile(r"\bgradecalc(?:\.[A-Za-z_]\w*)+\b(?![/(])")

RULE = re.compile(r"\b[A-Z]{1,2}\d{1,2}\b")
STATED_RULES = re.findall(r"^- \*\*([A-Z]{1,2}\d{1,2})\.\*\*", SEMANTICS, re.MULTILINE)
CITING = re.compile(r"\([^()]*\)|\bRules? [A-Z]{1,2}\d*(?:(?:,| and| to) [A-Z]{1,2}\d*)*")


class Block(NamedTuple):
    """A fenced block of a page, and what stands in a `text` block right below it."""

    language: str
    content: str
    line: int
    printed: str


def leads_somewhere(name):
    """Whether a dotted name is a module or a thing in a module."""
    module, _, last = name.rpartition(".")
    try:
        return find_spec(name) is not None or hasattr(import_module(module), last)
    except ModuleNotFoundError:
        return hasattr(import_module(module), last)


def blocks(page):
    """Yield the blocks of a page that are to be run."""
    text = page.read_text(encoding="utf-8")
    found = list(BLOCK.finditer(text))
    for match, below in zip_longest(found, found[1:]):
        if not match["not_run"]:
            answers = below and below["language"] == "text" and not text[match.end() : below.start()].strip()
            line = text.count("\n", 0, match.start("content"))
            yield Block(match["language"], match["content"], line, below["content"] if answers else "")


def run_python(block, names, file):
    """Return what a block prints, run with the names that the blocks before it have bound."""
    code = compile("\n" * block.line + block.content, file, "exec")
    with redirect_stdout(io.StringIO()) as printed:
        exec(code, names)  # noqa: S102 - the examples are ours
    return printed.getvalue()


def run_console(block):
    """Return a block with the output of each command of ours put in the place of what the page says of it."""
    first, *commands = re.split(r"^(?=\$ )", block.content, flags=re.MULTILINE)
    return "".join([first, *map(run_command, commands)])


def run_command(command):
    """Return a command line with what it prints, or as it is if it is none of ours."""
    line = command.partition("\n")[0]
    if not line.startswith("$ python -m gradecalc"):
        return command
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, *shlex.split(line)[2:]],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    return f"{line}\n{done.stdout}"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_happens(name):
    """Every Python example prints what stands below it, and nothing else; so does every command."""
    names = {"__name__": "__main__"}
    for block in blocks(PAGES[name]):
        if block.language == "python":
            assert block.printed == run_python(block, names, name)
        elif block.language == "console":
            assert block.content == run_console(block)


@pytest.mark.parametrize("name", PAGES)
def test_internal_links_lead_to_files(name):
    """Every link of a page that leads nowhere else leads to a file of the project."""
    targets = LINK.findall(BLOCK.sub("", PAGES[name].read_text(encoding="utf-8")))
    paths = [target.partition("#")[0] for target in targets if ":" not in target]
    assert [] == [path for path in paths if path and not (PAGES[name].parent / path).exists()]


def prose(path):
    """Yield every docstring and every comment of a source file."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    yield from (token.string for token in tokens if token.type == tokenize.COMMENT)


def cited_rules():
    """Return every rule id cited in the sources, with the files that cite it."""
    cited = {}
    for path in SOURCES:
        for text in prose(path):
            for citing in CITING.findall(text):
                for rule in RULE.findall(citing):
                    cited.setdefault(rule, set()).add(path.relative_to(PROJECT).as_posix())
    return cited


def test_rules_are_numbered_once():
    """No two rules have the same number, and each family counts from 1 without a gap."""
    counts = Counter(rule.rstrip("0123456789") for rule in STATED_RULES)
    assert [f"{family}{nth}" for family, count in counts.items() for nth in range(1, count + 1)] == STATED_RULES


def test_every_rule_cited_in_the_sources_exists():
    """Whoever follows a rule's number from the code or a test to the semantics finds it there."""
    assert {} == {rule: sorted(paths) for rule, paths in cited_rules().items() if rule not in STATED_RULES}


@pytest.mark.parametrize("name", PAGES)
def test_every_rule_cited_in_a_page_exists(name):
    """Whoever follows a rule's number from a page to the semantics finds it there."""
    text = BLOCK.sub("", PAGES[name].read_text(encoding="utf-8"))
    assert set() == {rule for citing in CITING.findall(text) for rule in RULE.findall(citing)} - set(STATED_RULES)


def test_the_reference_has_every_public_name():
    """Every public name stands in the reference, as code."""
    text = PAGES["docs/reference.md"].read_text(encoding="utf-8")
    assert [] == [name for name in gradecalc.__all__ if not re.search(rf"`{name}\b", text)]


TELLING = {"Problem", "FormulaError", "_refused", "_refusal", "_refuse", "_notice", "_MisfitError"}
CODE = re.compile("[a-z]+(_[a-z]+)*")


def codes_of(path):
    """Return the codes of the problems that a file of the sources tells of, and every text in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    calls = [node for node in nodes if isinstance(node, ast.Call) and node.args]
    told = {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant) and name_of(call) in TELLING}
    return {code for code in told if isinstance(code, str) and CODE.fullmatch(code)}, texts


def name_of(call):
    """Return the name of the function that a call is of."""
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def test_the_page_of_codes_has_every_code():
    """Every code of a problem that is none of a file stands on the page of codes, and every one there is in use."""
    house = Path(gradecalc.__file__).parent
    outside = {"lms", "command_line"}
    paths = [each for each in house.rglob("*.py") if each.relative_to(house).parts[0] not in outside]
    found = [codes_of(path) for path in paths]
    rows = [row.split("|")[1] for row in PAGES["docs/codes.md"].read_text(encoding="utf-8").splitlines() if "|" in row]
    stated = {code for row in rows for code in re.findall("`([a-z_]+)`", row)}
    assert set() == set().union(*(told for told, _ in found)) - stated
    assert set() == stated.difference(*(texts for _, texts in found))


PUBLIC = [getattr(gradecalc, name) for name in gradecalc.__all__]
ENUMERATIONS = [each for each in PUBLIC if isinstance(each, type) and issubclass(each, Enum)]


@pytest.mark.parametrize("kind", ENUMERATIONS)
def test_the_reference_has_every_choice(kind):
    """Every member of a public enumeration stands in the reference, as code."""
    text = PAGES["docs/reference.md"].read_text(encoding="utf-8")
    assert [] == [member.name for member in kind if f"`{member.name}`" not in text]


@pytest.mark.parametrize("value", [each for each in PUBLIC if attrs.has(each)])
def test_a_class_stands_in_the_reference_with_all_that_it_takes(value):
    """Where the reference has a class with its arguments, none is left out that it does not leave to `…`."""
    text = PAGES["docs/reference.md"].read_text(encoding="utf-8")
    takes = set(signature(value).parameters)
    for stated in re.findall(rf"`{value.__name__}\(([^`]*)\)`", text):
        named = re.findall(r"[a-z_]+(?==)|(?<![^ ])[a-z_]+", stated)
        assert set(named) <= takes
        assert stated.endswith("…") or takes == set(named)


def test_the_architecture_has_the_tiers_that_are_enforced():
    """The table of tiers is the one by which imports are judged."""
    text = PAGES["docs/architecture.md"].read_text(encoding="utf-8")
    rooms = dict(re.findall(r"^\| `([\w.]+)` \| ((?:`\w+`| |→)+) \|$", text, re.MULTILINE))
    rooms["gradecalc"] = " → ".join(reversed(re.findall(r"^\| \d+ \| (.*) \|$", text, re.MULTILINE)))
    tiers = {package: [re.findall(r"`(\w+)`", tier) for tier in row.split("→")] for package, row in rooms.items()}
    assert {package: [tier.split() for tier in tiers] for package, tiers in TIERS.items()} == tiers


def test_every_module_that_a_page_names_is_there():
    """A dotted name of the library on a page leads to a module, or to something in one."""
    texts = {name: page.read_text(encoding="utf-8") for name, page in PAGES.items()}
    named = {(page, found) for page, text in texts.items() for found in DOTTED.findall(text)}
    assert [] == sorted((page, name) for page, name in named if not leads_somewhere(name))


def test_the_architecture_names_files_that_are_there():
    """Every file and folder that the table of concepts names exists."""
    text = PAGES["docs/architecture.md"].read_text(encoding="utf-8")
    names = re.findall(r"`([\w/]+(?:\.py|/))`(?= \||, `)", text)
    assert [] == [name for name in names if not (PROJECT / "src/gradecalc" / name).exists()]
