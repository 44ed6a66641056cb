# make exam: a sample exam from a clean clone.   make test: the tests.   Both set up all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Item models are checked as their authors write them, without annotations.
AUTHORED := --allow-untyped-defs --allow-untyped-calls --allow-incomplete-defs \
	--allow-untyped-decorators --explicit-package-bases

.PHONY: exam test lint check check-long bench bench-oracle test-oracle test-browser submissions test-wheel fuzz clean

exam: $(VENV)/ready
	@$(BIN)/examgen build midterm --roster examples/roster.csv --seed 403 --out exam-403
	@$(BIN)/examgen grade examples/submissions.csv --exam exam-403

test: $(VENV)/ready
	$(BIN)/pytest -n auto --ignore=tests/oracle --ignore=tests/browser

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy $(AUTHORED) examples/items question_bank

check: $(VENV)/ready
	$(BIN)/examgen check --mutants

# 2,000 items of each model: half an hour on two cores.
check-long: $(VENV)/ready
	$(BIN)/examgen check --samples 2000

# math-verify, beside which formulas are compared, is in an environment of its own.
bench: $(VENV)/ready $(VENV)/bench
	$(BIN)/python benchmarks/engine.py
	$(BIN)/python benchmarks/paper.py --rounds 3 --papers 40
	$(VENV)-bench/bin/python benchmarks/answers.py

# Against PyTorch, into benchmarks/engine.md: on a machine that does nothing else.
bench-oracle: $(VENV)/oracle
	$(VENV)-oracle/bin/python benchmarks/engine.py --write

# Against PyTorch; in an environment of its own, for a user's machine has none.
test-oracle: $(VENV)/oracle
	$(VENV)-oracle/bin/pytest tests/oracle -m oracle

# The preview in a headless Chromium.
test-browser: $(VENV)/browser
	$(BIN)/pytest tests/browser -rP

# The built wheel, in an empty environment and an empty folder.
test-wheel: $(VENV)/ready
	$(BIN)/python tests/wheel.py

# 20,000 random pairs of formulas: no verdict of examgen.equivalence may be false.
fuzz: $(VENV)/ready
	$(BIN)/python tests/fuzz/equivalence.py --pairs 20000 --seed 1

# Sample answers to the sample exam, by simulated students: rerun when the bank or the blueprint changes.
submissions: $(VENV)/ready
	$(BIN)/python examples/simulate.py

$(VENV)/ready: pyproject.toml constraints.txt Makefile
	@sh scripts/install-system.sh
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]' -c constraints.txt
	@touch $@

$(VENV)/oracle: pyproject.toml constraints.txt Makefile
	test -x $(VENV)-oracle/bin/python || $(PYTHON) -m venv $(VENV)-oracle
	$(VENV)-oracle/bin/python -m pip install --quiet --disable-pip-version-check -e '.[dev,oracle]' -c constraints.txt
	@mkdir -p $(VENV) && touch $@

$(VENV)/browser: $(VENV)/ready
	@sh scripts/install-browser.sh
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,browser]' -c constraints.txt
	@touch $@

$(VENV)/bench: pyproject.toml constraints.txt Makefile
	test -x $(VENV)-bench/bin/python || $(PYTHON) -m venv $(VENV)-bench
	$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check -e '.[bench]' -c constraints.txt
	@mkdir -p $(VENV) && touch $@

clean:
	rm -rf $(VENV) $(VENV)-oracle $(VENV)-bench dist build exam-403
