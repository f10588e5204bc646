# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a feeder is given: parsed JSON that remembers which of its values somebody has read.

>>> given = Given({"score": 5, "policy": {"interval": "day", "floor": None}, "steps": [1, 2]})
>>> given["score"], [step for step in given["steps"]], given["policy"].get("interval")
(5, [1, 2], 'day')
>>> given.unread()
['policy.floor']

To ask whether a key is there, which keys there are or how many is not to read what stands there.
"""

import re


class Given(dict):
    """An object of parsed JSON; `unread` lists the paths to the values in it that nobody has read."""

    def __init__(self, value, path="", waiting=None, earlier=()):
        self.path, self.waiting = path, {} if waiting is None else waiting
        self.earlier = tuple(Given(each) for each in earlier)
        super().__init__({key: watched(each, f"{path}.{key}".lstrip("."), self.waiting) for key, each in value.items()})

    def unread(self):
        """Return the paths of what nobody has read, in the order of the case."""
        return list(self.waiting)

    def ignore(self, path, why):
        """Leave what is at a path (`items[].title`), and below it, unread for a stated reason."""
        assert why, f"{path} is ignored without a reason"
        pattern = re.compile(re.escape(path).replace(r"\[\]", r"\[\d+\]") + r"(?![^.\[])")
        for each in [waiting for waiting in self.waiting if pattern.match(waiting)]:
            del self.waiting[each]

    def __getitem__(self, key):
        self.waiting.pop(f"{self.path}.{key}".lstrip("."), None)
        return super().__getitem__(key)

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __iter__(self):
        return iter(list(super().__iter__()))

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]

    def copy(self):
        return dict(self.items())

    def __or__(self, other):
        return self.copy() | dict(other)

    def __ror__(self, other):
        return dict(other) | self.copy()

    def __eq__(self, other):
        return self.copy() == other

    __hash__ = None


class GivenList(list):
    """An array of parsed JSON of the same sort."""

    def __init__(self, value, path, waiting):
        self.path, self.waiting = path, waiting
        super().__init__(watched(each, f"{path}[{nth}]", waiting) for nth, each in enumerate(value))

    def __getitem__(self, at):
        if isinstance(at, slice):
            return [self[nth] for nth in range(*at.indices(len(self)))]
        self.waiting.pop(f"{self.path}[{at % len(self) if len(self) else at}]", None)
        return super().__getitem__(at)

    def __iter__(self):
        return (self[nth] for nth in range(len(self)))

    def __reversed__(self):
        return reversed(list(self))

    def __contains__(self, value):
        return value in list(self)

    def __add__(self, other):
        return list(self) + list(other)

    def __radd__(self, other):
        return list(other) + list(self)

    def __eq__(self, other):
        return list(self) == other

    __hash__ = None


def watched(value, path, waiting):
    """Return a value that takes itself, or what is in it, from what waits to be read."""
    if isinstance(value, dict) and value:
        return Given(value, path, waiting)
    if isinstance(value, list) and value:
        return GivenList(value, path, waiting)
    waiting[path] = None
    return value
