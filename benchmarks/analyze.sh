#!/usr/bin/env bash
# The tool as a whole process on one file: wall time and peak memory of several runs.
#   benchmarks/analyze.sh DATA.csv [RUNS] [OPTIONS OF crm analyze ...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
file=$1; runs=${2:-5}; shift $(( $# < 2 ? $# : 2 ))
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
dotnet publish src/Crm.Core.Cli -c Release -o "$work/tool" -v q --nologo >/dev/null
dotnet "$work/tool/crm.dll" analyze "$file" -o "$work/out" "$@" >/dev/null 2>&1   # warm-up
for _ in $(seq "$runs"); do
  /usr/bin/time -f '%e s wall, %U s user, %M KiB peak' dotnet "$work/tool/crm.dll" analyze "$file" -o "$work/out" "$@" 2>&1 >/dev/null | tail -1
done
