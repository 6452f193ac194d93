# onward: build, test, demonstrate. `make demo` and `make check` are the two
# commands a newcomer needs; both install what is missing from Debian first.
# B is the build folder, so that several builds (plain, sanitized) stand side
# by side: make B=build-asan SAN=1.

B       ?= build
CC      := gcc
PREFIX  ?= /usr/local
VERSION := 0.1.0

PKGS := libsqlite3-dev libcsv-dev libsodium-dev libjansson-dev libunistring-dev libpq-dev libncurses-dev
LIBS := -lsqlite3 -lcsv -lsodium -ljansson -lunistring
CURSES := -lncursesw

WARN   := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wundef -Werror
CFLAGS ?= -O2 -g
STD    := -std=c17 -D_GNU_SOURCE -fno-strict-aliasing -fstack-protector-strong
ifdef SAN
CFLAGS := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
LDFLAGS += -fsanitize=address,undefined
endif
ifdef PLAN_CHECK
STD += -DONWARD_PLAN_CHECK
endif
ALLFLAGS = $(STD) $(CFLAGS) $(WARN) -MMD -MP -DONWARD_VERSION='"$(VERSION)"'

# Layers, lowest first. Everything left of cli is libonward.a. The include
# path is the permission: cli (and ui) are compiled where no header of src/
# can be found.
LIB_LAYERS := base model store engine exchange report demo
lib_src  := $(foreach l,$(LIB_LAYERS),$(sort $(wildcard src/$(l)/*.c)))
cli_src  := $(sort $(wildcard src/cli/*.c))
lib_obj  := $(lib_src:src/%.c=$(B)/obj/%.o) $(B)/obj/store/schema_text.o
ui_src   := $(sort $(wildcard src/ui/*.c src/ui/screens/*.c))
cli_obj  := $(cli_src:src/%.c=$(B)/obj/%.o) $(B)/obj/main.o
ui_obj   := $(ui_src:src/%.c=$(B)/obj/%.o)
pure_obj := $(filter $(B)/obj/base/% $(B)/obj/model/%,$(lib_obj))

.DEFAULT_GOAL := all
.PHONY: all clean packages check demo bench layers lint sanitize install

all: packages $(B)/onward $(B)/libonward.a

$(B)/onward: $(cli_obj) $(ui_obj) $(B)/libonward.a
	@echo "ld $@"; $(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(cli_obj) $(ui_obj) $(B)/libonward.a $(LIBS) $(CURSES)

$(B)/libonward.a: $(lib_obj)
	@rm -f $@
	@ar rcs $@ $^

$(B)/obj/base/%.o $(B)/obj/model/%.o: INC := -Iinclude
$(B)/obj/cli/%.o $(B)/obj/main.o: INC := -Iinclude
$(B)/obj/ui/%.o: INC := -Iinclude -Isrc/ui
$(B)/obj/store/%.o $(B)/obj/engine/%.o $(B)/obj/exchange/%.o $(B)/obj/report/%.o $(B)/obj/demo/%.o: INC := -Iinclude -Isrc

$(B)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "cc $<"; $(CC) $(ALLFLAGS) $(INC) -c -o $@ $<

# schema.sql goes into the program as text.
$(B)/schema_text.c: schema.sql
	@mkdir -p $(@D)
	@{ echo '#include "store/schema_text.h"'; echo 'const char schema_text[] = {'; \
	  od -An -v -tx1 schema.sql | sed 's/\([0-9a-f][0-9a-f]\)/0x\1,/g'; echo '0};'; } > $@
$(B)/obj/store/schema_text.o: $(B)/schema_text.c
	@mkdir -p $(@D)
	@echo "cc schema.sql"; $(CC) $(ALLFLAGS) -Iinclude -Isrc -c -o $@ $<

-include $(lib_obj:.o=.d) $(cli_obj:.o=.d) $(ui_obj:.o=.d)

# ---- tests: one program a file; tests of base and model link those layers alone.
test_src := $(sort $(wildcard tests/*/test_*.c))
test_bin := $(test_src:tests/%.c=$(B)/tests/%)
support_obj := $(patsubst tests/%.c,$(B)/tests/obj/%.o,$(sort $(wildcard tests/support/*.c)))
TESTLIBS := -lcmocka -Wl,--as-needed -lpq

$(B)/pure.a: $(pure_obj)
	@rm -f $@
	@ar rcs $@ $^
$(B)/tests/obj/%.o: tests/%.c
	@mkdir -p $(@D)
	@echo "cc $<"; $(CC) $(ALLFLAGS) -Wno-missing-prototypes -Iinclude -Isrc -Itests -c -o $@ $<
$(B)/tests/base/test_%: $(B)/tests/obj/base/test_%.o $(B)/pure.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lsodium -lunistring $(TESTLIBS)
$(B)/tests/model/test_%: $(B)/tests/obj/model/test_%.o $(B)/pure.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lsodium -lunistring $(TESTLIBS)
# Tests that sit at the desk: of ui and of the screens.
desk_obj := $(filter-out %/terminal.o %/theme.o %/ui.o,$(ui_obj))
seat_obj := $(patsubst tests/%.c,$(B)/tests/obj/%.o,$(sort $(wildcard tests/screens/support/*.c)))
term_obj := $(patsubst tests/%.c,$(B)/tests/obj/%.o,$(sort $(wildcard tests/terminal/support/*.c)))
$(seat_obj) $(term_obj): # named, so that the rules below are found before the last one
$(B)/tests/ui/test_%: $(B)/tests/obj/ui/test_%.o $(desk_obj) $(seat_obj) $(support_obj) $(B)/libonward.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(TESTLIBS)
$(B)/tests/screens/test_%: $(B)/tests/obj/screens/test_%.o $(desk_obj) $(seat_obj) $(support_obj) $(B)/libonward.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(TESTLIBS)
$(B)/tests/terminal/test_%: $(B)/tests/obj/terminal/test_%.o $(term_obj) $(support_obj) $(B)/libonward.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(TESTLIBS) -lvterm -lutil
$(B)/tests/obj/ui/%.o $(B)/tests/obj/screens/%.o: ALLFLAGS += -Isrc/ui
$(B)/tests/%: $(B)/tests/obj/%.o $(support_obj) $(B)/libonward.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(TESTLIBS)
.PRECIOUS: $(B)/tests/obj/%.o
-include $(patsubst tests/%.c,$(B)/tests/obj/%.d,$(test_src) $(wildcard tests/support/*.c tests/*/support/*.c))


# ---- what the commands need, installed from Debian when it is missing
BUILD_PKGS := gcc pkg-config $(PKGS)
TEST_PKGS  := libcmocka-dev libvterm-dev jq tmux
LINT_PKGS  := clang-tidy cppcheck
SUDO = $(if $(filter 0,$(shell id -u)),,sudo)
define install_missing
@missing=$$(for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
if [ -n "$$missing" ]; then echo "Installing from Debian:" $$missing; \
  $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi
endef
packages:
	$(call install_missing,$(BUILD_PKGS))
packages-test: packages
	$(call install_missing,$(TEST_PKGS))
packages-bench: packages-test
	$(call install_missing,sqlite3)
packages-lint: packages
	$(call install_missing,$(LINT_PKGS))

# ---- the two commands of a newcomer
demo: all
	@tests/support/demo.sh $(B)/onward demo

check: packages-test
	@$(MAKE) --no-print-directory -j2 B=build-check PLAN_CHECK=1 check-run
check-run: $(B)/onward $(test_bin)
	@tests/run.sh $(B)

# ---- what CI runs besides
sanitize: packages-test
	@$(MAKE) --no-print-directory -j2 B=build-san SAN=1 sanitize-run
sanitize-run: $(B)/onward $(test_bin)
	@UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=detect_leaks=1 tests/run.sh $(B) --sqlite-only
.PHONY: packages-test packages-bench packages-lint check-run sanitize-run

# Dependencies point one way. Purity by symbol table: base and model know no
# database, no screen, no clock, no file. Permission by include path: ui and
# cli are compiled where no header of src/ can be found. Link is proof: tests
# of base and model link pure.a alone.
layers: packages $(B)/onward
	@tests/layers.sh $(B)

lint: packages-lint
	@tests/store/lint_sql.sh
	@cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr --enable=warning,performance,portability \
	  --library=.cppcheck.cfg --suppressions-list=.cppcheck-suppressions -Iinclude -Isrc -Isrc/ui -DONWARD_VERSION='""' src
	@printf '%s\n' $(lib_src) $(cli_src) $(ui_src) src/main.c | xargs -P 2 -n 6 sh -c 'clang-tidy --quiet "$$@" -- \
	  -std=c17 -D_GNU_SOURCE -Iinclude -Isrc -Isrc/ui "-DONWARD_VERSION=\"\"" 2>/dev/null' _
	@echo "lint: clean"

bench: packages-bench
	@$(MAKE) --no-print-directory -j2 all $(bench_bin)
	@tests/bench/bench.sh $(B)
bench_bin := $(patsubst tests/%.c,$(B)/%,$(sort $(wildcard tests/bench/*.c)))
$(B)/bench/%: tests/bench/%.c $(B)/libonward.a
	@mkdir -p $(@D)
	@echo "cc $<"; $(CC) $(ALLFLAGS) -MF $@.d -Iinclude -Isrc $(LDFLAGS) -o $@ $< $(B)/libonward.a $(LIBS)
$(B)/bench/pty: LIBS += -lvterm
$(B)/bench/floor: LIBS := $(CURSES)
-include $(bench_bin:=.d)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include/onward $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(B)/onward $(DESTDIR)$(PREFIX)/bin/onward
	install -m 644 $(B)/libonward.a $(DESTDIR)$(PREFIX)/lib/libonward.a
	install -m 644 include/onward/*.h $(DESTDIR)$(PREFIX)/include/onward/
	install -m 644 src/onward.1 $(DESTDIR)$(PREFIX)/share/man/man1/onward.1
	printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$${prefix}/lib' 'includedir=$${prefix}/include' '' 'Name: onward' \
	  'Description: referral engine for social prescribing' 'Version: $(VERSION)' 'Requires.private: sqlite3 libsodium jansson' \
	  'Libs: -L$${libdir} -lonward' 'Libs.private: -lcsv -lunistring' 'Cflags: -I$${includedir}' \
	  > $(DESTDIR)$(PREFIX)/lib/pkgconfig/onward.pc

# The manual's command section, from the program's own tables.
manual: all
	@tests/cli/manual.sh $(B)/onward write
.PHONY: manual

clean:
	rm -rf build build-* demo
