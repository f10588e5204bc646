# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A grade point average over courses, each with its credits, and what the last course must come to."""

from gradecalc import Band, Gradebook, GradeItem, GradeScheme, ItemKind, Rounding, WeightedMean, grade
from gradecalc.scenarios import needed

POINTS = {"A": 4, "B": 3, "C": 2, "D": 1, "F": 0}
LETTERS = GradeScheme(tuple(Band(letter, start=25 * points) for letter, points in reversed(POINTS.items())))
CREDITS = {"Algebra": 6, "Mechanics": 4, "Writing": 3, "Seminar": 2}
TRANSCRIPT = Gradebook(
    [
        GradeItem(course, max_points=4, weight=of_it, kind=ItemKind.SELECTBOX, scheme=LETTERS)
        for course, of_it in CREDITS.items()
    ],
    aggregation=WeightedMean(),
    max_points=4,
    shown=Rounding(places=1),
    name="Grade point average",
)
LETTERS_OF_ADA = {"Algebra": "A", "Mechanics": "B", "Writing": "B"}


def main() -> None:
    """Print the average of the courses that are done, and what the seminar must come to for another."""
    report = grade(TRANSCRIPT, LETTERS_OF_ADA)
    print(report)
    print(f"GPA {float(report.final.points):.2f} over {sum(CREDITS[course] for course in LETTERS_OF_ADA)} credits")
    for gpa in (3.5, 3.3):
        print(f"for {gpa}: {needed(TRANSCRIPT, LETTERS_OF_ADA, 'Seminar', target=gpa * 25)}")


if __name__ == "__main__":
    main()
