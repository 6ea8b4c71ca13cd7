# Sparrow. `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

OUT      := .build
SITE     ?= $(OUT)/site
ADDR     ?= :8080
DEMO     := data/demo
# The address that the site will have, for search engines, and its path there when it does not have the whole host: /repo/.
SITE_URL ?=
BASE     ?=
# The folder of the pictures that the catalog names by a path: that of items.csv, which make night takes where none is named.
PICTURES ?=
# A site that may send feedback to "make run", https://shop.example or, with its name in the log, https://shop.example=shop; several with spaces between.
ORIGIN   ?=
FEEDBACK ?= data/feedback
# Days that files of the site before stay for open pages, and visitors of so long ago get deltas; make night keeps them.
KEEP     ?= 0
# The folder that holds ml-latest-small/ and ml-1m/, for the benchmarks.
SPARROW_DATA ?=
# What exports models for "make import-test".
PYTHON       ?= python3
MOVIELENS    ?= $(SPARROW_DATA)/ml-latest-small

# The Go that compiles, which go fetches itself: the first one with SIMD for WebAssembly. Where it cannot be had, the Go
# that is installed does, without SIMD.
TOOLCHAIN := $(shell awk '$$1=="toolchain"{print $$2}' go.mod)
export GOTOOLCHAIN := $(shell if GOTOOLCHAIN=$(TOOLCHAIN) go version >/dev/null 2>&1; then echo $(TOOLCHAIN); else echo local; fi)
ifeq ($(GOTOOLCHAIN),local)
$(warning $(TOOLCHAIN) cannot be fetched: the programs are compiled by $(shell go env GOVERSION), and those before go1.27 compile without SIMD)
endif

# What makes engine.wasm 72 KB smaller (brotli 11): no inlining but in the inner loops (-44); one garbage collector and
# one allocator of the two that Go links, and the older of its two readers of JSON, where the toolchain knows the names
# (-11, app.wasm -143); Go's own packages, which its own tests cover, without bounds and nil checks (-17). All of ours keep
# theirs.
LEAN   := $(shell for e in nogreenteagc,nosizespecializedmalloc,nojsonv2,simd nogreenteagc,nosizespecializedmalloc; do if GOTOOLCHAIN=$(GOTOOLCHAIN) GOEXPERIMENT=$$e go version >/dev/null 2>&1; then echo GOEXPERIMENT=$$e; break; fi; done)
ENGINE := -buildvcs=false -trimpath -ldflags='-s -w -buildid=' -gcflags=all=-l -gcflags='std=-l -B -d=disablenil=1' \
	$(patsubst %,-gcflags=sparrow/wasm/%=,nn feature index catalog)
# And 60 KB of engine.wasm, 88 of app.wasm: no tables of source lines, no names of what traces leave out, in the engine nothing
# that writes floats as text.
TRIM      := go run ./build/slim trim
NODE_WASM = $(shell GOTOOLCHAIN=$(GOTOOLCHAIN) go env GOROOT)/lib/wasm/go_js_wasm_exec
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := go run golang.org/x/vuln/cmd/govulncheck@v1.9.0
# What build/dead_test.go runs: golang.org/x/tools/cmd/deadcode@v0.52.0
REFLEX      := go run github.com/cespare/reflex@v0.3.1

.PHONY: help
help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ---- use it

# What the edge answers without the engine, where it is not of the newest bundle already.
LISTS := go run ./build lists --bundle $(DEMO)

# What the edge of "make run" and "make dev" is started with.
SERVE := go run ./edge --site $(SITE) --bundles $(DEMO) --feedback $(FEEDBACK) --addr $(ADDR) \
	$(foreach o,$(ORIGIN),--origin '$(if $(findstring =,$(o)),$(o),$(o)=$(lastword $(subst /, ,$(o))))')

