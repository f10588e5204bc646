-- SPDX-FileCopyrightText: 2026 The gradecalc authors
-- SPDX-License-Identifier: MIT
-- What a course is, who has what in it, and the grades that are written back.
-- A percent is exact text, such as 84.6 or 200/3.
CREATE TABLE courses (id TEXT PRIMARY KEY, name TEXT NOT NULL, cutoffs TEXT NOT NULL, blanks_are_zero INTEGER NOT NULL);
CREATE TABLE items (
    course TEXT NOT NULL REFERENCES courses, id TEXT NOT NULL, parent TEXT, place INTEGER NOT NULL, name TEXT NOT NULL,
    max_points NUMERIC, weight NUMERIC, drop_lowest INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (course, id)
);
CREATE TABLE learners (course TEXT NOT NULL REFERENCES courses, id TEXT NOT NULL, name TEXT, PRIMARY KEY (course, id));
CREATE TABLE marks (
    course TEXT NOT NULL, learner TEXT NOT NULL, item TEXT NOT NULL, points NUMERIC, PRIMARY KEY (course, learner, item)
);
CREATE TABLE exemptions (
    course TEXT NOT NULL, learner TEXT NOT NULL, item TEXT NOT NULL, why TEXT, PRIMARY KEY (course, learner, item)
);
CREATE TABLE grades (
    course TEXT NOT NULL, learner TEXT NOT NULL, percent TEXT, symbol TEXT, problem TEXT, definition TEXT NOT NULL,
    rules TEXT NOT NULL, written INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (course, learner)
);
