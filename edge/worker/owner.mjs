// The report for the owner of the site, the object owner.html: ../owner_other.go answers with it natively. The
// password of a browser opens this page alone: changes of the overlay take it from no browser.
import { refuse, refusal } from './keys.mjs';

const name = 'owner.html';
const secret = 'LIVE_KEYS';
const shield = {
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

export const isOwner = (pathname) => pathname === '/owner';

// owner answers with the page. It is read each time and kept by no one.
export async function owner(request, env) {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'only GET and HEAD', { Allow: 'GET, HEAD' });
  const no = await refusal(request, env[secret], secret, password(request));
  if (no?.status === 503 || !env[secret]) return no;
  if (no) return refuse(401, `the password is one of the keys of ${secret}; any name will do`, { ...shield, 'WWW-Authenticate': 'Basic realm="Sparrow, key as the password", charset="UTF-8"' });
  const page = await env.BUNDLES.get(name);
  if (!page) return refuse(404, `there is no report yet: go run ./build report --feedback PLACE --bundle DIR --html DIR/${name}, then make publish`, shield);
  return new Response(request.method === 'HEAD' ? null : page.body, { headers: { ...shield, 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } });
}

// password returns what a browser was given as the password; undefined where it was not asked.
function password(request) {
  const [, coded] = /^basic ([A-Za-z0-9+/=]+)$/i.exec(request.headers.get('Authorization') ?? '') ?? [];
  try {
    return coded && atob(coded).replace(/^[^:]*:/, '');
  } catch { // no base64
    return undefined;
  }
}