.PHONY: run
run: export QUALITY := 5
run: site-files ## build what is needed and serve the app at http://localhost:8080; ORIGIN=https://… is a site that may send feedback
	@$(LISTS)
	@$(SERVE)

# A made-up catalog that is not films: books or music.
CATALOG ?= books
comma := ,
.PHONY: demo
demo: ## a made-up bookshop or music magazine, trained and then served as make run does: CATALOG=books or music
	@test -f $(OUT)/demo/$(CATALOG)/bundle/latest.json || { go run ./build sample $(CATALOG) --out $(OUT)/demo \
		&& GOEXPERIMENT=simd go run ./build bundle --input $(OUT)/demo/$(CATALOG) --out $(OUT)/demo/$(CATALOG)/bundle/ \
		$(if $(filter books,$(CATALOG)),--attributes price:number$(comma)currency$(comma)stock:number$(comma)authors:list$(comma)publisher$(comma)format$(comma)language); }
	@$(AGAIN) run DEMO=$(OUT)/demo/$(CATALOG)/bundle

.PHONY: dev
dev: ## the same, rebuilt and reloaded whenever a source changes
	@$(REFLEX) -d none -s -r '\.(go|js|css|svg|bundle)$$' -R '^\.build/' -R 'node_modules' -- \
		bash -c "QUALITY=1 $(MAKE) -s site-files && $(LISTS) && exec $(SERVE) --reload"

.PHONY: site
site: export QUALITY := 11
site: site-files ## write the whole site, compressed as it ships, to .build/site; SITE_URL=https://… is where it will be, BASE=/repo/ its path there
	@echo "site: $(SITE) is ready for any static host"

.PHONY: site-files there wasm
there: # before anything is compiled
	@test -f '$(DEMO)' -o -f '$(DEMO)/latest.json' || { echo "DEMO=$(DEMO) holds no model: make one with go run ./build bundle --input <folder of items.csv and interactions.csv> --out $(DEMO), or leave DEMO out for the films of data/demo" >&2; exit 2; }
wasm:
	@mkdir -p $(OUT)
	@echo "building engine.wasm"; $(LEAN) go run ./build/slim engine --out $(OUT)/engine.wasm -- $(ENGINE)
	@echo "building app.wasm"; $(LEAN) go run ./build/slim app --out $(OUT)/app.wasm -- $(ENGINE)
	@$(TRIM) $(OUT)/engine.wasm $(OUT)/app.wasm
site-files: there wasm
	@echo "writing the pages"
	@go run ./app/export --bundle $(DEMO) --out $(SITE) --quality $(QUALITY) --keep $(KEEP) $(if $(filter 1,$(QUALITY)),--no-deltas) $(if $(SITE_URL),--base-url '$(SITE_URL)') $(if $(BASE),--base '$(BASE)') $(if $(PICTURES),--pictures '$(PICTURES)')

WORKER := worker ingest networks instance bundles assets forms lists rows obey live keys owner site
.PHONY: edge-build
edge-build: ## build the edge for Cloudflare Workers, to .build/edge: at most 3 MB gzip
	@mkdir -p $(OUT)/edge
	@echo "building edge.wasm"; $(LEAN) GOOS=js GOARCH=wasm go build -buildvcs=false -trimpath -ldflags='-s -w -buildid=' -pgo=edge/worker/edge.pgo -o $(OUT)/edge/edge.wasm ./edge
	@cp $(patsubst %,edge/worker/%.mjs,$(WORKER)) static/js/event.js "$$(go env GOROOT)/lib/wasm/wasm_exec.js" $(OUT)/edge/
	@bytes=$$(cd $(OUT)/edge && cat edge.wasm wasm_exec.js event.js $(WORKER:=.mjs) | gzip -9 | wc -c); echo "edge: $$((bytes / 1000)) KB gzip, of 3,000 allowed"; test $$bytes -le 3000000

