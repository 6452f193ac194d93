#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Proves the direction of dependencies on the objects of a build folder.
#
#   tests/layers.sh BUILD
set -u
build=$1
bad=0
say() { echo "layers: $*"; bad=1; }

# 1. base and model reach no database, screen, clock, environment or file.
impure=$(nm -A -u "$build"/obj/base/*.o "$build"/obj/model/*.o |
    grep -E ' (sqlite3_|PQ|initscr|newterm|waddn|json_|csv_|time$|clock_gettime$|gettimeofday$|getenv$|fopen|open$|open64$)')
[ -n "$impure" ] && say "base and model are pure, but:" && echo "$impure"

# 2. Lower layers include no header of a higher one.
order="base model store engine exchange report demo ui cli"
for layer in $order; do
    above=$(echo "$order" | sed "s/.*$layer//")
    for other in $above; do
        found=$(grep -n "#include \"$other/" src/$layer/*.[ch] 2>/dev/null)
        [ -n "$found" ] && say "$layer includes $other:" && echo "$found"
    done
done

# 3. SQL stands in src/store alone, and cli includes only what is public; one command opens the desk.
found=$(grep -nE '"(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH) ' src/*/*.c | grep -v '^src/store/')
[ -n "$found" ] && say "SQL outside src/store:" && echo "$found"
found=$(grep -nE '#include "' src/cli/*.[ch] src/main.c | grep -vE '"(onward/|cli\.h|cli/cli\.h)' |
    grep -vE '^src/cli/command_desk\.c:.*"\.\./ui/ui\.h"$')
[ -n "$found" ] && say "cli includes more than the public face:" && echo "$found"

# 4. ui stands on the public face too; what knows curses is its last two files.
found=$(grep -nE '#include "' src/ui/*.[ch] src/ui/screens/*.[ch] | grep -vE '"(onward/|screens/)?[a-z_]+\.h"$')
[ -n "$found" ] && say "ui includes more than the public face and its own:" && echo "$found"
found=$(grep -lE '#include [<"](curses|ncurses|term)\.h' -r src include | grep -vxE 'src/ui/(terminal|theme)\.c')
[ -n "$found" ] && say "curses is known outside src/ui/terminal.c and theme.c:" && echo "$found"

[ $bad -eq 0 ] && echo "layers: dependencies point one way"
exit $bad
