#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The SQL that both engines run keeps to what both read alike. Looks into the
# string literals of src/store/*.c and into schema.sql, except the drivers'
# own files (*_sqlite.c, *_postgresql.c), and prints file:line, the text, and
# what to write instead; ends with 1 when there is anything. With --self it
# proves each rule on the example that stands beside it.
set -u
cd "$(dirname "$0")/../.."

# pattern (Perl), an example that it has to find, what to write instead; separated by |||
rules() {
    cat <<'END'
::|||$1::text|||CAST: SQLite reads it as another variable, NULL without an error
(^|[(,=<> ])\?\d*($|[),; "])|||id = ?|||$1, $2 ..
\$0\b|\$[A-Za-z_]|||id = $id|||$1, $2 ..
\bILIKE\b|||a ILIKE b|||LIKE on a folded column
\bGLOB\b|||a GLOB 'x*'|||LIKE
(?i)\b(date|time|datetime|strftime|julianday|unixepoch|now|extract|date_trunc|to_char|to_date|make_date|age)\(|||date('now')|||dates and instants made in C
\bCURRENT_(TIMESTAMP|DATE|TIME)\b|||CURRENT_DATE|||dates and instants made in C
\b(AUTOINCREMENT|IDENTITY|SERIAL|BIGSERIAL)\b|||id INTEGER AUTOINCREMENT|||keys made in C
\blast_insert_rowid\b|||last_insert_rowid()|||keys made in C
\b(INSERT|UPDATE) OR\b|\bREPLACE INTO\b|||INSERT OR IGNORE INTO t|||ON CONFLICT .. DO
\bON CONSTRAINT\b|||ON CONFLICT ON CONSTRAINT c|||ON CONFLICT (columns)
\bMERGE INTO\b|||MERGE INTO t|||ON CONFLICT .. DO
(?i)\b(ifnull|nvl|isnull)\(|||ifnull(a, b)|||coalesce
(?i)\biif\(|||iif(a, b, c)|||CASE
(?i)\b(group_concat|string_agg|array_agg|total)\(|||group_concat(a)|||rows, put together in C
(?i)\b(concat|concat_ws|printf)\(|||concat(a, b)|||a || b
(?i)\b(instr|position|strpos)\(|||instr(a, b)|||LIKE, or C
(?i)\b(hex|unhex|encode|octet_length|typeof|pg_typeof|quote|char|chr|random|randomblob)\(|||hex(a)|||C
(?i)\b(json_?\w*|unnest|generate_series)\(|||json_each(a)|||columns and rows
(?i)\b(greatest|least)\(|\b(max|min)\([^()]*,|||max(a, b)|||CASE
(?i)(?<!CAST\()\b(avg|round|floor|ceil|ceiling)\(|||round(a)|||C, or CAST(avg(a) AS DOUBLE PRECISION)
\b(TRUE|FALSE|BOOLEAN)\b|||WHERE TRUE|||0 and 1
\bIS (?!NOT NULL\b|NULL\b|NOT DISTINCT FROM\b|DISTINCT FROM\b)(NOT )?[\$\w]+|||a IS $1|||IS NOT DISTINCT FROM
\bWITHOUT ROWID\b|\bSTRICT\b|||) WITHOUT ROWID|||a plain table
\bCOLLATE\b|||a COLLATE NOCASE|||a folded column
\bFOR (UPDATE|SHARE)\b|||SELECT 1 FOR UPDATE|||UPDATE .. RETURNING locks the row
\bLATERAL\b|||JOIN LATERAL (|||a subquery
\bDELETE FROM \w+ USING\b|||DELETE FROM a USING b|||DELETE .. WHERE .. IN (SELECT ..)
\bLIMIT [\$\w]+ *,|||LIMIT 1, 2|||LIMIT .. OFFSET, or a page by key
\bOFFSET\b|||LIMIT 1 OFFSET 2|||a page by key
\bVARCHAR\b|||a VARCHAR(9)|||TEXT with CHECK (length(a) <= ..)
\b[xX]'[0-9a-fA-F]*'|||x'00ff'|||a bound parameter
\bCREATE (OR REPLACE|VIRTUAL|TRIGGER|TEMP|TEMPORARY)\b|||CREATE TRIGGER t|||C, or the driver
\bPRAGMA\b|||PRAGMA x|||the driver
END
}

# line:text of every string literal; of schema.sql every line without its comment.
literals() {
    case $1 in
    *.sql) sed 's/--.*//' "$1" | grep -n . ;;
    *) grep -noP '"(?:[^"\\]|\\.)*"' "$1" ;;
    esac
}

# Splits a rule into pattern, example and instead.
split() {
    pattern=${1%%'|||'*} example=${1#*'|||'}
    instead=${example#*'|||'} example=${example%%'|||'*}
}

found=0
if [ "${1:-}" = --self ]; then
    while IFS= read -r rule; do
        split "$rule"
        grep -qP "$pattern" <<<"$example" || { echo "no rule finds: $example"; found=1; }
    done < <(rules)
    exit $found
fi

for file in schema.sql src/store/*.c; do
    case $file in *_sqlite.c | *_postgresql.c) continue ;; esac
    text=$(literals "$file")
    while IFS= read -r rule; do
        split "$rule"
        while IFS= read -r hit; do
            echo "$file:$hit"
            echo "    not in both engines: write $instead"
            found=1
        done < <(grep -P "^\d+:.*?(?:$pattern)" <<<"$text")
    done < <(rules)
done
exit $found
