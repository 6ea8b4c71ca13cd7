// In which form a visitor may be sent a file: as it is, as br, or as the delta of what they have
// (RFC 9842): ../assets/forms.go and ../delta do the same natively.

// prefers reads what the visitor accepts: the coding must be wanted, and no less than the bytes as
// they are. Cloudflare rewrites the header and keeps the visitor's own beside it.
export function prefers(request, coding) {
  const weights = new Map();
  for (const part of (request.cf?.clientAcceptEncoding ?? request.headers.get('Accept-Encoding') ?? '').toLowerCase().split(',')) {
    const [name, q = 'q=1'] = part.replaceAll(' ', '').split(';');
    weights.set(name, Number(q.replace('q=', '')) || 0);
  }
  const wanted = weights.get(coding) ?? weights.get('*') ?? 0;
  return wanted > 0 && wanted >= (weights.get('identity') ?? 0);
}

// delta returns what the name of a file's delta ends in, for a visitor who has a dictionary; '' for
// every other. Of the header nothing but 32 bytes in hexadecimal digits becomes part of a name.
export function delta(request) {
  const [, text] = /^:([A-Za-z0-9+/]{43}=):$/.exec(request.headers.get('Available-Dictionary') ?? '') ?? [];
  if (!text || request.headers.has('Range') || !prefers(request, 'dcz')) return '';
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  if (btoa(String.fromCharCode(...bytes)) !== text) return ''; // bits beyond the last byte
  return `.${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}.dcz`;
}

// byDictionary names what an answer that may be a delta depends on.
export const byDictionary = 'Accept-Encoding, Available-Dictionary';

// dictionaryOf returns the Use-As-Dictionary header of a file that is named by its content: it is the
// dictionary of the next one of its kind, which lies in the same folder.
export const dictionaryOf = (pathname) => `match="*${/\.[^/]*$/.exec(pathname)[0]}"`;

// matches reports whether an If-None-Match header names the tag, weakly compared.
export function matches(header, tag) {
  return header !== null && header.split(',').some((part) => [tag, '*'].includes(part.trim().replace(/^W\//, '')));
}
