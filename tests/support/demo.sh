#!/bin/bash
# SPDX-License-Identifier: MIT
#
# What `make demo` shows: a made-up borough, tonight's handoff in it, what
# went, what was held and why, and what to try next. At a terminal it then
# sits you down at the desk of one of its workers; the text is there again
# when you leave.
#
#   tests/support/demo.sh PROGRAM FOLDER
set -eu
onward=$1
folder=$2
if [ -e "$folder/onward.db" ]; then
    echo "The borough in $folder/ stands from before (make clean removes it)."
else
    "$onward" demo "$folder"
fi
export ONWARD_DB=$folder/onward.db
echo
echo "Tonight's handoff: onward nightly"
echo
"$onward" nightly || [ $? -eq 1 ]
echo
echo "What went lies in $folder/spool/out. Now try:"
echo
echo "  export ONWARD_DB=$folder/onward.db PATH=\$PWD/$(dirname "$onward"):\$PATH"
echo "  onward --as gloria                  the desk of Gloria, a worker; ? shows its keys"
echo "  onward worklist --limit 10          who needs someone first, and why"
echo "  onward handoff list state=held      what waits, and for what"
echo "  onward person find quill            search as a worker does"
echo "  onward nightly                      the night again, once something was sent"
echo "  onward batch list                   the packages, one per organisation"
echo "  onward verify                       prove the store, the log and the packages"
echo "  onward help                         everything else"
if [ -t 0 ] && [ -t 1 ]; then
    "$onward" --as gloria desk
fi
