/* SPDX-License-Identifier: MIT
 *
 * PostgreSQL's library, loaded when the first PostgreSQL store is opened: with
 * all that it needs in turn it would otherwise cost every start of the program
 * 3 ms and every desk 5 MiB, most of which never see a PostgreSQL store.
 */
#ifndef ONWARD_STORE_LIBPQ_H
#define ONWARD_STORE_LIBPQ_H

#include <postgresql/libpq-fe.h>

#include "onward/err.h"

/* What of it is used. */
#define LIBPQ_FUNCTIONS(each)                                                                      \
    each(PQclear) each(PQcmdStatus) each(PQcmdTuples) each(PQconnectdbParams) each(PQconninfo)     \
    each(PQconninfoFree) each(PQdb) each(PQerrorMessage) each(PQexec) each(PQexecParams)           \
    each(PQfinish) each(PQfreemem) each(PQgetResult) each(PQgetisnull) each(PQgetvalue)            \
    each(PQntuples) each(PQparameterStatus) each(PQputCopyData) each(PQputCopyEnd) each(PQreset)   \
    each(PQresultErrorField) each(PQresultStatus) each(PQsetNoticeReceiver) each(PQstatus)         \
    each(PQtransactionStatus) each(PQunescapeBytea)

struct libpq {
#define LIBPQ_MEMBER(name) __typeof__(name) *name;
    LIBPQ_FUNCTIONS(LIBPQ_MEMBER)
#undef LIBPQ_MEMBER
};
extern struct libpq pq; /* as the dynamic linker would keep it: filled once, never changed */

/* Fills it; STORE when the library is not installed. */
MUST_CHECK bool libpq_load(struct err *e);

#endif
