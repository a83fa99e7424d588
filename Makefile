# Everything but the conformance tools needs Go alone. `make help` lists the targets.

GO      ?= go
NOTES   ?= notes/events
DIST    ?= dist
export CGO_ENABLED ?= 0

GOLANGCI    = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
FUZZTIME   ?= 60s
LAYOUT     ?= a4

.DEFAULT_GOAL := help
.PHONY: help book build test race cover lint fmt golden fuzz bench tools check collections pages typography clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

book: ## build the bundled notes into dist/ as EPUB and PDF
	$(GO) run ./cmd/evbook --format epub,pdf --output $(DIST)/ $(NOTES)

build: ## build the program into dist/evbook
	$(GO) build -trimpath -o $(DIST)/ ./cmd/evbook

test: ## run the tests; conformance tests whose tool is missing say so and are skipped
	@$(GO) run ./internal/testsummary -- $(GO) test -shuffle=on ./...

race: ## run the tests under the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race -short ./...

cover: ## write a coverage report to dist/cover.html
	@mkdir -p $(DIST)
	$(GO) test -coverpkg=./... -coverprofile=$(DIST)/cover.out ./...
	$(GO) tool cover -html=$(DIST)/cover.out -o $(DIST)/cover.html

lint: ## vet and golangci-lint (with staticcheck)
	$(GO) vet ./...
	$(GO) run $(GOLANGCI) run

fmt: ## format the source
	gofmt -w cmd fonts internal layouts notes render

golden: ## write the golden files anew; read the difference before committing it
	$(GO) test $$(grep -rl --include='*_test.go' 'internal/golden' . | xargs -n1 dirname | sort -u) -update

fuzz: ## run each fuzz target for FUZZTIME
	@grep -rl --include='*_test.go' '^func Fuzz' . | xargs -n1 dirname | sort -u | while read -r dir; do \
	  for name in $$($(GO) test -list '^Fuzz' $$dir | grep '^Fuzz'); do \
	    echo "$$dir $$name"; $(GO) test $$dir -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZTIME) || exit 1; \
	  done; done

collections: ## compare the words of the collections of notes in DIR with those of their books
	EVBOOK_COLLECTIONS=$$(echo $(abspath $(DIR))/*/ | tr ' ' :) $(GO) test ./cmd/evbook -run TestNoWordOfCollectionsIsLost -count 1 -timeout 2h -v

bench: ## run the benchmarks
	$(GO) test -run '^$$' -bench . -benchmem ./...

tools: ## install what the conformance tests need into .tools/
	bash .ci/tools.sh

check: ## what a change must pass: format, vet, book, tests
	@test -z "$$(gofmt -l cmd fonts internal layouts notes render)" || { gofmt -l cmd fonts internal layouts notes render; echo 'run make fmt'; exit 1; }
	$(GO) vet ./...
	$(MAKE) book
	$(MAKE) test

pages: book ## render the PDF's pages to pages/ as pictures and contact sheets (needs poppler and ImageMagick)
	rm -rf pages && mkdir -p pages
	pdftoppm -r 80 -png $(DIST)/event-notes.pdf pages/p
	montage pages/p-*.png -tile 6x4 -geometry 420x+8+8 -background '#888' pages/sheet-%02d.png

typography: ## measure word spaces, hyphens, page breaks, grid and fill over the bundled book and a torture book
	$(GO) test ./render/typeset -run TestTypography -count 1 -v | grep -v '^=== '

clean: ## remove what was built
	rm -rf $(DIST) pages
