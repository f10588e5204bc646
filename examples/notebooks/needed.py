# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What do I need on the exam? A marimo notebook, which is a script too."""

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo

    from gradecalc import Category, DropRule, Gradebook, GradeItem, GradeScheme, WeightedMean
    from gradecalc.extras.widget import WhatIfWidget
    from gradecalc.scenarios import needed

    book = Gradebook(
        [
            Category("Quizzes", [GradeItem(f"Quiz {n}", 10) for n in (1, 2, 3)], drop=DropRule(lowest=1), weight=40),
            GradeItem("Exam", 100, weight=60),
        ],
        aggregation=WeightedMean(),
        scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "C": 50, "F": 0}),
    )
    marks = {"Quiz 1": 6, "Quiz 2": 8, "Quiz 3": 9}
    return WhatIfWidget, book, marks, mo, needed


@app.cell
def _(WhatIfWidget, book, marks, mo):
    widget = mo.ui.anywidget(WhatIfWidget(book, marks))
    widget
    return (widget,)


@app.cell
def _(book, marks, needed, widget):
    supposed = {id_: mark for id_, mark in widget.value["changes"].items() if isinstance(mark, int | float)}
    answer = needed(book, marks | supposed, "Exam", target=book.scheme, step=1)
    answer
    return (answer,)


if __name__ == "__main__":
    app.run()
