#!/bin/sh
# Makes the virtual environment $2 with the interpreter $1, or says in one sentence what is missing.
set -eu
python=$1
venv=$2

stop() {
  echo "$1" >&2
  exit 1
}

# Where a sound environment stands already there is nothing to do; half a one (an interrupted start) is made again.
if "$venv/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then exit 0; fi

command -v "$python" >/dev/null 2>&1 ||
  stop "There is no \`$python\` on this machine; install Python 3.11 or later, or name one: make run PYTHON=/path/to/python3."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  stop "\`$python\` is $("$python" -V 2>&1), and the atlas needs Python 3.11 or later; install one and name it: make run PYTHON=python3.12."
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
  stop "\`$python\` cannot make virtual environments; install its venv module (on Debian and Ubuntu: apt install python3-venv) and run make again."

echo "Making the environment $venv with $("$python" -V 2>&1) ..."
"$python" -m venv --clear "$venv" ||
  stop "The environment $venv could not be made with \`$python\`; on Debian and Ubuntu apt install python3-venv, then run make again."
# Git and ruff pass it over whatever its name; from Python 3.13 on venv does so itself.
echo '*' >"$venv/.gitignore"
