// A static host as plain as GitHub Pages: files of a folder below a path, names without
// their .html, one 404.html, no headers of the site's own, and another site beside it.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const types = {
  html: 'text/html; charset=utf-8', js: 'application/javascript; charset=utf-8', css: 'text/css; charset=utf-8', wasm: 'application/wasm',
  svg: 'image/svg+xml', png: 'image/png', json: 'application/json; charset=utf-8', webmanifest: 'application/manifest+json', txt: 'text/plain; charset=utf-8',
};

// serveBelow serves folders below paths, {'/repo': folder, '': another}, for the time of one
// test. It returns {origin, requests, stop}.
export async function serveBelow(t, folders) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    requests.push(pathname);
    const below = Object.keys(folders).find((one) => pathname.startsWith(`${one}/`));
    const read = async (name) => readFile(path.join(folders[below], path.normalize(`/${name}`))).then((body) => ({ name, body }), () => null);
    let status = 200;
    let found = null;
    if (below !== undefined) {
      const name = decodeURIComponent(pathname.slice(below.length));
      for (const one of name.endsWith('/') ? [`${name}index.html`] : [name, `${name}.html`]) found ??= await read(one);
      if (!found) [status, found] = [404, await read('/404.html')];
    }
    found ??= { name: '/none.txt', body: Buffer.from('nothing here\n') };
    response.writeHead(status, { 'Content-Type': types[path.extname(found.name).slice(1)] ?? 'application/octet-stream', 'Cache-Control': 'max-age=600', 'Content-Length': found.body.length });
    response.end(found.body);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const stop = async () => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => { server.close(resolve); });
    server.closeAllConnections();
    await closed;
  };
  t.after(stop);
  return { origin: `http://127.0.0.1:${server.address().port}`, requests, stop };
}
