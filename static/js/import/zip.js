// A zip archive by its central directory, read with bounds: what the directory promises is never
// believed, and bytes that come out are counted. Format: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4.
import { Trouble } from './trouble.js';

const mostEntries = 2000;
const mostName = 300; // bytes
const endBytes = 22; // of the end of the directory, without its comment
const mostComment = 0xffff;
const lessThan = 0xffffffff; // sizes of zip64, which no export of 50 MB needs, stand elsewhere

const signature = (view, at) => (at + 4 <= view.byteLength ? view.getUint32(at, true) : 0);

// isZip reports whether a file begins like an archive.
export async function isZip(file) {
  const view = new DataView(await file.slice(0, 4).arrayBuffer());
  return signature(view, 0) === 0x04034b50 || signature(view, 0) === 0x06054b50;
}

// entries returns the files in an archive as [{name, size, open}], size in bytes as promised; open(most)
// returns a stream of bytes, which fails with Trouble 'bomb' beyond most.
export async function entries(file) {
  const tail = file.slice(Math.max(0, file.size - endBytes - mostComment));
  const end = new DataView(await tail.arrayBuffer());
  let at = end.byteLength - endBytes;
  while (at >= 0 && signature(end, at) !== 0x06054b50) at--;
  if (at < 0) throw new Trouble('zip', 'no directory');
  const count = end.getUint16(at + 10, true);
  const length = end.getUint32(at + 12, true);
  const start = end.getUint32(at + 16, true);
  if (count > mostEntries) throw new Trouble('zip', `${count} files, more than ${mostEntries}`);
  if (start + length > file.size) throw new Trouble('zip', 'the directory lies outside of the file');
  const directory = new DataView(await file.slice(start, start + length).arrayBuffer());
  const found = [];
  at = 0;
  for (let i = 0; i < count; i++) {
    if (signature(directory, at) !== 0x02014b50 || at + 46 > length) throw new Trouble('zip', 'the directory is damaged');
    const [flags, method] = [directory.getUint16(at + 8, true), directory.getUint16(at + 10, true)];
    const [packed, size] = [directory.getUint32(at + 20, true), directory.getUint32(at + 24, true)];
    const [nameBytes, extra, comment] = [28, 30, 32].map((offset) => directory.getUint16(at + offset, true));
    const offset = directory.getUint32(at + 42, true);
    if (at + 46 + nameBytes > length) throw new Trouble('zip', 'the directory is damaged');
    const name = new TextDecoder().decode(new Uint8Array(directory.buffer, at + 46, Math.min(nameBytes, mostName)));
    at += 46 + nameBytes + extra + comment;
    if (name.endsWith('/')) continue;
    if (flags & 1) throw new Trouble('zip', 'a password is set');
    if (method !== 0 && method !== 8 || packed === lessThan || size === lessThan || offset === lessThan) throw new Trouble('zip', `${name} is packed in a way that is not known`);
    found.push({ name, size, open: (most) => open(file, { offset, packed, size, method }, most) });
  }
  return found;
}

async function open(file, { offset, packed, size, method }, most) {
  const head = new DataView(await file.slice(offset, offset + 30).arrayBuffer());
  if (head.byteLength < 30 || signature(head, 0) !== 0x04034b50) throw new Trouble('zip', 'a file in it is not where the directory says');
  const from = offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  if (from + packed > file.size) throw new Trouble('zip', 'a file in it is cut off');
  const bytes = file.slice(from, from + packed).stream();
  const plain = method === 8 ? bytes.pipeThrough(new DecompressionStream('deflate-raw')) : bytes;
  let total = 0;
  return plain.pipeThrough(new TransformStream({
    transform(chunk, to) {
      total += chunk.length;
      if (total > most) throw new Trouble('bomb', String(most));
      to.enqueue(chunk);
    },
    flush() { if (total !== size) throw new Trouble('zip', 'a file in it has another length than the directory says'); },
  }));
}
