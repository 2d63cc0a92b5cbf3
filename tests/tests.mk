# SPDX-License-Identifier: Apache-2.0
# The targets that test: check, asan, tsan, fuzz, lint.  Included by Makefile.
#
# `make asan` and `make asan check` are the same, and so are those of tsan: all of
# check, on a build of its own.

TESTS    := $(patsubst tests/%.c,$(BUILD)/tests/%,\
              $(sort $(wildcard tests/unit/*.c tests/property/*.c)))
TARGETS  := $(patsubst tests/%.c,$(BUILD)/tests/%,\
              $(filter-out tests/fuzz/regression.c,$(wildcard tests/fuzz/*.c)))
TEST_CC   = $(CC) -std=c11 $(CPPFLAGS) $(CFLAGS) $(WARNINGS) -MMD -MP
SANITIZED := $(filter asan tsan,$(MAKECMDGOALS))
MUTANT   := $(BUILD)/obj/src/worker.mutant.o

# With sanitizers; an arena that is off and checked views where they are cheap.
ASAN_FLAGS = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
             -fno-sanitize-recover=all -DMLIN_ARENA_OFF -DMLIN_CHECK_RECORDS
TSAN_FLAGS = -O1 -g -fno-omit-frame-pointer -fsanitize=thread

# What threads matter to; the rest of check is the same on one thread.
TSAN_CASES = tests/fused.sh tests/unit/pipeline tests/unit/parallel \
             tests/unit/tally tests/unit/turnstile tests/property/train_naive \
             tests/property/train_threads tests/golden/count \
             tests/golden/run tests/golden/dedup tests/golden/minhash \
             tests/golden/cluster tests/golden/drop tests/golden/lookup \
             tests/golden/index tests/index.sh \
             tests/property/sorter tests/property/components \
             tests/cluster_order.sh

ifneq (,$(SANITIZED))
check: $(SANITIZED)
else
check: ## run all tests (asan check, tsan check: with sanitizers)
	@.ci/deps $(PACKAGES) $(PACKAGES_CHECK)
	@$(MAKE) --no-print-directory programs
	@BUILD=$(BUILD) tests/run $(CASES)
endif

programs: $(BUILD)/mlin $(BUILD)/mlin-test $(BUILD)/mlin-mutant $(TESTS) $(TARGETS)

asan: ## build with address and undefined sanitizers, run all tests
	@$(MAKE) --no-print-directory BUILD=build/asan \
	    CFLAGS='$(ASAN_FLAGS)' CASES='$(CASES)' check

tsan: ## build with the thread sanitizer, run what has threads
	@$(MAKE) --no-print-directory BUILD=build/tsan \
	    CFLAGS='$(TSAN_FLAGS)' CASES='$(if $(CASES),$(CASES),$(TSAN_CASES))' \
	    check

# ---- programs ----

$(BUILD)/obj/src/main.test.o: src/main.c
	@mkdir -p $(@D)
	@$(TEST_CC) -DMLIN_TEST_STAGES -c -o $@ $<

$(MUTANT): src/turnstile.c
	@mkdir -p $(@D)
	@$(TEST_CC) -DMLIN_MUTANT_NO_GATE -c -o $@ $<

$(BUILD)/obj/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	@$(TEST_CC) -c -o $@ $<

# mlin with the stage that delays, and the same with its gates taken out.
$(BUILD)/mlin-test: $(BUILD)/obj/src/main.test.o $(BUILD)/obj/tests/jitter.o \
                    $(LIBRARY)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/mlin-mutant: $(BUILD)/obj/src/main.test.o $(MUTANT) \
                      $(BUILD)/obj/tests/jitter.o \
                      $(filter-out %/src/turnstile.o,$(LIBRARY))
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/tests/fuzz/%: $(BUILD)/obj/tests/fuzz/%.o \
                       $(BUILD)/obj/tests/fuzz/regression.o $(BUILD)/libmlin.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(BUILD)/libmlin.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

.SECONDARY:

-include $(wildcard $(BUILD)/obj/tests/*.d $(BUILD)/obj/tests/*/*.d \
                    $(BUILD)/obj/src/*.test.d $(BUILD)/obj/src/*.mutant.d)

# ---- fuzzing: make fuzz T=json TIME=60 ----

TIME ?= 60
FUZZ_FLAGS = -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
             -fno-sanitize-recover=all -DMLIN_ARENA_OFF

fuzz: ## fuzz one target: make fuzz T=json TIME=60
	@test -f 'tests/fuzz/$(T).c' || { echo "make fuzz T=... TIME=seconds; T is one of:" \
	    $(basename $(notdir $(TARGETS))) >&2; exit 2; }
	@.ci/deps $(PACKAGES) $(PACKAGES_LINT)
	@$(MAKE) --no-print-directory BUILD=build/fuzz CC=clang \
	    CFLAGS='$(FUZZ_FLAGS)' build/fuzz/fuzzer-$(T)
	@mkdir -p tests/fuzz/corpus/$(T) build/fuzz/found/$(T)
	@build/fuzz/fuzzer-$(T) -max_total_time=$(TIME) -timeout=10 -rss_limit_mb=1024 \
	    -artifact_prefix=tests/fuzz/corpus/$(T)/ \
	    build/fuzz/found/$(T) tests/fuzz/corpus/$(T)

$(BUILD)/fuzzer-%: $(BUILD)/obj/tests/fuzz/%.o $(BUILD)/libmlin.a
	@$(CC) $(CFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

# ---- lint ----

lint: ## check the form of the code, and that manuals and cases are complete
	@.ci/deps $(PACKAGES) $(PACKAGES_CHECK) $(PACKAGES_LINT)
	@$(MAKE) --no-print-directory $(BUILD)/mlin $(BUILD)/libmlin.a
	@BUILD=$(BUILD) CC='$(CC)' LINT_FLAGS='-std=c11 $(CPPFLAGS) $(WARNINGS)' \
	    tests/lint/run

.PHONY: check asan tsan programs fuzz lint
