# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""English: the tables of all rooms together, as each room declares its own."""

from __future__ import annotations

from enum import Enum
from typing import Final

from ..certificates.deadlines import DEADLINES
from ..certifications.credentials import CredentialState, CredentialStep, Force
from ..certifications.enrolment import EnrolmentState, EnrolmentStep
from ..certifications.notifications import Audience, NotificationKind
from ..certifications.permissions import Action, Role
from ..certifications.review import ReviewState, ReviewStep
from ..certifications.status import Attainment
from ..certifications.texts import CERTIFICATIONS
from ..curves.class_figures import CURVES
from ..decisions import DECISIONS
from ..exact import RoundingMode
from ..formula.explanation import FORMULAS, WhyNoScore
from ..gradebook.aggregation import FixedMaximum
from ..gradebook.contributions import BonusOf, ZeroRange
from ..gradebook.drops import DropBy, DropTies, TooFew, Unpointed
from ..gradebook.items import CalculationMethod, Empty
from ..gradebook.late_policy import LATE_WORK, Adjustment
from ..gradebook.moved_weights import Missed
from ..gradebook.policy_texts import CHOICE_TEXTS, POLICIES
from ..gradebook.replacement import ReplacedWhen
from ..gradebook.tree import OnlyBonus
from ..gradebook.weights import Distribution, Maximum, Rescale, Weightless, WeightUnit
from ..grading.calculated import CALCULATIONS
from ..language import Language
from ..lms.candidates import INFERENCE
from ..lms.canvas.lateness import LeftAlone
from ..lms.comparison import COMPARISON
from ..lms.imported import READING
from ..lms.moodle.availability.restriction_tree import AVAILABILITY
from ..lms.moodle.certificates import CERTIFICATES
from ..lms.moodle.completion.courses import COMPLETION
from ..lms.openedx.certificates.issuing import CHECKS, PATHS
from ..lms.openedx.certificates.uploads import UPLOADS
from ..lms.openedx.certificates.visibility import VISIBILITY, SeenAs
from ..lms.openedx.credit.progress import CREDIT
from ..lms.openedx.credit.requirements import CreditStatus
from ..lms.openedx.grading.course_grade import COURSE_GRADE
from ..lms.openedx.grading.progress_page import PROGRESS_PAGE_TEXTS, Hidden
from ..lms.openedx.proctoring.exams import EXAMS
from ..lms.openedx.proctoring.prerequisites import PREREQUISITES
from ..lms.openedx.proctoring.statuses import AttemptStatus
from ..lms.openedx.proctoring.texts import PROCTORING_TEXTS
from ..lms.reconciliation import RECONCILIATION
from ..lms.settings import SETTINGS
from ..lms.system_rules import RULES
from ..marks import ItemKind, UngradedPolicy
from ..outcomes import OUTCOMES
from ..outline_html import COLUMNS
from ..pages.documents import PAGES
from ..progress.contents import TopicKind
from ..progress.views import PROGRESS, Occasion
from ..reasons import CHOICES, NUMBERS, REPORT, ReasonTexts, say
from ..release_conditions.facts import FACTS, Completion
from ..release_conditions.texts import CONDITIONS, FINDINGS
from ..report.bounds import BOUNDS
from ..report.differences import DIFFERENCES
from ..report.finals import FINALS
from ..report.layouts import How
from ..report.own_changes import CHANGES
from ..report.results import Treatment
from ..report.rows import ROWS
from ..report.statuses import STATUSES
from ..report.sums import STEPS
from ..rounding import RoundingOf
from ..scenarios.effects import TEXTS as EFFECTS
from ..scenarios.influences import TEXTS as INFLUENCES
from ..scenarios.needs import TEXTS as NEEDS
from ..scenarios.needs import Reach
from ..scenarios.ranges import TEXTS as RANGES
from ..scenarios.shortfalls import TEXTS as SHORTFALLS
from ..scenarios.standings import STANDINGS, Prospect
from ..scenarios.sweeps import SWEEPS
from ..scenarios.targets import TARGETS
from ..statistics import STATISTICS, Deviation
from ..transitions import LOG
from ..verdicts import Verdict

_TABLES: Final = (
    AVAILABILITY,
    BOUNDS,
    CERTIFICATIONS,
    CHANGES,
    COLUMNS,
    CERTIFICATES,
    CHECKS,
    COMPARISON,
    COMPLETION,
    COURSE_GRADE,
    EXAMS,
    PROGRESS_PAGE_TEXTS,
    UPLOADS,
    VISIBILITY,
    CONDITIONS,
    DECISIONS,
    CREDIT,
    CURVES,
    DEADLINES,
    DIFFERENCES,
    EFFECTS,
    FACTS,
    FINALS,
    FINDINGS,
    CALCULATIONS,
    FORMULAS,
    INFERENCE,
    INFLUENCES,
    LATE_WORK,
    LOG,
    NEEDS,
    PAGES,
    STATUSES,
    NUMBERS,
    OUTCOMES,
    PATHS,
    POLICIES,
    PREREQUISITES,
    PROGRESS,
    PROCTORING_TEXTS,
    RANGES,
    READING,
    RECONCILIATION,
    REPORT,
    ROWS,
    RULES,
    SETTINGS,
    SHORTFALLS,
    STANDINGS,
    STATISTICS,
    STEPS,
    SWEEPS,
    TARGETS,
)

_CHOICES: Final[tuple[type[Enum], ...]] = (
    Action,
    Adjustment,
    Attainment,
    AttemptStatus,
    Audience,
    BonusOf,
    CalculationMethod,
    Completion,
    CredentialState,
    CredentialStep,
    CreditStatus,
    Deviation,
    Distribution,
    DropBy,
    DropTies,
    Empty,
    EnrolmentState,
    EnrolmentStep,
    FixedMaximum,
    Force,
    Hidden,
    How,
    ItemKind,
    LeftAlone,
    Maximum,
    Missed,
    NotificationKind,
    Occasion,
    OnlyBonus,
    Prospect,
    Reach,
    ReplacedWhen,
    Rescale,
    ReviewState,
    ReviewStep,
    Role,
    RoundingMode,
    RoundingOf,
    SeenAs,
    TooFew,
    TopicKind,
    Treatment,
    UngradedPolicy,
    Unpointed,
    Verdict,
    WeightUnit,
    Weightless,
    WhyNoScore,
    ZeroRange,
)
"""The enumerations whose members are said."""

_SAID: Final = [say(member, CHOICE_TEXTS.get(str(member), "")) for kind in _CHOICES for member in kind]

_WHOLE: Final = ReasonTexts(CHOICES, {each.code: str(each) for each in _SAID})

ENGLISH: Final = Language("en", {table.room: table.texts for table in (*_TABLES, _WHOLE)})
"""English, with a text for every code; for other separators of numbers: `attrs.evolve(ENGLISH, grouping=",")`."""