PORT ?= 8787
.PHONY: run-worker
run-worker: export QUALITY := 5
run-worker: export WRANGLER_SEND_METRICS := false
run-worker: tools site-files edge-build ## the edge as it is on Cloudflare, buckets and queue too, on this machine and without an account: http://localhost:8787
	@$(LISTS)
	@cd edge/worker && for file in $(abspath $(DEMO))/*.bundle $(wildcard $(abspath $(DEMO))/*.supplement $(abspath $(DEMO))/*.links $(abspath $(DEMO))/*.dcz $(abspath $(DEMO))/owner.html) $(abspath $(DEMO))/*.json $(abspath $(DEMO))/*.lists; do \
		node_modules/.bin/wrangler r2 object put "sparrow-bundles/$${file##*/}" --file "$$file" --local --persist-to $(abspath $(OUT))/cloudflare >/dev/null; done
	@cd edge/worker && exec node_modules/.bin/wrangler dev --port $(PORT) --persist-to $(abspath $(OUT))/cloudflare

.PHONY: deploy deploy-files
deploy: tools site deploy-files ## to Cloudflare: site, worker and the bundles of DEMO; ARGS=--dry-run to try it (edge/GUIDE.md)
deploy-files: edge-build
	@$(LISTS)
	@cd edge/worker && npm run -s deploy -- --bundles $(abspath $(DEMO)) --site $(abspath $(SITE)) $(ARGS)

.PHONY: publish
publish: tools ## to Cloudflare: the bundles, experiments and trending movies of DEMO alone; ARGS=--dry-run to try it
	@$(LISTS)
	@cd edge/worker && npm run -s deploy -- --models --bundles $(abspath $(DEMO)) $(ARGS)

# make itself, in words that it does not follow under -n.
AGAIN := $(MAKE) -s
# Feedback to learn from: where there is some, or where one was named.
LEARN  = $(if $(or $(filter-out file,$(origin FEEDBACK)),$(wildcard $(FEEDBACK))),--feedback '$(FEEDBACK)')

.PHONY: night
night: export QUALITY ?= 11
night: ## the next model, judged beside the last one, with its pages and lists: INPUT=mine DEMO=data/mine, CLOUDFLARE=1 to upload, ARGS='--shrink 30%'
	@test -n "$(INPUT)" -a '$(origin DEMO)' != file || { echo "make night INPUT=<folder of items.csv and interactions.csv> DEMO=<folder of bundles> (edge/GUIDE.md)" >&2; exit 2; }
	@$(if $(CLOUDFLARE),$(AGAIN) tools)
	@go run ./build night --input '$(INPUT)' $(LEARN) --out '$(DEMO)' \
		--pages '$(AGAIN) site-files DEMO="$$BUNDLE" KEEP=8 PICTURES="$(or $(PICTURES),$(INPUT))"' \
		$(if $(CLOUDFLARE),--publish '$(AGAIN) deploy-files ARGS=') $(ARGS)
	@$(if $(LEARN),go run ./build report $(LEARN) --bundle '$(DEMO)' --html '$(DEMO)/owner.html' >/dev/null$(if $(CLOUDFLARE), && $(AGAIN) publish ARGS=))

.PHONY: demo-bundle
demo-bundle: ## train data/demo again, byte for byte: MOVIELENS=<folder of ml-latest-small>
	@test -f "$(MOVIELENS)/ratings.csv" || { echo "make demo-bundle MOVIELENS=<folder of ml-latest-small>; or first: go run ./build fetch ml-latest-small" >&2; exit 2; }
	go run ./build bundle --models DIN --ship measured --vocabulary data/demo/vocabulary.json --titles data/demo/titles.csv --input $(MOVIELENS) --out $(DEMO)
	go run ./build links --links $(MOVIELENS)/links.csv --bundle $(DEMO)

# ---- trust it

.PHONY: test
test: VET := -vet=off # lint has done it
test: tools lint edge-build test-go e2e ## every test there is; installs what they need
	@echo "make test: everything passed"

