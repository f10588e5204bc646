# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The printed table of Brightspace: ten operators, three states on each side, both policies, on several values."""

import re

import pytest

from feeders.brightspace_truth_table import KINDS, PAIRS, found, said
from gradecalc.marks import EXEMPT, UNGRADED, UngradedPolicy
from vector_files import load

# operator, left, right, where ungraded is left out, where it counts as zero; L and R are the two values
TABLE = """
+  value    value    L+R   L+R
+  value    ungraded L     L
+  value    exempt   L     L
+  ungraded value    R     R
+  ungraded ungraded null  0
+  ungraded exempt   null  0
+  exempt   value    R     R
+  exempt   ungraded null  0
+  exempt   exempt   null  null
-  value    value    L-R   L-R
-  value    ungraded L     L
-  value    exempt   L     L
-  ungraded value    -R    -R
-  ungraded ungraded null  0
-  ungraded exempt   null  0
-  exempt   value    -R    -R
-  exempt   ungraded null  0
-  exempt   exempt   null  null
*  value    value    L*R   L*R
*  value    ungraded null  0
*  value    exempt   null  null
*  ungraded value    null  0
*  ungraded ungraded null  0
*  ungraded exempt   null  null
*  exempt   value    null  null
*  exempt   ungraded null  null
*  exempt   exempt   null  null
/  value    value    L/R   L/R
/  value    ungraded null  0
/  value    exempt   null  null
/  ungraded value    null  0
/  ungraded ungraded null  0
/  ungraded exempt   null  null
/  exempt   value    null  null
/  exempt   ungraded null  null
/  exempt   exempt   null  null
=  value    value    L=R   L=R
=  value    ungraded false L=0
=  value    exempt   false false
=  ungraded value    false 0=R
=  ungraded ungraded true  true
=  ungraded exempt   true  false
=  exempt   value    false false
=  exempt   ungraded true  false
=  exempt   exempt   true  true
<> value    value    L<>R  L<>R
<> value    ungraded true  L<>0
<> value    exempt   true  true
<> ungraded value    true  0<>R
<> ungraded ungraded false false
<> ungraded exempt   false true
<> exempt   value    true  true
<> exempt   ungraded false true
<> exempt   exempt   false false
>  value    value    L>R   L>R
>  value    ungraded false L>0
>  value    exempt   false false
>  ungraded value    false 0>R
>  ungraded ungraded false false
>  ungraded exempt   false false
>  exempt   value    false false
>  exempt   ungraded false false
>  exempt   exempt   false false
<  value    value    L<R   L<R
<  value    ungraded false L<0
<  value    exempt   false false
<  ungraded value    false 0<R
<  ungraded ungraded false false
<  ungraded exempt   false false
<  exempt   value    false false
<  exempt   ungraded false false
<  exempt   exempt   false false
>= value    value    L>=R  L>=R
>= value    ungraded false L>=0
>= value    exempt   false false
>= ungraded value    false 0>=R
>= ungraded ungraded true  true
>= ungraded exempt   true  false
>= exempt   value    false false
>= exempt   ungraded true  false
>= exempt   exempt   true  true
<= value    value    L<=R  L<=R
<= value    ungraded false L<=0
<= value    exempt   false false
<= ungraded value    false 0<=R
<= ungraded ungraded true  true
<= ungraded exempt   true  false
<= exempt   value    false false
<= exempt   ungraded true  false
<= exempt   exempt   true  true
"""
STATES = {"value": None, "ungraded": UNGRADED, "exempt": EXEMPT}
POLICIES = {"leave out": UngradedPolicy.LEAVE_OUT, "as zero": UngradedPolicy.AS_ZERO}
CELLS = [
    (op, left, right, policy, result)
    for op, left, right, *results in (line.split() for line in TABLE.strip().splitlines())
    for policy, result in zip(POLICIES, results, strict=True)
]


def test_the_table_is_whole():
    """There is a cell for each operator, state on each side and policy."""
    assert len({cell[:4] for cell in CELLS}) == 10 * 3 * 3 * 2


@pytest.mark.parametrize(("op", "left", "right", "policy", "result"), CELLS)
def test_cell(op, left, right, policy, result):
    """Every cell comes to what is printed, whatever the values are (F10 to F18)."""
    for pair in PAIRS:
        expected = said(result, *pair)
        actual = found(op, KINDS[op], (STATES[left], STATES[right]), POLICIES[policy], pair)
        assert (expected, type(expected) is bool) == (actual, type(actual) is bool), pair


def test_shared_vectors():
    """The table above is the shared one."""
    cases = load("brightspace_truth_table.json")
    policies = {"drop_ungraded": "leave out", "treat_as_zero": "as zero"}
    cells = cases["cells"]
    results = [re.sub(r"bool\((.*)\)", r"\1", cell["result"]) for cell in cells]
    places = [(cell["op"], cell["left"], cell["right"], policies[cell["policy"]]) for cell in cells]
    assert set(CELLS) == {(*place, result) for place, result in zip(places, results, strict=True)}
