# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a course does with late work, and the curves, as plain data, JSON or TOML, and back; needs cattrs.

>>> rules = loads_toml('''
... format = "gradecalc.late_rules/1"
... policy = {deduction = 10, interval = "day"}
... bank = {size = 3}
... ''')
>>> to_dict(rules)
{'format': 'gradecalc.late_rules/1', 'policy': {'deduction': '10'}, 'bank': {'size': 3}}

Each is a document of its own, and its `"format"` says which: it is always there. All else is as in the files of
gradebooks (`gradecalc.extras.definitions`): numbers are exact text, what is at its default is left out, and every
problem is reported with its path.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from ..curves.shapes import (
    AddGapToBest,
    Curve,
    FlatPoints,
    LinearCurve,
    ScaleToMean,
    ShiftToMean,
    SpreadToMean,
    SquareRootCurve,
    ZScoreClobber,
)
from ..errors import DefinitionError, Problem, nearest
from ..exact import describe
from ..fields import find_problems as find_field_problems
from ..gradebook.late_bank import LateBank
from ..gradebook.late_policy import LatePolicy
from ..grading.late_work import ItemLatePolicy, LateRules
from .definition_text import parse_json, parse_toml
from .definitions import read_fields, write_fields

__all__ = ["FORMATS", "Policy", "dumps_json", "find_problems", "from_dict", "loads_json", "loads_toml", "to_dict"]

Policy = LateRules | LatePolicy | LateBank | ItemLatePolicy | Curve
"""What can stand in a document of its own."""

FORMATS: Final[Mapping[str, type[Policy]]] = {
    "gradecalc.late_rules/1": LateRules,
    "gradecalc.late_policy/1": LatePolicy,
    "gradecalc.late_bank/1": LateBank,
    "gradecalc.item_late_policy/1": ItemLatePolicy,
    "gradecalc.scale_to_mean/1": ScaleToMean,
    "gradecalc.shift_to_mean/1": ShiftToMean,
    "gradecalc.add_gap_to_best/1": AddGapToBest,
    "gradecalc.flat_points/1": FlatPoints,
    "gradecalc.linear_curve/1": LinearCurve,
    "gradecalc.square_root_curve/1": SquareRootCurve,
    "gradecalc.spread_to_mean/1": SpreadToMean,
    "gradecalc.z_score_clobber/1": ZScoreClobber,
}
"""The format of each kind of document."""

_FORMAT: Final = "format"


def to_dict(policy: Policy) -> dict[str, Any]:
    """Return a policy or curve as plain data with a `"format"` key; raises `DefinitionError` for one with errors."""
    stated = next((stated for stated, kind in FORMATS.items() if type(policy) is kind), None)
    if stated is None:
        message = f"{describe(policy)} is none of: {', '.join(kind.__name__ for kind in FORMATS.values())}"
        raise DefinitionError([Problem("wrong_type", "", message)])
    DefinitionError.refuse(find_field_problems(policy, ""))
    return {_FORMAT: stated, **write_fields(policy)}


def from_dict(data: object) -> Policy:
    """Return the policy or curve that plain data states; raises `DefinitionError` with every misfit and problem."""
    policy: Policy
    policy, problems = _read(data)
    DefinitionError.refuse(problems)
    return policy


def find_problems(data: object) -> tuple[Problem, ...]:
    """Return every problem of a policy or curve in plain data, of its shape and of its meaning."""
    return _read(data)[1]


def loads_json(text: str) -> Policy:
    """Return the policy or curve that a JSON text states; raises `DefinitionError`."""
    return from_dict(parse_json(text))


def loads_toml(text: str) -> Policy:
    """Return the policy or curve that a TOML text states; raises `DefinitionError`."""
    return from_dict(parse_toml(text))


def dumps_json(policy: Policy) -> str:
    """Return a policy or curve as JSON text; raises `DefinitionError` for one that has errors."""
    return json.dumps(to_dict(policy), indent=2, ensure_ascii=False)


def _read(data: object) -> tuple[Any, tuple[Problem, ...]]:
    """Return what is left of a document without its misfits, and every problem."""
    if not isinstance(data, Mapping):
        return None, (Problem("wrong_type", "", f"the document is {describe(data)}; it must be a table"),)
    stated = data.get(_FORMAT)
    if not isinstance(stated, str) or stated not in FORMATS:
        hint = nearest(stated, FORMATS) if isinstance(stated, str) else ""
        message = f"format is {describe(stated)}; it must be one of: {', '.join(FORMATS)}{hint}"
        return None, (Problem("wrong_format", _FORMAT, message),)
    own = {key: value for key, value in data.items() if key != _FORMAT}
    policy, misfits = read_fields(own, FORMATS[stated])
    told = {problem.path for problem in misfits}
    meaning = () if policy is None else find_field_problems(policy, "")
    return policy, (*misfits, *(problem for problem in meaning if problem.path not in told))
