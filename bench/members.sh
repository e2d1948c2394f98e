#!/usr/bin/env bash
# Compares sessions a second of a campaign in one process with one thread, and of two members with one
# thread each, every process on a processor of its own. Needs Linux and a machine that does nothing else.
# Sessions are counted when the JVMs have compiled what they run.
#
#   bench/members.sh [ROUNDS]    three rounds of five minutes by default
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${1:-3}
warm_up=100
counted=40
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
head -c 32 /dev/urandom | base64 >"$scratch/secret"
./nommu --version

# Prints how many sessions the campaign in folder $1 has run.
sessions() {
  sed -n 's/.*"sessions": \([0-9]*\).*/\1/p' "$1/report.json" | head -n 1
}

# Begins a campaign with one thread on processor 0 whose folder is $1, with the options that follow.
begin() {
  report=$1
  shift
  taskset -c 0 ./nommu campaign --self --seeds 1..10000000 --for $((warm_up + counted + 15))s \
    --threads 1 --report "$report" "$@" >/dev/null 2>&1 &
}

# Sets rate to the sessions a second of the campaign in folder $1, which has just begun.
measure() {
  sleep "$warm_up"
  before=$(sessions "$1")
  sleep "$counted"
  after=$(sessions "$1")
  wait
  rate=$(((after - before) / counted))
}

for round in $(seq "$rounds"); do
  begin "$scratch/one-$round"
  measure "$scratch/one-$round"
  one=$rate
  begin "$scratch/two-$round" --listen 5701 --secret "$scratch/secret"
  sleep 2
  taskset -c 1 ./nommu campaign join 5701 --secret "$scratch/secret" --threads 1 --listen 5702 \
    >/dev/null 2>&1 &
  measure "$scratch/two-$round"
  echo "one process: $one a second; two members: $rate a second; $((rate * 100 / one)) %"
done
