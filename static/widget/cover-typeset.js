// Breaks a cover's title into lines that fit, by the widths of a common serif, as
// app/poster/typeset.go does.

const measure = 164; // how wide a line may be
const sizes = [36, 32, 28, 24, 21, 18, 15]; // of the type, the largest first
const most = [2, 3, 3, 4, 4, 5, 6]; // lines of each

// typeset returns {lines, size}: the largest size that fits, lines about equally long.
export function typeset(title) {
  const words = split(short(title));
  if (!words.length) return { lines: [''], size: 36 };
  for (let i = 0; i < 7; i++) {
    const size = sizes[i];
    const { lines, fits } = wrap(words, measure, size);
    if (fits && lines.length <= most[i]) return { lines: balance(words, lines, size), size };
  }
  const { lines } = wrap(chop(words), measure, 15);
  if (lines.length > 6) {
    lines.length = 6;
    const end = runes(lines[5]);
    const text = () => {
      let all = '';
      for (let i = 0; i < end.length; i++) all += end[i];
      return all;
    };
    while (end.length && advance(`${text()}…`, 15) > measure) end.length--;
    lines[5] = `${text().replace(/[ ,;:-]+$/, '')}…`;
  }
  return { lines, size: 15 };
}

// runes returns the characters of a text.
export function runes(text) {
  const all = [];
  for (let i = 0; i < text.length; i += all[all.length - 1].length) all[all.length] = String.fromCodePoint(text.codePointAt(i));
  return all;
}

// short returns the title without the brackets at its end, if it is long or they hold only
// another name.
function short(title) {
  const other = title.indexOf(' (a.k.a.');
  if (other >= 0) return title.slice(0, other);
  const at = title.indexOf(' (');
  return at > 0 && new TextEncoder().encode(title).length > 26 ? title.slice(0, at) : title;
}

const ideograph = (rune) => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(rune);
const trim = (text) => text.replace(/^ /, '');

// split returns the pieces between which a line may break, each with the space before it.
function split(title) {
  const pieces = [];
  let piece = '';
  const flush = () => {
    if (trim(piece)) pieces[pieces.length] = piece;
    piece = '';
  };
  const all = runes(title.replace(/(?:[^\S\ufeff]|\x85)+/g, ' ').replace(/^ | $/g, ''));
  for (let i = 0; i < all.length; i++) {
    const alone = ideograph(all[i]);
    if (alone || all[i] === ' ') flush();
    piece += all[i];
    if (alone || all[i] === '-' || all[i] === '/') flush();
  }
  flush();
  return pieces;
}

// wrap fills lines up to limit; fits is false when a piece is wider than that.
function wrap(words, limit, size) {
  const lines = [];
  let line = '';
  for (let i = 0; i < words.length; i++) {
    if (advance(trim(words[i]), size) > limit) return { lines, fits: false };
    if (line && advance(line + words[i], size) > limit) {
      lines[lines.length] = line;
      line = '';
    }
    line += line ? words[i] : trim(words[i]);
  }
  lines[lines.length] = line;
  return { lines, fits: true };
}

// balance makes the lines as narrow as their number allows.
function balance(words, lines, size) {
  let best = lines;
  for (let limit = measure - 4; limit > 40; limit -= 4) {
    const narrower = wrap(words, limit, size);
    if (!narrower.fits || narrower.lines.length > best.length) break;
    best = narrower.lines;
  }
  return best;
}

// chop breaks pieces that are wider than a line.
function chop(words) {
  const pieces = [];
  for (let i = 0; i < words.length; i++) {
    const all = runes(words[i]);
    let part = '';
    for (let j = 0; j < all.length; j++) {
      if (advance(trim(part) + all[j], 15) > measure) {
        pieces[pieces.length] = part;
        part = '';
      }
      part += all[j];
    }
    pieces[pieces.length] = part;
  }
  return pieces;
}

// advance estimates the width of a text in the widest of the common serifs.
function advance(text, size) {
  const all = runes(text);
  let em = 0;
  for (let i = 0; i < all.length; i++) {
    const rune = all[i];
    if (" ijl.,:;'’!|I()[]-".indexOf(rune) >= 0) em += 0.36;
    else if ('ftr'.indexOf(rune) >= 0) em += 0.42;
    else if ('mMwW@%—…&'.indexOf(rune) >= 0) em += 0.94;
    else if (ideograph(rune) || rune.codePointAt(0) >= 0x1f000) em += 1.02;
    else em += /\p{Lu}/u.test(rune) ? 0.75 : 0.57;
  }
  return em * size;
}

// escape returns a line as text of an SVG.
export const escape = (line) => line.replace(/"/g, '”').replace(/[\0-\x1f\u2028\u2029\ufffe\uffff]/g, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
