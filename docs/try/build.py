# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Put the page together in a folder that any web server can serve, with all that it needs.

python docs/try/build.py FOLDER

Needs pip and npm, and build in the Python that runs it: the wheels of gradecalc and of attrs, and Pyodide from its npm
package, are put beside the page, so that a visitor's browser asks nobody else for anything.
"""

import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
PAGE = ("index.html", "try.css", "try.js", "page.py")
PYODIDE = "pyodide@314.0.7"
NEEDED_OF_IT = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip")


def build(folder):
    """Put everything into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PAGE:
        shutil.copy(HERE / name, folder)
    shutil.copy(PROJECT / "examples" / "biology" / "grades.csv", folder / "example.csv")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", folder / "wheels", PROJECT)
    wheels = sorted(path.relative_to(folder).as_posix() for path in (folder / "wheels").glob("*.whl"))
    (folder / "wheels.json").write_text(json.dumps(wheels), encoding="utf-8")
    add_pyodide(folder / "pyodide")


def add_pyodide(folder):
    """Put what is needed of the npm package of Pyodide into the folder."""
    folder.mkdir(exist_ok=True)
    with TemporaryDirectory() as place:
        run("npm", "pack", "--silent", PYODIDE, cwd=place)
        (archive,) = Path(place).glob("*.tgz")
        with tarfile.open(archive) as packed:
            for name in NEEDED_OF_IT:
                (folder / name).write_bytes(packed.extractfile(f"package/{name}").read())


def run(*command, cwd=None):
    """Run a command, which must succeed."""
    subprocess.run([str(each) for each in command], cwd=cwd, check=True)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
