// The worker as it ships, with a queue that keeps nothing.
import worker from './worker.mjs';

const env = { ORIGINS: 'https://shop.example=shop', EVENTS: { async send() {} } };

export default { fetch: (request) => worker.fetch(request, env) };
