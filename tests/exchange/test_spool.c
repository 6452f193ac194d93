/* SPDX-License-Identifier: MIT
 *
 * The spool on a real file system, with every system call made to fail in
 * turn: whatever fails, and whether or not anything works after it, nothing
 * half-done is ever visible, and the same call again ends in the same bytes
 * as if nothing had happened.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/spool.h"
#include "onward/text.h"

#define BATCH "mind-20261123-001"

/* ---- a spool for one test */

struct place {
    char path[64];
    struct spool spool;
};

static void place_open(struct place *p)
{
    struct err e = {0};
    text_put(p->path, sizeof p->path, "/dev/shm/onward-spool-XXXXXX"); /* in memory, so that syncs cost nothing */
    if (mkdtemp(p->path) == NULL) {
        text_put(p->path, sizeof p->path, "/tmp/onward-spool-XXXXXX");
        assert_non_null(mkdtemp(p->path));
    }
    assert_true(spool_open(&p->spool, p->path, &e));
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st, (void)type, (void)at;
    return remove(path);
}

static void place_close(struct place *p)
{
    spool_close(&p->spool);
    assert_int_equal(nftw(p->path, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

static void drop(const struct place *p, const char *path, const char *bytes)
{
    int fd = openat(p->spool.root, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, strlen(bytes)), strlen(bytes));
    close(fd);
}

static bool exists(const struct place *p, const char *path)
{
    return faccessat(p->spool.root, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static int not_self(const struct dirent *d)
{
    return strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0;
}

/* Everything below `path`: names, modes and bytes, in order. */
static void describe(int root, const char *path, struct buf *out)
{
    struct dirent **names;
    int n = scandirat(root, path, &names, not_self, alphasort);
    assert_true(n >= 0);
    for (int i = 0; i < n; i++) {
        char child[600];
        struct stat st;
        snprintf(child, sizeof child, "%s/%s", path, names[i]->d_name);
        assert_int_equal(fstatat(root, child, &st, AT_SYMLINK_NOFOLLOW), 0);
        buf_fmt(out, "%s %o\n", child, (unsigned)st.st_mode);
        if (S_ISDIR(st.st_mode)) {
            describe(root, child, out);
        } else if (S_ISREG(st.st_mode)) {
            char bytes[4096];
            int fd = openat(root, child, O_RDONLY | O_CLOEXEC);
            ssize_t got;
            while ((got = read(fd, bytes, sizeof bytes)) > 0) {
                buf_add(out, bytes, (size_t)got);
            }
            close(fd);
        }
        free(names[i]);
    }
    free(names);
}

static const struct spool_file files[] = {
    {"handoffs.csv", "row_id,action\r\nHO-1/1,new\r\n", 27},
    {"reply.csv", "row_id\r\n", 8},
    {"datapackage.json", "{}\n", 3},
};
enum { FILES = sizeof files / sizeof *files };

static bool publish(const struct place *p, struct err *e)
{
    return spool_publish(&p->spool, "mind", BATCH, files, FILES, e);
}

/* ---- names */

static void organisation_codes(void **state)
{
    static const struct {
        const char *code;
        bool ok;
    } cases[] = {
        {"mind-salford", true}, {"a1", true},   {"1a", true},    {"a", false},        {"", false},
        {"-mind", false},       {"Mind", false}, {"mi nd", false}, {"../etc", false}, {"mind/x", false},
        {"m.d", false},         {"m\xC3\xADnd", false},
        {"abcdefghijabcdefghijabcdefghij12", true}, {"abcdefghijabcdefghijabcdefghij123", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err e = {0};
        assert_int_equal(spool_check_organisation(cases[i].code, &e), cases[i].ok);
        assert_int_equal(e.code, cases[i].ok ? ERR_NONE : ERR_INVALID);
    }
}

static void names_that_are_not_allowed_make_nothing(void **state)
{
    static const struct {
        const char *org, *batch, *file;
    } cases[] = {
        {"../x", "../x-20261123-001", "a.csv"}, {"mind", "age-20261123-001", "a.csv"},
        {"mind", "mind-20261123-01", "a.csv"},  {"mind", "mind-2026112-001", "a.csv"},
        {"mind", "mind-20261123-001/..", "a.csv"}, {"mind", "mind", "a.csv"},
        {"mind", "mind-20261123-0011111111", "a.csv"}, {"mind", BATCH, "../a.csv"},
        {"mind", BATCH, ".a"}, {"mind", BATCH, ""}, {"mind", BATCH, "A.csv"},
    };
    struct place p;
    struct buf tree = {0};
    (void)state;
    place_open(&p);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err e = {0};
        const struct spool_file file = {cases[i].file, "x", 1};
        assert_false(spool_publish(&p.spool, cases[i].org, cases[i].batch, &file, 1, &e));
        assert_int_equal(e.code, ERR_INVALID);
    }
    describe(p.spool.root, ".", &tree);
    assert_int_equal(tree.len, 0);
    buf_free(&tree);
    place_close(&p);
}

/* ---- publishing */

static const char published[] = "./in 40750\n"
                                "./in/mind 40750\n"
                                "./in/mind/done 40750\n"
                                "./in/mind/rejected 40750\n"
                                "./out 40750\n"
                                "./out/mind 40750\n"
                                "./out/mind/" BATCH " 40750\n"
                                "./out/mind/" BATCH "/datapackage.json 100640\n{}\n"
                                "./out/mind/" BATCH "/handoffs.csv 100640\nrow_id,action\r\nHO-1/1,new\r\n"
                                "./out/mind/" BATCH "/reply.csv 100640\nrow_id\r\n";

static void files_and_folders_have_their_modes_under_any_umask(void **state)
{
    static const mode_t umasks[] = {0, 077, 0777};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct place p;
        struct err e = {0};
        struct buf tree = {0};
        place_open(&p);
        mode_t before = umask(umasks[i]);
        bool ok = spool_prepare(&p.spool, "mind", &e) && publish(&p, &e);
        mode_t after = umask(before);
        assert_true(ok);
        assert_int_equal(after, umasks[i]);
        describe(p.spool.root, ".", &tree);
        assert_string_equal(buf_text(&tree), published);
        buf_free(&tree);
        place_close(&p);
    }
}

static void a_published_batch_is_never_written_again(void **state)
{
    struct place p;
    struct err e = {0};
    struct stat before, after;
    (void)state;
    place_open(&p);
    assert_true(publish(&p, &e));
    assert_int_equal(fstatat(p.spool.root, "out/mind/" BATCH, &before, 0), 0);
    assert_true(publish(&p, &e));
    assert_int_equal(fstatat(p.spool.root, "out/mind/" BATCH, &after, 0), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_memory_equal(&before.st_mtim, &after.st_mtim, sizeof before.st_mtim);
    place_close(&p);
}

static void a_batch_with_other_bytes_says_stop_and_is_left_alone(void **state)
{
    static const char *const others[] = {
        "row_id,action\r\nHO-1/1,old\r\n", "row_id,action\r\nHO-1/1,new\r\nx", "row_id", "",
    };
    struct place p;
    struct buf before = {0}, after = {0};
    (void)state;
    place_open(&p);
    for (size_t i = 0; i <= sizeof others / sizeof *others; i++) {
        struct err e = {0};
        const char *path = "out/mind/" BATCH "/handoffs.csv";
        bool missing = i == sizeof others / sizeof *others;
        if (i == 0) {
            assert_true(publish(&p, &e));
        }
        if (missing) {
            assert_int_equal(unlinkat(p.spool.root, path, 0), 0);
        } else {
            drop(&p, path, others[i]);
        }
        buf_clear(&before);
        buf_clear(&after);
        describe(p.spool.root, ".", &before);
        assert_false(publish(&p, &e));
        assert_int_equal(e.code, ERR_CONFLICT);
        assert_non_null(strstr(e.text, "out/mind/" BATCH));
        assert_non_null(strstr(e.text, "handoffs.csv"));
        assert_non_null(strstr(e.text, "Stop"));
        describe(p.spool.root, ".", &after);
        assert_string_equal(buf_text(&before), buf_text(&after));
    }
    buf_free(&before);
    buf_free(&after);
    place_close(&p);
}

static void links_are_never_followed(void **state)
{
    struct place p;
    struct err e = {0};
    char placed[SPOOL_NAME_SIZE] = "untouched";
    const struct spool_file note = {"note.txt", "x", 1};
    (void)state;
    place_open(&p);
    assert_int_equal(mkdirat(p.spool.root, "elsewhere", 0700), 0);
    assert_int_equal(mkdirat(p.spool.root, "out", 0700), 0);
    assert_int_equal(symlinkat("../elsewhere", p.spool.root, "out/mind"), 0);
    assert_false(publish(&p, &e));
    assert_int_equal(unlinkat(p.spool.root, "out/mind", 0), 0);

    assert_int_equal(mkdirat(p.spool.root, "out/mind", 0700), 0);
    assert_int_equal(symlinkat("../../elsewhere", p.spool.root, "out/mind/" BATCH), 0);
    assert_false(publish(&p, &e));

    assert_true(spool_prepare(&p.spool, "age", &e));
    assert_int_equal(unlinkat(p.spool.root, "in/age/rejected", AT_REMOVEDIR), 0);
    assert_int_equal(symlinkat("../../elsewhere", p.spool.root, "in/age/rejected"), 0);
    assert_false(spool_put(&p.spool, "age", SPOOL_REJECTED, &note, placed, &e));
    assert_string_equal(placed, "untouched");

    drop(&p, "secret.csv", "secret");
    assert_int_equal(symlinkat("../../secret.csv", p.spool.root, "in/age/reply.csv"), 0);
    assert_int_equal(spool_open_reply(&p.spool, "age", "reply.csv", &e), -1);
    struct buf tree = {0};
    describe(p.spool.root, "elsewhere", &tree);
    assert_int_equal(tree.len, 0);
    buf_free(&tree);
    place_close(&p);
}

static void what_an_ended_run_left_is_swept_and_nothing_else(void **state)
{
    struct place p;
    struct err e = {0};
    struct buf tree = {0};
    (void)state;
    place_open(&p);
    assert_true(spool_sweep(&p.spool, "mind", &e)); /* nothing there yet, and nothing made */
    assert_false(exists(&p, "out"));
    assert_true(spool_prepare(&p.spool, "mind", &e));
    assert_int_equal(mkdirat(p.spool.root, "out/mind/.tmp-" BATCH, 0700), 0);
    drop(&p, "out/mind/.tmp-" BATCH "/handoffs.csv", "half");
    drop(&p, "out/mind/.tmp-" BATCH "/odd", "x");
    assert_true(publish(&p, &e)); /* in spite of it */
    assert_int_equal(mkdirat(p.spool.root, "out/mind/.tmp-mind-20261122-001", 0700), 0);
    drop(&p, "out/mind/.tmp-mind-20261122-001/handoffs.csv", "half");
    drop(&p, "in/mind/rejected/.tmp-file", "half");
    assert_true(spool_sweep(&p.spool, "mind", &e));
    describe(p.spool.root, ".", &tree);
    assert_string_equal(buf_text(&tree), published);
    buf_free(&tree);
    place_close(&p);
}

/* ---- the in-tray and the shelves */

static void replies_are_listed_by_name_and_kind(void **state)
{
    static const char *const dropped[] = {
        "b.csv", "A.CSV", "reply.xlsx", "x.ods", "scan.pdf", "noextension", "c.csv.part", "d.csv~", "~$reply.xlsx",
        ".hidden.csv", "e.csv.filepart", "f.csv.crdownload", "g.tmp", ".csv",
    };
    static const struct {
        const char *name;
        bool is_csv;
    } expected[] = {
        {"A.CSV", true},       {"b.csv", true},     {"noextension", false},
        {"reply.xlsx", false}, {"scan.pdf", false}, {"x.ods", false},
    };
    struct place p;
    struct err e = {0};
    struct spool_replies list;
    (void)state;
    place_open(&p);
    assert_true(spool_list_replies(&p.spool, "mind", &list, &e));
    assert_int_equal(list.count, 0);
    assert_false(exists(&p, "in"));
    assert_true(spool_prepare(&p.spool, "mind", &e));
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++) {
        char path[64];
        snprintf(path, sizeof path, "in/mind/%s", dropped[i]);
        drop(&p, path, "bytes");
    }
    assert_int_equal(mkdirat(p.spool.root, "in/mind/folder.csv", 0700), 0);
    assert_int_equal(symlinkat("b.csv", p.spool.root, "in/mind/link.csv"), 0);
    assert_int_equal(mkfifoat(p.spool.root, "in/mind/pipe.csv", 0600), 0);
    assert_true(spool_list_replies(&p.spool, "mind", &list, &e));
    assert_int_equal(list.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < list.count; i++) {
        assert_string_equal(list.rows[i].name, expected[i].name);
        assert_int_equal(list.rows[i].is_csv, expected[i].is_csv);
        assert_int_equal(list.rows[i].bytes, 5);
        assert_true(list.rows[i].changed_ns > 0);
    }
    spool_replies_free(&list);
    assert_false(spool_list_replies(&p.spool, "..", &list, &e));
    place_close(&p);
}

static void a_reply_is_opened_only_from_the_tray(void **state)
{
    static const char *const refused[] = {
        "", ".", "..", ".x", "../mind/b.csv", "done/b.csv", "pipe.csv", "done", "none.csv",
    };
    struct place p;
    struct err e = {0};
    char bytes[8] = "";
    (void)state;
    place_open(&p);
    assert_true(spool_prepare(&p.spool, "mind", &e));
    drop(&p, "in/mind/b.csv", "bytes");
    drop(&p, "in/mind/done/b.csv", "bytes");
    assert_int_equal(mkfifoat(p.spool.root, "in/mind/pipe.csv", 0600), 0);
    int fd = spool_open_reply(&p.spool, "mind", "b.csv", &e);
    assert_true(fd >= 0);
    assert_int_equal(read(fd, bytes, sizeof bytes), 5);
    close(fd);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        e.code = ERR_NONE;
        assert_int_equal(spool_open_reply(&p.spool, "mind", refused[i], &e), -1);
        assert_int_equal(e.code, strcmp(refused[i], "none.csv") == 0 ? ERR_NOT_FOUND : ERR_INVALID);
    }
    place_close(&p);
}

static void moving_never_overwrites(void **state)
{
    static const char *const expected[] = {"reply.csv", "reply.2.csv", "reply.3.csv"};
    struct place p;
    struct err e = {0};
    struct buf tree = {0};
    char placed[SPOOL_NAME_SIZE];
    (void)state;
    place_open(&p);
    assert_true(spool_prepare(&p.spool, "mind", &e));
    for (size_t i = 0; i < 3; i++) {
        drop(&p, "in/mind/reply.csv", i == 0 ? "first" : i == 1 ? "second" : "third");
        assert_true(spool_move_reply(&p.spool, "mind", "reply.csv", SPOOL_DONE, placed, &e));
        assert_string_equal(placed, expected[i]);
    }
    assert_false(spool_move_reply(&p.spool, "mind", "reply.csv", SPOOL_DONE, placed, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    drop(&p, "in/mind/reply", "no ending");
    assert_true(spool_move_reply(&p.spool, "mind", "reply", SPOOL_REJECTED, placed, &e));
    assert_false(spool_move_reply(&p.spool, "mind", "../mind/reply", SPOOL_DONE, placed, &e));
    describe(p.spool.root, "in/mind", &tree);
    assert_string_equal(buf_text(&tree), "in/mind/done 40750\n"
                                         "in/mind/done/reply.2.csv 100600\nsecond"
                                         "in/mind/done/reply.3.csv 100600\nthird"
                                         "in/mind/done/reply.csv 100600\nfirst"
                                         "in/mind/rejected 40750\n"
                                         "in/mind/rejected/reply 100600\nno ending");
    buf_free(&tree);
    place_close(&p);
}

static void putting_the_same_bytes_twice_leaves_one_file(void **state)
{
    static const struct {
        const char *bytes, *placed;
    } cases[] = {
        {"one", "reply.rejects.csv"},
        {"one", "reply.rejects.csv"},
        {"two", "reply.rejects.2.csv"},
        {"one", "reply.rejects.csv"},
        {"two", "reply.rejects.2.csv"},
        {"", "reply.rejects.3.csv"},
    };
    struct place p;
    struct buf tree = {0};
    (void)state;
    place_open(&p);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err e = {0};
        char placed[SPOOL_NAME_SIZE];
        const struct spool_file file = {"reply.rejects.csv", cases[i].bytes, strlen(cases[i].bytes)};
        assert_true(spool_put(&p.spool, "mind", SPOOL_REJECTED, &file, placed, &e));
        assert_string_equal(placed, cases[i].placed);
    }
    describe(p.spool.root, "in/mind/rejected", &tree);
    assert_string_equal(buf_text(&tree), "in/mind/rejected/reply.rejects.2.csv 100640\ntwo"
                                         "in/mind/rejected/reply.rejects.3.csv 100640\n"
                                         "in/mind/rejected/reply.rejects.csv 100640\none");
    buf_free(&tree);
    place_close(&p);
}

/* ---- making the nth call fail */

enum how {
    FAILS_ONCE,       /* and is not made */
    FAILS_FROM_NOW,   /* as if the machine had stopped there */
    DONE_BUT_FAILS,   /* made, and reported as failed */
    SHORT_WRITE,      /* a write takes half */
};

static struct {
    long nth, calls; /* the nth call fails; 0: none */
    int error;
    enum how how;
    struct buf *trace; /* a letter a call that changes or proves something */
} fault;

/* Whether this call is to fail; `*make`: it is made all the same. */
static bool strikes(char letter, bool *make)
{
    long call = ++fault.calls;
    bool hit = fault.nth > 0 && (call == fault.nth || (fault.how == FAILS_FROM_NOW && call > fault.nth));
    hit = hit && fault.how != SHORT_WRITE;
    if (fault.trace != NULL) {
        buf_char(fault.trace, letter);
    }
    *make = !hit || fault.how == DONE_BUT_FAILS;
    return hit;
}

#define FAULTY(letter, call)                                                                             \
    do {                                                                                                 \
        bool make_;                                                                                      \
        bool fails_ = strikes(letter, &make_);                                                           \
        long rc_ = make_ ? (call) : -1;                                                                  \
        if (!fails_) {                                                                                   \
            return (int)rc_;                                                                             \
        }                                                                                                \
        errno = fault.error;                                                                             \
        return -1;                                                                                       \
    } while (0)

static int faulty_open(int dir, const char *name, int flags, mode_t mode)
{
    bool make;
    bool fails = strikes(flags & O_CREAT ? 'c' : 'o', &make);
    int fd = make ? io_system.open(dir, name, flags, mode) : -1;
    if (!fails) {
        return fd;
    }
    if (fd >= 0) {
        close(fd);
    }
    errno = fault.error;
    return -1;
}

static ssize_t faulty_read(int fd, void *into, size_t n)
{
    FAULTY('r', read(fd, into, n));
}

static ssize_t faulty_write(int fd, const void *from, size_t n)
{
    bool shortened = fault.how == SHORT_WRITE && fault.calls + 1 == fault.nth && n > 1;
    FAULTY('w', write(fd, from, shortened ? n / 2 : n));
}

static int faulty_sync(int fd)
{
    struct stat st;
    assert_int_equal(fstat(fd, &st), 0);
    FAULTY(S_ISDIR(st.st_mode) ? 'D' : 'F', fsync(fd));
}

static int faulty_make_folder(int dir, const char *name, mode_t mode)
{
    FAULTY('m', mkdirat(dir, name, mode));
}

static int faulty_rename(int from_dir, const char *from, int to_dir, const char *to)
{
    FAULTY('n', io_system.rename(from_dir, from, to_dir, to));
}

static int faulty_remove(int dir, const char *name, int flags)
{
    FAULTY('x', unlinkat(dir, name, flags));
}

/* The descriptor is gone even when close fails. */
static int faulty_close(int fd)
{
    bool make;
    bool fails = strikes('.', &make);
    int rc = close(fd);
    if (fails) {
        errno = fault.error;
        return -1;
    }
    return rc;
}

static const struct io_ops io_faulty = {
    .open = faulty_open,
    .read = faulty_read,
    .write = faulty_write,
    .sync = faulty_sync,
    .make_folder = faulty_make_folder,
    .rename = faulty_rename,
    .remove = faulty_remove,
    .close = faulty_close,
};

static void everything_is_durable_before_it_has_its_name(void **state)
{
    struct place p;
    struct err e = {0};
    struct buf trace = {0};
    (void)state;
    place_open(&p);
    assert_true(spool_prepare(&p.spool, "mind", &e));
    p.spool.io = &io_faulty;
    fault.nth = 0;
    fault.trace = &trace;
    assert_true(publish(&p, &e));
    fault.trace = NULL;
    /* root; out and out/mind: make, open, sync the parent, close it; is it there?; sweep, make, open;
     * three files: create, write, sync, close; sync the folder, close; rename; sync its parent; close. */
    assert_string_equal(buf_text(&trace), "o" "moD." "moD." "o" "x" "mo" "cwF." "cwF." "cwF." "D." "n" "D" ".");
    buf_free(&trace);
    place_close(&p);
}

/* Moves the reply, writes its rejects and publishes: one night, safe to repeat. */
static bool run_night(const struct place *p, struct err *e)
{
    const struct spool_file rejects = {"reply.rejects.csv", "line,why\r\n2,x\r\n", 15};
    char placed[SPOOL_NAME_SIZE];
    struct spool_replies replies;
    if (!spool_sweep(&p->spool, "mind", e) || !spool_prepare(&p->spool, "mind", e) ||
        !spool_put(&p->spool, "mind", SPOOL_REJECTED, &rejects, placed, e) ||
        !spool_list_replies(&p->spool, "mind", &replies, e)) {
        return false;
    }
    bool ok = true;
    for (size_t i = 0; ok && i < replies.count; i++) {
        ok = spool_move_reply(&p->spool, "mind", replies.rows[i].name, SPOOL_DONE, placed, e);
    }
    spool_replies_free(&replies);
    return ok && publish(p, e);
}

static void start_night(struct place *p)
{
    struct err e = {0};
    place_open(p);
    assert_true(spool_prepare(&p->spool, "mind", &e));
    drop(p, "in/mind/reply.csv", "row_id\r\n");
    assert_int_equal(mkdirat(p->spool.root, "out/mind/.tmp-" BATCH, 0750), 0);
    drop(p, "out/mind/.tmp-" BATCH "/handoffs.csv", "half");
}

/* What a partner or a delivery command could pick up: whole or not there. */
static void nothing_half_done_is_visible(const struct place *p)
{
    struct buf got = {0};
    if (exists(p, "out/mind/" BATCH)) {
        describe(p->spool.root, "./out/mind/" BATCH, &got);
        assert_non_null(strstr(published, buf_text(&got)));
        assert_non_null(strstr(buf_text(&got), "reply.csv"));
        buf_clear(&got);
    }
    if (exists(p, "in/mind/rejected/reply.rejects.csv")) {
        describe(p->spool.root, "in/mind/rejected", &got);
        assert_non_null(strstr(buf_text(&got), "reply.rejects.csv 100640\nline,why\r\n2,x\r\n"));
        buf_clear(&got);
    }
    assert_true(exists(p, "in/mind/reply.csv") != exists(p, "in/mind/done/reply.csv"));
    buf_free(&got);
}

/* One night in which the nth call fails, then one in which none does. True when there was an nth call. */
static bool fail_and_repeat(long nth, enum how how, int error, const struct buf *expected, long *failed)
{
    struct place p;
    struct err e = {0};
    struct buf got = {0};
    start_night(&p);
    p.spool.io = &io_faulty;
    fault.nth = nth;
    fault.calls = 0;
    fault.error = error;
    fault.how = how;
    bool ok = run_night(&p, &e);
    bool struck = fault.calls >= nth;
    *failed += !ok;
    assert_true(ok || (e.text[0] != '\0' && error != EINTR && error != 0));
    nothing_half_done_is_visible(&p);

    p.spool.io = &io_system;
    assert_true(run_night(&p, &e));
    describe(p.spool.root, ".", &got);
    assert_string_equal(buf_text(&got), buf_text(expected));
    buf_free(&got);
    place_close(&p);
    return struck;
}

static void whichever_call_fails_the_next_run_ends_the_same(void **state)
{
    static const struct {
        enum how how;
        int error;
    } cases[] = {
        {FAILS_ONCE, EIO},     {FAILS_ONCE, EINTR},     {FAILS_FROM_NOW, EIO}, {FAILS_FROM_NOW, ENOSPC},
        {DONE_BUT_FAILS, EIO}, {DONE_BUT_FAILS, ENOSPC}, {SHORT_WRITE, 0},
    };
    struct place p;
    struct err e = {0};
    struct buf expected = {0};
    (void)state;
    start_night(&p);
    assert_true(run_night(&p, &e));
    describe(p.spool.root, ".", &expected);
    place_close(&p);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        long nth = 1, failed = 0;
        while (fail_and_repeat(nth, cases[i].how, cases[i].error, &expected, &failed)) {
            nth++;
        }
        assert_true(nth > 50);
        /* a close after reading may fail unheard, all else is told */
        bool is_fault = cases[i].error != EINTR && cases[i].error != 0;
        assert_true(is_fault ? failed * 2 > nth : failed == 0);
    }
    buf_free(&expected);
}

static void a_failed_publish_cleans_up_after_itself(void **state)
{
    struct place p;
    struct err e = {0};
    struct buf tree = {0};
    (void)state;
    for (long nth = 1; nth < 40; nth++) {
        place_open(&p);
        assert_true(spool_prepare(&p.spool, "mind", &e));
        p.spool.io = &io_faulty;
        fault.nth = nth;
        fault.calls = 0;
        fault.error = ENOSPC;
        fault.how = FAILS_ONCE;
        bool ok = publish(&p, &e);
        assert_true(ok || e.code == ERR_STORE);
        buf_clear(&tree);
        describe(p.spool.root, "out", &tree);
        assert_null(strstr(buf_text(&tree), ".tmp-"));
        place_close(&p);
    }
    assert_non_null(strstr(e.text, "In the spool, out/mind"));
    buf_free(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(organisation_codes),
        cmocka_unit_test(names_that_are_not_allowed_make_nothing),
        cmocka_unit_test(files_and_folders_have_their_modes_under_any_umask),
        cmocka_unit_test(a_published_batch_is_never_written_again),
        cmocka_unit_test(a_batch_with_other_bytes_says_stop_and_is_left_alone),
        cmocka_unit_test(links_are_never_followed),
        cmocka_unit_test(what_an_ended_run_left_is_swept_and_nothing_else),
        cmocka_unit_test(replies_are_listed_by_name_and_kind),
        cmocka_unit_test(a_reply_is_opened_only_from_the_tray),
        cmocka_unit_test(moving_never_overwrites),
        cmocka_unit_test(putting_the_same_bytes_twice_leaves_one_file),
        cmocka_unit_test(everything_is_durable_before_it_has_its_name),
        cmocka_unit_test(whichever_call_fails_the_next_run_ends_the_same),
        cmocka_unit_test(a_failed_publish_cleans_up_after_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
