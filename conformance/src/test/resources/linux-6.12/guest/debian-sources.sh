#!/bin/sh
# Fetches source packages of Debian 12 into a directory, past the system's own sources: debian-sources.sh DIRECTORY PACKAGE…
# Needs apt and the network.
set -eu
cd "$1"
shift
mkdir -p lists/partial sources
echo 'deb-src http://deb.debian.org/debian bookworm main' >sources/debian.list
apt() {
	apt-get -q -oDir::Etc::sourcelist=/dev/null -oDir::Etc::sourceparts="$PWD/sources" -oDir::State::Lists="$PWD/lists" "$@"
}
apt -oAPT::Update::Error-Mode=any update
apt source --download-only "$@"
