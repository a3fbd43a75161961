# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Python environments of peers that tests run against, made once each below the user's cache folder."""

import hashlib
import os
import shutil
import subprocess
import sys

import tap


def cache_folder():
    """Where what is made or fetched once is kept, as ./dev has it."""
    cache = os.environ.get("SOBREMESA_DEV_CACHE") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(cache, "sobremesa-dev")


def python(*requirements):
    """The interpreter of an environment that has the requirements; a case that needs it is skipped where it cannot be made."""
    name = hashlib.sha256(" ".join(requirements).encode()).hexdigest()[:12]
    folder = os.path.join(cache_folder(), f"python-{name}")
    interpreter = os.path.join(folder, "bin", "python")
    mark = os.path.join(folder, ".complete")
    if os.path.exists(mark):
        return interpreter
    shutil.rmtree(folder, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", folder], check=False, capture_output=True, text=True)
    if made.returncode == 0:
        made = subprocess.run([interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements], check=False,
                              capture_output=True, text=True, timeout=600)
    if made.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        raise tap.Skip(f"{' '.join(requirements)} cannot be installed: {(made.stderr or made.stdout)[-120:]!r}")
    with open(mark, "w", encoding="utf-8"):
        pass
    return interpreter


def use(*requirements):
    """Makes the requirements importable here; a case that needs them is skipped where that cannot be done."""
    found = subprocess.run([python(*requirements), "-c", "import sysconfig; print(sysconfig.get_paths()['platlib'])"], check=True,
                           stdout=subprocess.PIPE, text=True)
    if found.stdout.strip() not in sys.path:
        sys.path.append(found.stdout.strip())
