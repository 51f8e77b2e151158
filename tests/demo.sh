#!/bin/sh
# make demo: a decided case derived, explained and compared; then a hypothetical one on which the readings part.
# Usage: sh tests/demo.sh PATH-OF-PYLIAB
set -eu
pyliab=${1:?usage: sh tests/demo.sh PATH-OF-PYLIAB}

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
    zh*) say() { printf '\n# %s\n' "$1"; } ;;
    *)   say() { printf '\n# %s\n' "$2"; } ;;
esac
run() {
    printf '$ pyliab %s\n' "$*"
    "$pyliab" "$@"
}

say '指导案例83号（2015年）：谁承担责任？' 'Guiding Case 83 (2015): who is liable?'
run derive gc83 -r text_minimal
say '为什么？' 'Why?'
run explain gc83 -r text_minimal
say '对立的读法在此案中结果相同，在网约车案中分道。' 'Rival readings agree on it; over a ride they part.'
run compare gc83 ride_injury -r text_minimal -r paper_body -r several_all
say '接下来读 README.zh-CN.md 的三个入口，导览见 docs/debate.zh-CN.md；命令是 .venv/bin/pyliab。' 'Next: the doors of README.md, and the tour in docs/debate.md. The command is .venv/bin/pyliab.'
