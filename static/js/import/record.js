// The one shape that each format's lines become:
//
//   {own, imdb, tmdb, isbn, titles, year, people, action, stars, at, note}
//
// action is 'rate' with stars from .5 to 5 in halves, 'like', 'dislike', 'seen' or 'watchlist'; at is Unix seconds, 0 where
// the line has no date; note is the visitor's own words. What a line does not say is missing.

const mostTitle = 300; // characters
const mostTitles = 8;

// starsOf returns what a rating out of most is in stars of 5, in halves: 9 of 10 is 4.5. It returns 0 for none and
// NaN for what is no rating or beyond the scale.
export function starsOf(text, most) {
  const plain = String(text ?? '').trim().replace(',', '.');
  if (plain === '' || plain === '0') return 0;
  const value = /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : NaN;
  return value > 0 && value <= most ? Math.max(0.5, Math.round((value / most) * 10) / 2) : NaN;
}

// momentOf returns the Unix seconds of a date: 2020-01-31, 2020/1/31, with a time or without, in ISO 8601, or seconds. A day without a
// time is its noon in UTC, which is that day almost everywhere. It returns 0 for none and NaN for what is no date.
export function momentOf(text) {
  const plain = String(text ?? '').trim();
  if (!plain) return 0;
  if (/^\d{9,11}$/.test(plain)) return Number(plain);
  const day = plain.match(/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/);
  if (!day) return NaN;
  const [year, month, date, hour = 12, minute = 0, second = 0] = day.slice(1, 7).map((part) => (part === undefined ? undefined : Number(part)));
  if (month < 1 || month > 12 || date < 1 || date > 31 || hour > 24 || minute > 59) return NaN;
  const zone = (day[7] ?? 'Z').replace('Z', '');
  const offset = zone ? Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) : 0;
  const at = Date.UTC(year, month - 1, date, hour, minute, second) / 1000 - offset * 60;
  return at >= 0 ? at : NaN;
}

// yearOf returns the first year in a text, 0 for none.
export function yearOf(text) { return Number(String(text ?? '').match(/(?<!\d)(1[89]\d\d|20\d\d)(?!\d)/)?.[1] ?? 0); }

// numberOf returns the number in an id like tt0114709 or 862, 0 for none.
export function numberOf(text, prefix = '') {
  const found = String(text ?? '').trim().match(new RegExp(`^(?:${prefix})?(\\d{1,9})$`))?.[1];
  return Number(found ?? 0);
}

// titled splits "Toy Story (1995)" into its title and its year, 0 for none.
export function titled(text) {
  const found = String(text ?? '').trim().match(/^(.*\S)\s*\((\d{4})\)$/s);
  return found ? { title: found[1], year: Number(found[2]) } : { title: String(text ?? '').trim(), year: 0 };
}

// clean returns the titles that a record keeps: without what cannot be shown, each once, not too long, not too many.
export function clean(titles) {
  const kept = new Set();
  for (const title of titles) {
    // eslint-disable-next-line no-control-regex
    const plain = [...String(title ?? '').slice(0, 2 * mostTitle).replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g, ' ').replace(/\s+/g, ' ').trim()].slice(0, mostTitle).join('');
    if (plain && kept.size < mostTitles) kept.add(plain);
  }
  return [...kept];
}

const mostNote = 1300; // UTF-16 units: less than 4,000 bytes

// noted returns the words of a review as plain text, as long as a profile keeps them. cut is called where they are longer.
export function noted(text, cut) {
  const plain = String(text ?? '').replace(/<br\s*\/?>|<\/p>/gi, '\n').replace(/<[^<>]*>/g, '')
    // eslint-disable-next-line no-control-regex
    .replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]+/g, ' ').trim();
  if (plain.length <= mostNote) return plain;
  cut();
  return `${plain.slice(0, mostNote - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
