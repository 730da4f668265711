from __future__ import annotations

import hashlib
import lzma

from zhengben.evaluation.documents import MINIMUM_LENGTH, sound_documents
from zhengben.lm.training.sources import Recipe, Shares, Source
from zhengben.lm.training.split import is_held_out

SHARES = Shares(held_out=0.5, held_out_salt="h", calibration=0.2, calibration_salt="c", sampling_salt="s")


def source(folder, name, paragraphs, weight):
    data = lzma.compress("\n".join(paragraphs).encode())
    (folder / f"{name}.xz").write_bytes(data)
    return Source(name, f"{name}.xz", "news", "line", weight, len(data), hashlib.sha256(data).hexdigest())


def test_only_text_that_no_model_was_trained_on_is_used(tmp_path):
    paragraphs = [f"第{number}段，" + "说的是一件事。" * 60 for number in range(40)]
    recipe = Recipe((source(tmp_path, "trained", paragraphs, 1.0),), SHARES)

    documents = list(sound_documents(recipe, tmp_path))

    used = [line for document in documents for line in document.text.split("\n")]
    assert used
    assert all(is_held_out(line, SHARES) for line in used)
    assert all(len(document.text) >= MINIMUM_LENGTH for document in documents)
    assert {document.genre for document in documents} == {"news"}


def test_documents_are_bundled_to_the_length_that_is_asked_for(tmp_path):
    paragraphs = [f"第{number}段，" + "说的是一件事。" * 60 for number in range(80)]
    recipe = Recipe((source(tmp_path, "trained", paragraphs, 1.0),), SHARES)

    documents = list(sound_documents(recipe, tmp_path, minimum=5000))

    assert documents
    assert all(5000 <= len(document.text) < 6000 for document in documents)


def test_a_share_of_the_documents_of_an_unseen_source_is_used(tmp_path):
    paragraphs = [f"{number}号文件。" + "一二三四五六七八九十" * 250 for number in range(100)]
    recipe = Recipe((source(tmp_path, "unseen", paragraphs, 0.0),), SHARES)

    some, all_of_them = (list(sound_documents(recipe, tmp_path, share)) for share in (0.3, 1.0))

    assert 10 < len(some) < 60
    assert len(all_of_them) == 100
    assert {document.text for document in some} < set(paragraphs)
