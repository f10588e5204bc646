-- SPDX-FileCopyrightText: 2026 The gradecalc authors
-- SPDX-License-Identifier: MIT
-- An invented course and its class.
INSERT INTO courses VALUES ('bio-1', 'Biology', '{"A": 85, "B": 70, "C": 55, "F": 0}', 0);
INSERT INTO items (course, id, parent, place, name, max_points, weight, drop_lowest) VALUES
    ('bio-1', 'quizzes', NULL, 1, 'Quizzes', NULL, 40, 1),
    ('bio-1', 'quiz-1', 'quizzes', 1, 'Quiz 1', 10, NULL, 0),
    ('bio-1', 'quiz-2', 'quizzes', 2, 'Quiz 2', 10, NULL, 0),
    ('bio-1', 'quiz-3', 'quizzes', 3, 'Quiz 3', 10, NULL, 0),
    ('bio-1', 'exam', NULL, 2, 'Exam', 100, 60, 0);
INSERT INTO learners VALUES ('bio-1', 'u1', 'Ada'), ('bio-1', 'u2', 'Ben'), ('bio-1', 'u3', 'Cleo'), ('bio-1', 'u4', 'Dan');
INSERT INTO marks VALUES
    ('bio-1', 'u1', 'quiz-1', 9), ('bio-1', 'u1', 'quiz-2', 4), ('bio-1', 'u1', 'exam', 81),
    ('bio-1', 'u2', 'quiz-1', 7.5), ('bio-1', 'u2', 'quiz-2', 6), ('bio-1', 'u2', 'exam', 64.5),
    ('bio-1', 'u3', 'exam', 70),
    ('bio-1', 'u4', 'quiz-1', 'absent');
INSERT INTO exemptions VALUES ('bio-1', 'u3', 'quizzes', 'joined late');
