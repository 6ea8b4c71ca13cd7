// The worker with a queue and a bucket that stand outside workerd: a server that the entry reaches
// as env.OUTSIDE. Miniflare's own live inside and would go down with it, which a real queue does not.
import worker from './worker.mjs';

async function call(env, path, method, body) {
  const answer = await env.OUTSIDE.fetch(`http://outside/${path}`, { method, body });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
}

const outside = (env) => ({
  EVENTS: {
    send(body) {
      const sent = call(env, 'send', 'POST', body);
      if (!env.NAIVE) return sent;
      sent.catch(() => {}); // the control: the reply does not wait for it
      return null;
    },
  },
  FEEDBACK: {
    async put(key, body) {
      await call(env, `object/${key}`, 'PUT', body);
      return { key, version: '1', size: body.byteLength, etag: '', httpEtag: '', uploaded: new Date(), customMetadata: {} };
    },
  },
});

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    if (searchParams.has('naive')) env = { ...env, NAIVE: true };
    if (pathname !== '/test/deliver') return worker.fetch(request, outside(env));
    const messages = (await request.json()).map((text, i) => ({ id: String(i), timestamp: new Date(), attempts: 1, body: Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer, ack() {}, retry() {} }));
    await worker.queue({ queue: 'sparrow-events', messages, ackAll() {}, retryAll() {} }, outside(env));
    return new Response('confirmed');
  },
};
