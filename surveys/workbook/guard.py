"""What a file must survive before anything parses it: a few KB can hold gigabytes."""

import io
import itertools
import zipfile
import zlib

from django.utils.translation import gettext as _

from surveys.workflow import Refused

MAX_BYTES = 25 * 1024**2
MAX_INFLATED_BYTES = 64 * 1024**2
MAX_RATIO = 200
MAX_MEMBERS = 500
MAX_TAGS = 3_000_000
"""Opening and closing tags over all members; 10,000 cases with 40,000 participants have about 1,600,000."""

_CHUNK = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0"
_ENTRY_OF_DIRECTORY = b"PK\x01\x02"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    KeyError,
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What spreadsheet programs use; the others inflate without a limit."""
_MACROS = ("vbaproject.bin", "/macrosheets/", "/activex/", "/embeddings/")
_LINKS = ("/externallinks/", "/connections.xml", "/querytables/")
_TYPES = "[Content_Types].xml"


class Unreadable(Refused):
    """The file cannot be taken in at all; the message says why and what to do."""


def guarded(file):
    """The file's content as a stream, after a look into every member of the archive.

    `file` is a binary file object; Unreadable with the reason otherwise.
    """
    stream = io.BytesIO(_limited_content(file))
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_members(archive.infolist())
            _check_inflated(archive)
    except _BROKEN as error:
        raise Unreadable(
            _("Excelブック（.xlsx）として読めません。Excelで開き、.xlsxで保存し直してください。")
        ) from error
    stream.seek(0)
    return stream


def check_size(content):
    """Unreadable if there is more of it than is taken."""
    if len(content) > MAX_BYTES:
        raise Unreadable(_("ファイルが25MBを超えています。画像などを取り除いてください。"))


def is_old_or_encrypted(content):
    return content.startswith(_OLE)


def _limited_content(file):
    content = file.read(MAX_BYTES + 1)
    check_size(content)
    if is_old_or_encrypted(content):
        raise Unreadable(
            _(
                "パスワードで保護されているか、古い形式（.xls）です。パスワードを外し、.xlsxで保存し直してください。"
            )
        )
    if content.count(_ENTRY_OF_DIRECTORY) > MAX_MEMBERS:
        raise _too_many_members()
    return content


def _too_many_members():
    return Unreadable(
        _("ブックの中の部品が多すぎるか、重複しています。データの2つのシートだけを残してください。")
    )


def _check_members(members):
    names = [f"/{member.filename}".lower() for member in members]
    if len(names) > MAX_MEMBERS or len(set(names)) < len(names) or _overlap(members):
        raise _too_many_members()
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(_("パスワードで保護されています。パスワードを外して保存し直してください。"))
    if any(mark in name for name in names for mark in _MACROS):
        raise _macros()
    if any(mark in name for name in names for mark in _LINKS):
        raise Unreadable(
            _("ほかのファイルへのリンクを含むブックは受け取れません。リンクを解除して値にしてください。")
        )
    if "/xl/workbook.xml" not in names:
        raise Unreadable(_("Excelブック（.xlsx）ではありません。Excelで開き、.xlsxで保存し直してください。"))
    if any(member.compress_type not in _METHODS for member in members):
        raise NotImplementedError("A way of compressing that spreadsheet programs do not use.")


def _macros():
    return Unreadable(_("マクロや埋め込みを含むブックは受け取れません。.xlsxで保存し直してください。"))


def _overlap(members):
    """Whether two members share bytes of the file: small files that hold one member many times over do."""
    places = sorted((member.header_offset, member.compress_size) for member in members)
    return any(offset + size > following for (offset, size), (following, _size) in itertools.pairwise(places))


def _check_inflated(archive):
    """Counts what really comes out: the sizes an archive states about itself may be lies."""
    inflated = tags = 0
    for member in archive.infolist():
        with archive.open(member) as content:
            while chunk := content.read(_CHUNK):
                inflated += len(chunk)
                tags += chunk.count(b"<")
                if member.filename == _TYPES and b"macroEnabled" in chunk:
                    raise _macros()
                if inflated > MAX_INFLATED_BYTES or tags > MAX_TAGS or _is_bomb(content.tell(), member):
                    raise Unreadable(
                        _("ブックの中身が大きすぎます。不要なシート、行、書式を取り除いてください。")
                    )


def _is_bomb(inflated, member):
    """A member inflating beyond the ratio; below a megabyte even plain styles compress that well."""
    return inflated > 1024**2 and inflated > MAX_RATIO * max(member.compress_size, 1)
