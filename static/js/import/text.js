// The bytes of a file as text, piece by piece. A byte order mark says which encoding; without one it is UTF-8, and
// what is not is refused: every other encoding reads as something, and nobody could tell that it is wrong.
import { Trouble } from './trouble.js';

// texts yields the text of a stream of bytes. told is called with the number of bytes of each piece.
export async function* texts(stream, told = () => {}) {
  const reader = stream.getReader();
  let decoder;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error) => { throw error instanceof Trouble ? error : new Trouble('damaged', error.message); });
      if (done) break;
      if (!value.length) continue;
      decoder ??= new TextDecoder(encodingOf(value), { fatal: true });
      told(value.length);
      yield decode(() => decoder.decode(value, { stream: true }));
    }
    if (decoder) yield decode(() => decoder.decode());
  } finally {
    reader.cancel().catch(() => {});
  }
}

function encodingOf([first, second]) {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

function decode(read) {
  try {
    return read();
  } catch {
    throw new Trouble('encoding');
  }
}
