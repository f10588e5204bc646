# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""OneRoster 1.2: the files of its gradebook service, read as a gradebook and marks, and written.

>>> files = {
...     "lineItems.csv": "sourcedId,status,dateLastModified,title,resultValueMax\nq1,,,Quiz,10\n",
...     "results.csv": "sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score\n"
...     "r1,,,q1,s1,exempt,\nr2,,,q1,s2,not submitted,\nr3,,,q1,s3,fully graded,0\n",
... }
>>> read(files).marks
{'s1': {'q1': EXEMPT}, 's2': {'q1': UNGRADED}, 's3': {'q1': 0}}
"""

from .reading import read
from .tables import is_archive
from .writing import Placement, WrittenArchive, write

__all__ = ["Placement", "WrittenArchive", "is_archive", "read", "write"]
