"""A hash over what a table holds, for telling whether it is what it was."""

import hashlib
import io

import pyarrow as pa


def content_sha256(table: pa.Table) -> str:
    """Return a hash over the names, types and values of a table, in their order.

    Equal hashes are equal tables. Equal tables may have different hashes: what stands behind a null counts too.

    Examples
    --------
    >>> one, other = pa.table({"a": ["x", None]}), pa.table({"a": ["x", "y"]})
    >>> content_sha256(one) == content_sha256(pa.table({"a": ["x", None]})), content_sha256(one) == content_sha256(other)
    (True, False)
    """
    sink = _Hashed()
    with pa.PythonFile(sink, "w") as file:
        for name in table.column_names:
            # A piece of a longer column is copied: what stands before and behind it there would be hashed as well.
            whole = pa.concat_arrays([*table[name].chunks, pa.array([], table[name].type)])
            with pa.ipc.new_stream(file, pa.schema([(name, whole.type)])) as stream:
                stream.write_batch(pa.record_batch([whole], [name]))
    return sink.digest.hexdigest()


class _Hashed(io.RawIOBase):
    """Bytes that are hashed and kept nowhere."""

    def __init__(self) -> None:
        super().__init__()
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.digest.update(data)
        return len(data)
