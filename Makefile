# The commands of a contributor; `make help` lists them. CI runs .ci/run, which needs no make.

.DEFAULT_GOAL := help
.PHONY: help test lint bench golden fixtures fuzz ci

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

test: ## run all tests, with progress
	go test ./...

lint: ## what .ci/run checks beside the tests: formatting, vet, golangci-lint, imports, arrows
	.ci/lint

bench: ## measure beside conftest and opa, and write bench/RESULTS.md (half an hour)
	bench/run

golden: ## write golden files and generated pages anew; read the difference
	.ci/golden

fixtures: ## compare testdata/plans/*/plan.json with what Terraform plans today (needs terraform and the AWS provider)
	go -C tools run ./fixtures

fuzz: ## fuzz every parser for a minute each
	bench/fuzz 1m

ci: ## everything that a change has to pass, on a clean clone of HEAD
	CI=1 .ci/run
