# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the page asks of the library: plain data in, plain data out, in a browser and in a test alike."""

from fractions import Fraction

from attrs import evolve

from gradecalc import EXEMPT, UNGRADED, GradecalcError, GradeScheme, ItemKind, compile_gradebook, grade
from gradecalc.exact import write_short
from gradecalc.lms import infer, read, reconcile
from gradecalc.scenarios import needed, passes, what_if

KINDS = {
    "blackboard": "a file of Blackboard",
    "brightspace": "a file of Brightspace",
    "canvas": "a file of Canvas",
    "gradescope": "a file of Gradescope",
    "moodle": "a file of Moodle",
    "oneroster": "an archive of OneRoster",
    "openedx": "a file of Open edX",
    "spreadsheet": "a sheet of your own",
}
"""What a file is, by the system that it was read as."""


class Page:
    """A file that was opened, and the learner who was chosen."""

    def open(self, data, name):
        """Read a file, and return what it is, whether its finals agree, and who is in it."""
        imported = read(bytes(data), name)
        if not imported.marks:
            return {"problems": [str(each) for each in imported.problems] or ["nobody is in this file"]}
        self.imported, self.own, told = imported, *_plan_of(imported)
        self.plan = self.own
        compared = reconcile(imported, self.plan)
        return {
            "kind": KINDS[imported.system],
            "notes": [compared.summary, *told],
            "problems": [str(each) for each in imported.problems if each.severity.value == "error"],
            "learners": [{"id": id_, "name": self._name(id_)} for id_ in imported.marks],
            "targets": self._targets(),
        }

    def letter(self, text):
        """Grade with the symbols of a text such as `A=85, F=0`, or with the file's own; return them, best first."""
        pairs = [each.partition("=")[::2] for each in text.replace(";", ",").split(",") if each.strip()]
        book = self.own.gradebook
        if pairs:
            scheme = GradeScheme.from_cutoffs({symbol.strip(): _percent(start) for symbol, start in pairs})
            book = evolve(book, scheme=scheme)
        self.plan = compile_gradebook(book)
        return self._targets()

    def choose(self, learner):
        """Return the items of a learner, each with its mark and its maximum."""
        self.marks = self.imported.marks[learner]
        report = grade(self.plan, self.marks)
        items = [line for line in self.plan.lines if getattr(line, "kind", ItemKind.TEXT) is not ItemKind.TEXT]
        return [self._item(report[line.id], line) for line in items]

    def suppose(self, changes):
        """Return what becomes of the grades with these changes: a number, "exempt" or "none" for an item's id."""
        supposed = what_if(self.plan, self.marks, {id_: _MARKS.get(mark, mark) for id_, mark in changes.items()})
        return {
            "final": _final(supposed.after.final),
            "before": _final(supposed.before.final),
            "changes": supposed.outline().html() if supposed.changes else "",
            "report": supposed.after.outline().html(),
        }

    def need(self, item, target, changes):
        """Return what is needed on an item for a target, or for each symbol, with all else as it is supposed."""
        others = {id_: _MARKS.get(mark, mark) for id_, mark in changes.items() if id_ != item}
        marks = {**self.marks, **others}
        wanted = self.plan.gradebook.scheme if target == "" else self._target(target)
        if wanted is None:
            return "<p>Say for which percent.</p>"
        return needed(self.plan, marks, item, wanted).outline().html()

    def _target(self, text):
        if text == "pass":
            return passes
        known = {band.symbol for band in self.plan.gradebook.scheme.bands} if self.plan.gradebook.scheme else ()
        return text if text in known else _percent(text)

    def _targets(self):
        scheme = self.plan.gradebook.scheme
        return [band.symbol for band in reversed(scheme.bands)] if scheme else []

    def _name(self, learner):
        known = self.imported.learners.get(learner)
        return known.name if known and known.name else learner

    def _item(self, result, line):
        maximum = float(line.max_points)
        recorded = result.recorded
        return {
            "id": result.id,
            "name": result.name,
            "max": maximum,
            "shown_max": write_short(line.max_points),
            "mark": None if recorded is None or isinstance(recorded, str) else float(recorded),
            "exempt": result.treatment.value == "exempt",
        }


def _plan_of(imported):
    """Return the plan by which the file's finals come out, and what had to be inferred for it."""
    plan = compile_gradebook(imported.gradebook)
    if not reconcile(imported, plan).differ:
        return plan, []
    found = infer(imported)
    if found.candidates:
        plan = compile_gradebook(found.candidates[0].gradebook)
    return plan, [str(each) for each in found.words]


def _percent(text):
    """Return the percent that a text states, or the text, for the library to say what would do."""
    try:
        return Fraction(text.strip().removesuffix("%").strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return text.strip()


def _final(result):
    return f"{result.shown} % {result.symbol or ''}".strip() if result.percent is not None else result.shown


_MARKS = {"exempt": EXEMPT, "none": UNGRADED}


def attempt(call, *arguments):
    """Return what a call returns, or in `error` what is wrong with what it was given."""
    try:
        return {"value": call(*arguments)}
    except GradecalcError as error:
        return {"error": str(error)}