.PHONY: e2e
e2e: export QUALITY := 5
e2e: tools edge-build site-files ## the tests in browsers and of the edge on workerd; EVERY=1 tries each thing in every way, and those of app/e2e/tests/nightly, as at night
	@$(LISTS)
	cd edge/worker && npm test
	@go build -o $(OUT)/e2e/ ./edge ./build # before several files of tests do at the same time
	cd app/e2e && npm run -s $(if $(EVERY),every,test)

.PHONY: test-go
test-go: ## every test in Go, those of the core also as WebAssembly (needs Node)
	go test $(VET) ./...
	$(LEAN) GOOS=js GOARCH=wasm go test -exec "$(NODE_WASM)" ./wasm/...

.PHONY: docs
docs: ## every command of the documents in an empty folder, those too that build for the browser or train for long: three minutes
	go test -count=1 -timeout 30m -run 'TestDocumentsRunAsWritten' ./build -slow

.PHONY: race
race: ## every test in Go under the race detector
	go test -race -timeout 40m ./...

# apt-get install, for those who may and those who must ask.
APT := $(shell [ $$(id -u) = 0 ] || echo sudo) bash -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$$@" >/dev/null' apt

.PHONY: tools
tools: ## install the test tools: npm packages and, when missing, PHP, Ruby, Chromium and Firefox
	@command -v node >/dev/null || { echo "the tests need Node 20 or newer: https://nodejs.org" >&2; exit 1; }
	@for dir in app/e2e edge/worker; do (cd $$dir && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund; }); done
	@command -v php >/dev/null || { echo "installing PHP, which runs the plug-in for WordPress"; $(APT) php-cli; } || echo "PHP cannot be installed here: the plug-in for WordPress is not tested"
	@command -v ruby >/dev/null || { echo "installing Ruby, which runs the example for Rails"; $(APT) --no-install-recommends ruby; } || echo "Ruby cannot be installed here: the example for Rails is not tested"
	@command -v "$${CHROMIUM:-chromium}" >/dev/null || { echo "installing Chromium"; $(APT) chromium; }
	@command -v "$${FIREFOX:-firefox-esr}" >/dev/null || command -v firefox >/dev/null || { echo "installing Firefox"; $(APT) firefox-esr; }

.PHONY: test-webkit
test-webkit: export QUALITY := 5
test-webkit: tools site-files ## the core journey, the widget's hosts and the engine's bytes in WebKitGTK, and every way to run on these hosts in Firefox; installs WebKitGTK and a display for it
	@{ command -v WebKitWebDriver && command -v Xvfb; } >/dev/null || { echo "installing WebKitGTK"; $(APT) webkit2gtk-driver xvfb; }
	@$(LISTS)
	cd app/e2e && npm run -s webkit

.PHONY: screens
screens: export QUALITY := 5
screens: tools site-files ## a screenshot of every view, phone and desktop, light and dark, both languages, three kinds of visitors, axe on each, and a walk through each by the keyboard: ten minutes
	@$(LISTS)
	cd app/e2e && npm run -s screens

.PHONY: screenshots
screenshots: export QUALITY := 5
screenshots: tools site-files ## the pictures that browsers show with their offer to install the app, to the folder screenshots beside the model of DEMO, where the next site finds them
	@$(LISTS)
	cd app/e2e && npm run -s screenshots '$(abspath $(if $(wildcard $(DEMO)/latest.json),$(DEMO),$(dir $(DEMO))))/screenshots'

.PHONY: check lint
check: lint ## format, vet for both targets, arrows, dead code, staticcheck, known vulnerabilities
	go test -count=1 -run 'TestArrows|TestFloors|TestShipped|TestNothingIsDead' ./build

