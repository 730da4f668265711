"""Formats whose parsers do what hostile files make parsers do."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path

from zhengben.errors import InputError
from zhengben.formats.docx import WordDocument
from zhengben.model import Document


class _Misbehaving:
    name = "misbehaving"

    def write(self, document, result, options):
        return result.text.encode() + document.origin

    def output_suffix(self, source):
        return ".txt"


class Sound(_Misbehaving):
    def read(self, source, limits):
        print("parsers chatter")
        return Document(source.data.decode(), source.name, origin=b"!")


class Crashing(_Misbehaving):
    def read(self, source, limits):
        return Document(ctypes.string_at(0).decode())


class Hanging(_Misbehaving):
    """Hangs, and so does what it has started; both tell their numbers first."""

    def read(self, source, limits):
        helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        Path(source.data.decode()).write_text(f"{os.getpid()} {helper.pid}")
        time.sleep(600)


class Devouring(_Misbehaving):
    def read(self, source, limits):
        return Document(str(len(bytearray(limits.max_memory_bytes))))


class Leaving(_Misbehaving):
    def read(self, source, limits):
        os._exit(7)


class Failing(_Misbehaving):
    def read(self, source, limits):
        raise KeyError("no such\nkey")


class Recursing(_Misbehaving):
    def read(self, source, limits):
        return self.read(source, limits)


class Refusing(_Misbehaving):
    def read(self, source, limits):
        raise InputError("is not to its taste")


class FragileWord(WordDocument):
    """Reads Word documents, but crashes or hangs over those that are named for it."""

    def read(self, source, limits):
        if source.name == "crash.docx":
            ctypes.string_at(0)
        if source.name == "hang.docx":
            time.sleep(600)
        return super().read(source, limits)
