# The language model, its counts and the figures of word pairs, from the corpora. Only for whoever trains: needs a C++
# compiler, cmake and boost (Debian: build-essential cmake libboost-all-dev zlib1g-dev), 3 GB of memory, about 12 minutes,
# and an hour for the network.

CORPORA ?= ../shared/corpora
KENLM_VERSION ?= 0.3.0
KENLM_SHA256 ?= c4628bb9fb63c8a6f9240035b8b037385cfc404cb72e933cf48878291edac1e8
LM_BUILD ?= build/lm
KENLM_BUILD ?= build/kenlm
TRAINING_PYTHON ?= .venv/bin/python
TRAIN = $(TRAINING_PYTHON) -m zhengben.lm.training --sources corpora/sources.toml --corpora $(CORPORA) \
	--build $(LM_BUILD) --programs $(KENLM_BUILD)/bin

RESTORE_TRAIN = $(TRAINING_PYTHON) -m zhengben.restore.training --sources corpora/sources.toml --build $(LM_BUILD)
SPELLING_TRAIN = $(TRAINING_PYTHON) -m zhengben.spelling.training --sources corpora/sources.toml --build $(LM_BUILD)

.PHONY: model counts restore-data network spelling-data training-packages kenlm

## make all shipped data anew from the corpora (needs a compiler)
model: kenlm training-packages
	$(TRAIN)
	$(RESTORE_TRAIN)
	$(SPELLING_TRAIN)

## fit the figures of word pairs anew, after the tables have changed (a compiler only the first time)
restore-data: $(LM_BUILD)/calibration.klm training-packages
	$(RESTORE_TRAIN) contexts pairs confidence

## teach the network anew and fit the figures to it: words of new pairs are unknown to it until then
network: $(LM_BUILD)/calibration.klm training-packages
	$(RESTORE_TRAIN) contexts network pairs confidence

## gather confusable characters and lists of words and fit the figures of slips anew
spelling-data: $(LM_BUILD)/calibration.klm training-packages
	$(SPELLING_TRAIN)

$(LM_BUILD)/calibration.klm: $(KENLM_BUILD)/bin/lmplz
	$(TRAIN) prepare calibration

## scikit-learn, scipy and PyTorch, which only training needs
training-packages:
	$(TRAINING_PYTHON) -m pip install --quiet --disable-pip-version-check --editable '.[train]'

## count the rule tables' forms anew, after the tables have changed (no compiler needed)
counts:
	$(TRAIN) prepare forms checksums

## KenLM's own programs, lmplz and build_binary, from its source package
kenlm: $(KENLM_BUILD)/bin/lmplz

$(KENLM_BUILD)/bin/lmplz:
	mkdir -p $(KENLM_BUILD)
	$(TRAINING_PYTHON) -m pip download --quiet --no-deps --no-binary kenlm --dest $(KENLM_BUILD) kenlm==$(KENLM_VERSION)
	echo "$(KENLM_SHA256)  $(KENLM_BUILD)/kenlm-$(KENLM_VERSION).tar.gz" | sha256sum --check --quiet
	tar -xzf $(KENLM_BUILD)/kenlm-$(KENLM_VERSION).tar.gz -C $(KENLM_BUILD)
	cmake -S $(KENLM_BUILD)/kenlm-$(KENLM_VERSION) -B $(KENLM_BUILD) -DCMAKE_BUILD_TYPE=Release \
		-DCMAKE_POLICY_VERSION_MINIMUM=3.5 -DENABLE_PYTHON=OFF
	cmake --build $(KENLM_BUILD) --target lmplz build_binary
