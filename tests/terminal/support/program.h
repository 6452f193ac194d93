/* SPDX-License-Identifier: MIT
 *
 * The program in an emulator, over a small world in which whoever runs the
 * test is the worker, with one person and their referral.
 */
#ifndef ONWARD_TESTS_PROGRAM_H
#define ONWARD_TESTS_PROGRAM_H

#include "support/world.h"
#include "terminal/support/emulator.h"

extern struct session *lead; /* everybody's roles, to arrange things */
extern struct emulator *e;   /* the one at work */
extern char program[4096];   /* the path of onward: ONWARD_PROGRAM, else build/onward */
extern char person[64], referral[64];

bool find_program(void); /* false, said in TAP, where it is not built */
int begin(void **state); /* fixtures */
int end(void **state);

#define ENV(...) ((const char *const[]){__VA_ARGS__, NULL})
#define OPTIONS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Starts the desk; an emulator from before is ended. Options and env may be NULL. */
void start(const char *const *options, const char *const *env, int rows, int cols);
void sit_with(const char *const *options, const char *const *env); /* 24x80, up to Today */
void sit(void);
void keys(const char *typed); /* and their frame */
void send(const char *bytes); /* and their frame */
void more_people(int n);      /* each with a referral of the worker's */

#endif
