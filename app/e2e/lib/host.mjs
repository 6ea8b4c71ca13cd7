// Another site: pages of a test's own, on another origin than the edge's, each
// with its own headers. Reports that a browser sends to /csp go to
// site.reported.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

// host starts a site. pages is a map of path → {body, headers, type}; it may
// change later, as may latency, the milliseconds until it answers.
export async function host(t, pages = {}) {
  const site = { pages, requests: [] };
  const server = createServer(async (request, response) => {
    if (site.latency) await sleep(site.latency);
    const { pathname } = new URL(request.url, 'http://localhost');
    site.requests.push(`${request.method} ${pathname}`);
    if (pathname === '/csp') request.on('data', (report) => site.reported?.(String(report)));
    const page = pathname === '/csp' || pathname === '/favicon.ico' ? { body: '' } : site.pages[pathname];
    response.writeHead(page ? 200 : 404, { 'Content-Type': page?.type ?? 'text/html; charset=utf-8', 'Cache-Control': 'no-store', ...page?.headers });
    response.end(request.method === 'HEAD' ? undefined : page?.body ?? 'not found\n');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  site.origin = `http://localhost:${server.address().port}`; // another site than 127.0.0.1
  site.stop = () => {
    server.close();
    server.closeAllConnections();
  };
  t?.after(site.stop);
  return site;
}

// page returns a page around markup, with the widget's script.
export const page = (edge, markup, { head = '', script = `<script type="module" src="${edge}/v1/widget.js"></script>` } = {}) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A host</title>${head}${script}
<body><h1>A host</h1>${markup}</body></html>`;
