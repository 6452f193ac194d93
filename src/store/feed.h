/* SPDX-License-Identifier: MIT
 *
 * What came from elsewhere: files imported, and directory entries by the feed
 * and the key that they have there.
 */
#ifndef ONWARD_STORE_FEED_H
#define ONWARD_STORE_FEED_H

#include "store/record.h"

struct imported_file {
    int64_t id;
    const char *kind, *sha256, *name;
    int64_t read_at, row_count, added, changed, refused;
};
/* How many of its rows were refused then; *found false when it was never imported. */
MUST_CHECK bool imported_file_find(struct db *db, const char *kind, const char *sha256, bool *found, int64_t *refused, struct err *e);
/* Adds it, or takes the newer counts for one that is there. */
MUST_CHECK bool imported_file_put(struct db *db, const struct imported_file *f, struct err *e);

MUST_CHECK bool organisation_of_feed(struct db *db, const char *feed, const char *key, bool *found, struct organisation *out, struct err *e);
MUST_CHECK bool service_of_feed(struct db *db, const char *feed, const char *key, bool *found, struct service *out, struct err *e);
/* Codes that begin with "dir-". */
MUST_CHECK bool directory_codes_count(struct db *db, int64_t *n, struct err *e);

/* Details of a service; reading them: store/directory.h. */
MUST_CHECK bool feed_details_clear(struct db *db, int64_t service_id, struct err *e);
MUST_CHECK bool service_detail_add(struct db *db, int64_t id, int64_t service_id, const char *kind, const char *key, const char *text, struct err *e);

#endif
