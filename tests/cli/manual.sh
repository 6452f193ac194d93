#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Keeps the command and key sections of src/onward.1 in step with the program.
#
#   tests/cli/manual.sh PROGRAM write|check
set -eu
program=$1
made=$(mktemp)
trap 'rm -f "$made"' EXIT
{
    sed '/^\.\\" commands begin/q' src/onward.1
    "$program" help --manual
    sed -n '/^\.\\" commands end/,/^\.\\" keys begin/p' src/onward.1
    "$program" help --keys
    sed -n '/^\.\\" keys end/,$p' src/onward.1
} >"$made"
if [ "$2" = write ]; then
    cp "$made" src/onward.1
else
    diff -u src/onward.1 "$made"
fi