lint: # check without what is among the tests
	@files=$$(gofmt -l app build edge wasm); test -z "$$files" || { echo "gofmt would change: $$files" >&2; exit 1; }
	go vet ./...
	GOOS=js GOARCH=wasm go vet ./app/ui ./app ./edge ./wasm/...
	GOEXPERIMENT=simd go test -count=1 ./build/simd
	$(STATICCHECK) ./...
	@$(GOVULNCHECK) ./... > $(or $(TMPDIR),/tmp)/sparrow-vuln.txt 2>&1 \
		|| { grep -q 'fetching vulnerabilities' $(or $(TMPDIR),/tmp)/sparrow-vuln.txt && echo "govulncheck: its database cannot be reached from here, so nothing was checked"; } \
		|| { cat $(or $(TMPDIR),/tmp)/sparrow-vuln.txt; exit 1; }

# Where the engines of these tests are installed, once: .build/cluster.
.PHONY: cluster-test
cluster-test: ## Sparrow on Redis, Kafka, Flink, Spark and Keras, each started here on loopback: installs them to .build/cluster (needs Java and Python); ARGS='-run TestX' for one
	go vet -tags cluster ./build/cluster
	go test -tags cluster -count=1 -timeout 3h -v ./build/cluster $(ARGS)

FUZZTIME ?= 30s
FUZZ     ?= ./...
FUZZARGS ?=
.PHONY: fuzz
fuzz: ## fuzz every decoder and router, FUZZTIME each (30s); FUZZ=./edge/... for some packages
	@go test -list '^Fuzz' $(FUZZ) | awk '/^Fuzz/{f[++n]=$$1} /^ok/{for(i=1;i<=n;i++)print $$2,f[i];n=0}' | \
	while read -r pkg name; do echo "fuzz $$pkg $$name"; go test -run '^$$' -fuzz "^$$name$$" -fuzzminimizetime 10x -fuzztime $(FUZZTIME) $(FUZZARGS) "$$pkg"; done

# ---- measure it

.PHONY: bench
bench: bench-quality bench-browser ## quality and timings against their bars (needs SPARROW_DATA=<folder>)

.PHONY: bench-quality
bench-quality:
	@test -n "$(SPARROW_DATA)" || { echo "make bench SPARROW_DATA=<folder that holds ml-latest-small/ and ml-1m/>" >&2; exit 2; }
	go run ./build/bench quality --data $(SPARROW_DATA)

# The engine with every verb, as the app links it, without the app.
.PHONY: whole
whole:
	@mkdir -p $(OUT)
	@$(LEAN) GOOS=js GOARCH=wasm go build $(ENGINE) -o $(OUT)/whole.wasm ./build/bench/whole

# A network of MovieLens 1M of each width that is scanned, and its vectors. One pass: what is timed does not depend on how good they are.
$(OUT)/ml-1m-%.vectors:
	@mkdir -p $(OUT)
	@go run ./build bundle --retrieval sequence --width $* --epochs 1 --ship measured --input '$(SPARROW_DATA)/ml-1m' --out $(OUT)/ml-1m-$*.bundle
	@go run ./build/bench vectors --bundle $(OUT)/ml-1m-$*.bundle --out $@

.PHONY: bench-browser bench-parts
bench-parts: # before anything is built
	@ONLY='$(ONLY)' node app/e2e/bench/parts.mjs
bench-browser: bench-parts tools site whole $(if $(SPARROW_DATA),$(patsubst %,$(OUT)/ml-1m-%.vectors,32 64 128)) ## every figure of a browser, beside other libraries and its bar: a quarter of an hour, ONLY="scans answers …" for a part (SPARROW_DATA=<folder> adds MovieLens 1M)
	@cd app/e2e/peers && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --ignore-scripts; }
	@$(LEAN) GOOS=js GOARCH=wasm go build $(ENGINE) -o $(OUT)/inner.wasm ./build/bench/inner
	@go run ./build/bench names --bundle $(DEMO) --out $(OUT)/names.bundle
	@cd app/e2e && GOROOT="$$(go env GOROOT)" npm run -s bench

