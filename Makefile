# make run    set up, build, and open Samples/ (without a terminal: index, search, export)
# make test   set up and run every test
# make build  the optimised program at .build/release/longhand
# make install PREFIX=/usr/local
# make bench  the measured figures

PREFIX ?= /usr/local
SWIFT := $(shell Scripts/toolchain)
BUILD := $(SWIFT) build -c release --product longhand --static-swift-stdlib
SOURCES := $(shell find Sources -type f) Package.swift

.PHONY: run test build setup model install bench clean

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
	@test -n "$(SWIFT)"
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/longhand/themes $(DESTDIR)$(PREFIX)/share/doc/longhand
	install -m 755 .build/release/longhand $(DESTDIR)$(PREFIX)/bin/longhand
	install -m 644 Themes/*.toml $(DESTDIR)$(PREFIX)/share/longhand/themes/
	install -m 644 README.md LICENSE CHANGELOG.md $(DESTDIR)$(PREFIX)/share/doc/longhand/

bench: build model
	$(SWIFT) build -c release --product encoder-bench --static-swift-stdlib >&2
	$(SWIFT) build -c release --product index-bench --static-swift-stdlib >&2
	@Scripts/bench

clean:
	rm -rf .build out
