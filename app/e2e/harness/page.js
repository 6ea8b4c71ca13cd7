// A page that has feedback like the app's, and nothing else.
import { open } from '/js/feedback.js';

const query = new URLSearchParams(location.search);
if (query.has('bare')) document.body.replaceChildren(); // no cards: only what a test makes is recorded
globalThis.feedback = await open({ base: query.get('base') ?? '/v1/', bundle: 'ab'.repeat(32), ...query.has('unlocked') && { locks: null, patience: 8000 } });