RUNS  ?= 5
PAGES ?=
.PHONY: lighthouse
lighthouse: tools site ## Lighthouse on home, item, for you and the Chinese home, as on a phone: medians of RUNS (5) beside their bars
	@cd app/e2e/lighthouse && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --ignore-scripts; }
	@node app/e2e/lighthouse/measure.mjs $(RUNS) $(PAGES)

.PHONY: bench-edge
bench-edge: tools edge-build ## CPU per event batch on workerd, against the same handler in plain JavaScript
	@cd edge/worker && npm run -s bench

.PHONY: size
size: export QUALITY := 1
size: site-files ## bytes of what a first visit downloads, to the app and to a widget, against their bars
	@go run ./build/bench size --wasm $(OUT) --bundle $(DEMO) --site $(SITE)

.PHONY: loop
loop: ## the loop of feedback closed in 20 simulated worlds, and experiments in them, against their bars
	go run ./build/bench loop

.PHONY: compare
compare: ## the models of the course against their bars: an hour or two (needs SPARROW_DATA=<folder>)
	@test -n "$(SPARROW_DATA)" || { echo "make compare SPARROW_DATA=<folder that holds ml-latest-small/ and ml-1m/>" >&2; exit 2; }
	GOEXPERIMENT=simd go run ./build/bench compare --data $(SPARROW_DATA)

.PHONY: bench-train
bench-train: ## speed of training beside PyTorch's, on one core (apt-get install python3-torch libopenblas0-pthread)
	GOEXPERIMENT=simd go run ./build/bench train

.PHONY: bench-scale
bench-scale: tools whole ## what catalogs of 10,000 to a million items take of the builder, and of a visitor in Chromium, against their bars, and a picture of how it grows
	@cd app/e2e/peers && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --ignore-scripts; }
	@go run ./build/bench scale --interactions 1000000 --items 10000,62000,200000,1000000 --epochs 0 --engine $(OUT)/whole.wasm --picture $(OUT)/growth.svg $(ARGS)
	@echo "bench-scale: $(OUT)/growth.svg shows how each figure grows"

.PHONY: bench-import
bench-import: ## what is lost of 100,000 vectors of 768 at 64 and 128 numbers of 8 bits, and what their bundle weighs and takes
	GOEXPERIMENT=simd go run ./build/bench import

.PHONY: import-test
import-test: ## models exported again by PyTorch, scikit-learn and Keras, whichever Python has, and those that are written here, beside ONNX Runtime (pip install onnx onnxruntime skl2onnx torch tensorflow tf2onnx)
	$(PYTHON) build/onnx/testdata/export.py
	go test -count=1 -v -run Parity ./build/onnx
	rm -rf $(OUT)/onnx && mkdir -p $(OUT)/onnx && go test -count=1 -run Written ./build/onnx -written $(abspath $(OUT))/onnx
	$(PYTHON) build/onnx/testdata/check.py $(OUT)/onnx

.PHONY: bench-memory
bench-memory: ## memory and time of the builder for 25 million synthetic interactions
	go run ./build/bench scale

.PHONY: bench-shards
bench-shards: ## memory and time of training on 25 million synthetic interactions in shards, and with SIGKILL in between; ARGS='--interactions 100000000 --kills 0' for another size
	GOEXPERIMENT=simd go run ./build/bench shards $(ARGS)

.PHONY: fault fault-edge fault-browser
fault: fault-edge fault-browser ## feedback lost or doubled under faults and SIGKILL, on a full disk and in little memory, against its bars

fault-edge:
	go run ./build/bench edge

fault-browser: tools edge-build
	cd app/e2e && npm run -s fault

.PHONY: widget-test
widget-test: export QUALITY := 5
widget-test: tools site-files ## the widget on hosts of every kind and under hostile input, against its bars
	@$(LISTS)
	cd app/e2e && npm run -s widget

.PHONY: clean
clean: ## remove everything that was built
	rm -rf $(OUT)
