# SPDX-License-Identifier: Apache-2.0
# mlin: `make help` lists the targets.

BUILD    ?= build
CC       ?= gcc
CFLAGS   ?= -O2 -g
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Wvla
CPPFLAGS += -D_GNU_SOURCE -I.
LIBS     := -licui18n -licuuc -licudata -lpcre2-8 -lsqlite3 -lzstd -lz -lxxhash -lnettle -lpthread -lm

# What a fresh Debian 12 or Ubuntu 24.04 lacks.
PACKAGES := gcc libc6-dev libicu-dev zlib1g-dev libpcre2-dev libsqlite3-dev \
            libzstd-dev libxxhash-dev nettle-dev python3
PACKAGES_CHECK := zstd sqlite3
PACKAGES_LINT  := clang libclang-rt-dev mandoc

# Test data that is not part of the project; tests that need it say when it is not there.
MLIN_DATA ?= $(wildcard ../shared/data)
export MLIN_DATA := $(abspath $(MLIN_DATA))

FOLDERS := src corpora langid filters tokenizer
SOURCES := $(sort $(foreach f,$(FOLDERS),$(wildcard $(f)/*.c)))
OBJECTS := $(SOURCES:%.c=$(BUILD)/obj/%.o)
LIBRARY := $(filter-out $(BUILD)/obj/src/main.o,$(OBJECTS))

all: $(BUILD)/mlin ## build build/mlin (the default)

$(BUILD)/mlin: $(OBJECTS)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
	@echo "built $@"

# Told once, in words, instead of by the compiler.
$(BUILD)/ready:
	@mkdir -p $(@D)
	@for header in unicode/uchar.h pcre2.h sqlite3.h zstd.h zlib.h xxhash.h nettle/hmac.h; do \
	    echo "#include <$$header>"; done | \
	    $(CC) -DPCRE2_CODE_UNIT_WIDTH=8 -E -o /dev/null -x c - 2>/dev/null || \
	    { echo "libraries are missing: make deps installs them" >&2; exit 1; }
	@touch $@

$(BUILD)/obj/%.o: %.c | $(BUILD)/ready
	@mkdir -p $(@D)
	@$(CC) -std=c11 -ffp-contract=off $(CPPFLAGS) $(CFLAGS) $(WARNINGS) -MMD -MP -c -o $@ $<

$(BUILD)/libmlin.a: $(LIBRARY)
	@rm -f $@
	@ar rcs $@ $^

-include $(OBJECTS:.o=.d)

deps: ## install the Debian packages that a build and the demo need
	@.ci/deps $(PACKAGES)

demo: ## the whole job on real text: fetch, prepare, train, encode, audit
	@.ci/deps $(PACKAGES)
	@$(MAKE) --no-print-directory $(BUILD)/mlin
	@corpora/demo.sh $(BUILD)/mlin

check-peers: $(BUILD)/mlin ## load our outputs with the real tools (from PyPI)
	@tests/peers/run $(BUILD)/mlin

bench: $(BUILD)/mlin ## MB/s of every stage, against a baseline and against peers
	@tests/bench/run $(BUILD)/mlin
	@if [ -x build/peers/venv/bin/python ]; then \
	    build/peers/venv/bin/python tests/bench/encode.py $(BUILD)/mlin; \
	    build/peers/venv/bin/python tests/bench/langid.py $(BUILD)/mlin; \
	    build/peers/venv/bin/python tests/bench/dedup.py $(BUILD)/mlin; \
	    tests/bench/fairness.py $(BUILD)/mlin; \
	else echo "skipped: peers are not installed (make check-peers does)"; fi

-include tests/tests.mk

clean: ## remove build/
	rm -rf build

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | \
	    sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

.PHONY: all deps demo check-peers bench clean help
