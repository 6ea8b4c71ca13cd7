// What the static files leave over. An address of the app that was not rendered in advance gets
// the shell, which finds its way there in the browser; everything else gets the page that says so.

let prefixes; // shell.json, read once: it changes only with a deployment

// page answers an address that no static file has.
export async function page(request, env, pathname) {
  const asset = (path) => env.ASSETS.fetch(new Request(new URL(path, request.url), request));
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response('only GET and HEAD\n', { status: 405, headers: { Allow: 'GET, HEAD', 'Content-Type': 'text/plain; charset=utf-8' } });
  }
  prefixes ??= (await (await env.ASSETS.fetch(new URL('/shell.json', request.url))).json()).prefixes;
  const folder = pathname === '/zh' || pathname.startsWith('/zh/') ? '/zh' : '';
  if (prefixes.some((prefix) => pathname.startsWith(prefix))) return asset(`${folder}/shell`);
  if (/\.[^/]*$/.test(pathname)) return new Response('not found\n', { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
  const missing = await asset(`${folder}/404`);
  return new Response(missing.body, { status: missing.status === 200 ? 404 : missing.status, headers: missing.headers });
}
