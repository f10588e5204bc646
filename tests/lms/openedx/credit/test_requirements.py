# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What credit in Open edX requires, and how it is read."""

from hypothesis import given
from hypothesis import strategies as st

from gradecalc.lms.openedx.credit.requirements import EXAM, CreditRequirement, CreditStatus, read_requirements


def test_requirements_are_read_with_every_problem():
    """A requirement without one of the four fields, or with another kind of value, is none and says why (Q23)."""
    whole = {"namespace": "grade", "name": "grade", "display_name": "Grade", "criteria": {"min_grade": 0.52}}
    found, problems = read_requirements([{"namespace": "grade", "name": 3}, whole, "grade"])
    assert (CreditRequirement("grade", "grade", "Grade", {"min_grade": 0.52}, 1),) == found
    expected = [
        "requirements[0].name",
        "requirements[0].display_name",
        "requirements[0].criteria",
        "requirements[2]",
    ]
    assert expected == [problem.path for problem in problems]


def test_a_requirement_is_hashable_whatever_its_criteria():
    """A requirement can be a key, whatever parsed JSON its criteria hold (Q23)."""
    listed = CreditRequirement(EXAM, "listed", criteria={"any": ["thing"]})
    assert CreditStatus.FAILED is {listed: CreditStatus.FAILED}[listed]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["namespace", "name", "display_name", "criteria"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=5))
def test_whatever_is_listed_is_read_or_has_a_problem(rows):
    """Any parsed JSON gives requirements, and a problem for each row that is none (Q23)."""
    found, problems = read_requirements(rows)
    assert len(rows) - len(found) <= len(problems)
    assert all(isinstance(each, CreditRequirement) for each in found)
