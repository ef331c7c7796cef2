# make run    set up, build, and open Samples/ (without a terminal: index, search, export)
# make test   set up and run every test
# make build  the optimised program at .build/release/longhand
# make install PREFIX=/usr/local
# make bench  the measured figures
# make picture  the pictures of the README, made by the real program
# make docs   the tables of docs/, from the program's own
# make api    the documentation of four libraries, by DocC, under .build/docs
# make fuzz   ten million random events for the studio without a terminal; SEED=... for those of an earlier run
# make bench-quality  how well searches answer

PREFIX ?= /usr/local
SWIFT := $(shell Scripts/toolchain)
BUILD := $(SWIFT) build -c release --product longhand --static-swift-stdlib
MODELS := $(or $(LONGHAND_MODELS),$(or $(XDG_DATA_HOME),$(HOME)/.local/share)/longhand/models)
SOURCES := $(shell find Sources -type f) Package.swift

.PHONY: run test build setup model install bench bench-quality picture docs api fuzz clean

run: setup .build/release/longhand
	@Scripts/fetch-model || true
	@Scripts/run

build: setup .build/release/longhand

.build/release/longhand: $(SOURCES)
	@test -n "$(SWIFT)"
	$(BUILD) >&2
	@touch $@

setup:
	@Scripts/setup

model: setup
	@Scripts/fetch-model

test: setup model
	@Scripts/setup tests
	@test -n "$(SWIFT)"
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/longhand/themes $(DESTDIR)$(PREFIX)/share/doc/longhand
	install -m 755 .build/release/longhand $(DESTDIR)$(PREFIX)/bin/longhand
	install -m 644 Themes/*.toml $(DESTDIR)$(PREFIX)/share/longhand/themes/
	install -d $(DESTDIR)$(PREFIX)/share/doc/longhand/docs
	install -m 644 README.md LICENSE CHANGELOG.md ARCHITECTURE.md CONTRIBUTING.md SECURITY.md $(DESTDIR)$(PREFIX)/share/doc/longhand/
	install -m 644 docs/* $(DESTDIR)$(PREFIX)/share/doc/longhand/docs/

picture: build model
	@Scripts/picture

api: setup
	@Scripts/api-docs

docs: setup
	LONGHAND_RECORD=1 $(SWIFT) test --filter DocumentationTests

bench: build model
	$(SWIFT) build -c release --product encoder-bench --static-swift-stdlib >&2
	$(SWIFT) build -c release --product index-bench --static-swift-stdlib >&2
	$(SWIFT) build -c release --product key-bench --static-swift-stdlib >&2
	@Scripts/bench

# English with the standard model, then all with one of many languages.
bench-quality: model
	@Scripts/fetch-multilingual-model
	$(SWIFT) build -c release --product quality-bench --static-swift-stdlib >&2
	@.build/release/quality-bench --model "$(MODELS)/all-MiniLM-L6-v2" --sets en
	@.build/release/quality-bench --model "$(MODELS)/multilingual-e5-small-q4"

# Optimised, and apart from other builds.
fuzz: setup
	$(SWIFT) build -c release --product WorkbenchFuzz --scratch-path .build-fuzz >&2
	.build-fuzz/release/WorkbenchFuzz --events $(or $(EVENTS),10000000) $(if $(SEED),--seed $(SEED))

clean:
	rm -rf .build .build-fuzz out
