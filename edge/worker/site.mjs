// Addresses without a static file. One of the app that was not rendered in advance gets the
// shell, which routes it in the browser; every other gets the 404 page.

let shell; // shell.json of the site: changes only with a deployment, which starts another isolate

// page answers an address that no static file has.
export async function page(request, env, pathname) {
  const asset = (path) => env.ASSETS.fetch(new Request(new URL(path, request.url), request));
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refuse(405, 'only GET and HEAD', { Allow: 'GET, HEAD' });
  }
  shell ??= await (await env.ASSETS.fetch(new URL('/shell.json', request.url))).json();
  const { folder, route } = find(pathname);
  if (route) return asset(`${folder}/shell`);
  if (/\.[^/]*$/.test(pathname)) return refuse(404, 'not found');
  const missing = await asset(`${folder}/404`);
  return new Response(missing.body, { status: missing.status === 200 ? 404 : missing.status, headers: missing.headers });
}

// find returns the folder of the language that an address belongs to and whether the app routes
// it: routes that end in a slash stand for all that is below them.
function find(pathname) {
  const folder = shell.languages.find((language) => pathname === language || pathname.startsWith(`${language}/`)) ?? '';
  const path = pathname.slice(folder.length).replace(/\/$/, '');
  return { folder, route: shell.routes.some((route) => path === route || (route.endsWith('/') && path.startsWith(route))) };
}

function refuse(status, why, headers = {}) {
  return new Response(`${why}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff', ...headers } });
}
