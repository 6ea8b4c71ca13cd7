// Addresses without a static file. One of the app that was not rendered in advance gets the
// shell, which routes it in the browser; every other, and that of an item that does not exist,
// gets the 404 page.
import { listable, readList } from './lists.mjs';

let shell; // shell.json of the site: changes only with a deployment, which starts another isolate

// page answers an address that no static file has.
export async function page(request, env, pathname) {
  const asset = async (path) => readable(await env.ASSETS.fetch(new Request(new URL(path, request.url), request)));
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refuse(405, 'only GET and HEAD', { Allow: 'GET, HEAD' });
  }
  shell ??= await readShell(request, env);
  const { folder, route, item } = find(pathname);
  if (route && !(item !== null && await lacks(env.BUNDLES, item))) return asset(`${folder}/shell`);
  if (pathname.startsWith('/.well-known/') || /\.[^/]*$/.test(pathname)) return refuse(404, 'not found');
  const missing = await asset(`${folder}/404`);
  return new Response(missing.body, { status: missing.status === 200 ? 404 : missing.status, headers: missing.headers });
}

// readable returns an answer of the static files unless they failed.
function readable(answer) {
  if (answer.status >= 500) throw new Error(`static files: HTTP ${answer.status}`);
  return answer;
}

// readShell reads shell.json; a site without one has no addresses that the app routes.
async function readShell(request, env) {
  const answer = readable(await env.ASSETS.fetch(new URL('/shell.json', request.url)));
  return answer.status === 404 ? { languages: [], routes: [] } : answer.json();
}

// find returns the folder of the language that an address belongs to, whether the app routes
// it (routes that end in a slash stand for all that is below them), and the id of the item that it
// names, or null.
function find(pathname) {
  const folder = shell.languages.find((language) => pathname === language || pathname.startsWith(`${language}/`)) ?? '';
  const path = pathname.slice(folder.length).replace(/\/$/, '');
  const item = shell.items && path.startsWith(shell.items) ? fromSegment(path.slice(shell.items.length)) : null;
  return { folder, item, route: shell.routes.some((route) => path === route || (route.endsWith('/') && path.startsWith(route))) };
}

// fromSegment returns the text that a segment of an address stands for, as catalog.FromSegment
// does; null for a bad escape.
export function fromSegment(escaped) {
  try {
    const segment = decodeURIComponent(escaped);
    if (segment === '~') return '';
    const bytes = segment.split(/~([0-9a-f]{2})/).flatMap((part, i) => (i % 2 ? [parseInt(part, 16)] : [...utf8.encode(part)]));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch { // a bad escape, or what is not UTF-8
    return null;
  }
}

// lacks reports whether the newest bundle has no item of that id. Every item has a list, so that
// lists of the newest bundle know all of its items; without such lists, or without storage, nothing
// is known to be missing.
async function lacks(bucket, id) {
  try {
    if (!listable(id) || await readList(bucket, id)) return false;
    const [listed, newest] = await Promise.all(['popular.json', 'latest.json'].map(async (name) => (await (await bucket.get(name))?.json())?.bundle));
    return Boolean(listed) && listed === newest;
  } catch (error) {
    console.error('items:', String(error));
    return false;
  }
}

const utf8 = new TextEncoder();

function refuse(status, why, headers = {}) {
  return new Response(`${why}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff', ...headers } });
}
