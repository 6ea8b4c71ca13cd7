// Which of the ways to run the engine the page's content security policy allows. It is read,
// never tried out: what a policy forbids would be reported to the site's owner. A script of its
// own, for pages that have a policy; limits.js, for catalogs with pictures and for what is given
// up, comes with it.
export { pictured, say } from './limits.js';

// plan resolves with what choose says of this page. header reports whether a policy came with the
// page's headers: then they are asked for once more.
export async function plan(header, edge) {
  const { origin } = self;
  const found = [];
  const metas = document.querySelectorAll('meta[http-equiv="content-security-policy" i]');
  for (let i = 0; i < metas.length; i++) found[found.length] = metas[i].content;
  return choose(header && !add(found, await head(location.href.split('#')[0])) ? null : found, { origin, opaque: origin === 'null' }, edge);
}

// add adds a response's policies to a list and reports whether there are any. Those that only
// report count, too.
function add(list, response) {
  const before = list.length;
  const names = ['content-security-policy', 'content-security-policy-report-only'];
  for (let i = 0; i < names.length; i++) {
    const parts = (response?.getResponseHeader(names[i]) ?? '').split(',');
    for (let j = 0; j < parts.length; j++) if (parts[j].trim()) list[list.length] = parts[j];
  }
  return list.length > before;
}

function head(url) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.onloadend = () => resolve(request.status ? request : null);
    try {
      request.open('HEAD', url);
      request.send();
    } catch {
      resolve(null);
    }
  });
}

// choose returns the ways to try, the best first; whether strings need to be trusted first; a
// function shows(url) that reports whether a picture may be shown; and what the owner would add
// to the policy, by what the visitor goes without: an engine of the page's own, or a connection
// for feedback. page tells of the page: {origin, opaque}; edge is the URL that the engine comes
// from.
export function choose(policies, page, edge) {
  const own = page.origin === edge.origin;
  const frame = !page.opaque; // in a sandbox a frame would be as powerless
  if (policies === null) {
    const head = "connect-src 'self', and an answer to HEAD: the policy of this page could not be read";
    return { modes: frame ? ['frame', 'list'] : ['list'], trust: false, shows: () => false, add: { personal: head, pictures: head, consent: '' } };
  }
  const all = (names, what, more) => every(policies, (policy) => allows(policy, names, what, page, more));
  const trust = !every(policies, (policy) => directive(policy, 'require-trusted-types-for') === null);
  const script = ['script-src', 'default-src'];
  const worker = own ? edge : 'blob:';
  const connects = all(['connect-src', 'default-src'], edge);
  const lacks = [];
  if (!all(script, null, wasm)) lacks[lacks.length] = "script-src 'wasm-unsafe-eval'";
  if (!every(policies, (policy) => spawns(policy, worker, page))) lacks[lacks.length] = `worker-src ${own ? "'self'" : worker}`;
  if (!connects) lacks[lacks.length] = `connect-src ${edge.origin}`;
  if (trust && !every(policies, trusts)) lacks[lacks.length] = 'trusted-types sparrow';
  const modes = [];
  if (!lacks.length) modes[0] = 'inline';
  if (frame && all(['frame-src', 'child-src', 'default-src'], edge)) modes[modes.length] = 'frame';
  if (connects) modes[modes.length] = 'list';
  let personal = '';
  for (let i = 0; i < lacks.length; i++) personal += (personal && '; ') + lacks[i];
  if (personal && frame) personal += ` (or frame-src ${edge.origin} alone)`;
  const shows = (url) => all(['img-src', 'default-src'], url);
  return { modes, trust, shows, add: { personal, consent: connects ? '' : `connect-src ${edge.origin}` } };
}

// spawns reports whether a policy lets a worker of a URL or a scheme start. Where no directive
// is about workers, that about scripts is, and under 'strict-dynamic' it lets a trusted script,
// as this one is by its being here, load what it likes: its words for hosts and schemes do not
// count. default-src stands in for worker-src, which does not know the word.
// https://www.w3.org/TR/CSP3/#script-pre-request
function spawns(policy, what, page) {
  if (!directive(policy, 'worker-src') && !directive(policy, 'child-src')) {
    const words = directive(policy, 'script-src');
    if (words && !every(words, (word) => word.toLowerCase() !== "'strict-dynamic'")) return true;
  }
  return allows(policy, ['worker-src', 'child-src', 'script-src', 'default-src'], what, page);
}

function every(list, holds) {
  for (let i = 0; i < list.length; i++) if (!holds(list[i])) return false;
  return true;
}

// directive returns the words of a directive, or null when the policy has none of that name.
function directive(policy, name) {
  const lines = policy.split(';');
  for (let i = 0; i < lines.length; i++) {
    const words = lines[i].trim().split(/\s+/);
    if (words[0].toLowerCase() === name) return words;
  }
  return null;
}

// allows reports whether the first directive of names that the policy has lets what through, a
// URL or a scheme; with test, whether it has a word that passes it.
function allows(policy, names, what, page, test) {
  for (let i = 0; i < names.length; i++) {
    const words = directive(policy, names[i]);
    if (!words) continue;
    for (let j = 1; j < words.length; j++) if (test ? test(words[j]) : covers(words[j], what, page)) return true;
    return false;
  }
  return true;
}

const wasm = (word) => /^'(wasm-)?unsafe-eval'$/i.test(word);

function trusts(policy) {
  const words = directive(policy, 'trusted-types');
  return !words || !every(words, (word) => word !== 'sparrow' && word !== '*');
}

// covers matches a source expression with a URL or a scheme.
// https://www.w3.org/TR/CSP3/#match-url-to-source-expression
function covers(expression, what, page) {
  const word = expression.toLowerCase();
  if (word === what) return true;
  const { protocol, hostname, port, pathname, origin } = what;
  const secure = protocol === 'https:';
  const fits = (scheme) => scheme === protocol || (secure && scheme === 'http:');
  if (word === '*' || word === "'self'" || !origin) return Boolean(origin) && (word === '*' || origin === page.origin);
  if (/^[a-z]+:$/.test(word)) return fits(word);
  const parts = /^([a-z]+:)?(?:\/\/)?(\*?)([^:/']*)(:(\d+|\*))?(\/.*)?$/.exec(word);
  return Boolean(parts)
    && fits(parts[1] ?? page.origin.split('//')[0])
    && (parts[2] ? hostname.endsWith(parts[3]) : hostname === parts[3])
    && (parts[5] === '*' || (parts[5] ?? '') === port || (!port && parts[5] === (secure ? '443' : '80')))
    && (!parts[6] || (parts[6].endsWith('/') ? pathname.startsWith(parts[6]) : pathname.toLowerCase() === parts[6]));
}
