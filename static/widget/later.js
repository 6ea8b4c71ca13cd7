// The scripts that most pages never want. /v1/widget.js fetches each when it is needed; the
// pinned file has them inside, in place of this one (app/export), for nothing compares the hash
// of what import() fetches.
export const cards = () => import('./cards.js'); // what a card holds
export const policy = () => import('./policy.js'); // what the page's policy allows, and what it costs
export const sharing = () => import('./sharing.js'); // what sends feedback
export const framed = () => import('./framed.js'); // what runs the engine in a frame
export const group = () => import('./group.js'); // what keeps lists of a page from repeating an item
export const lists = () => import('./lists.js'); // what answers without an engine
export const takeover = () => import('./takeover.js'); // what brings the engine after that, and advice
export const words = (code) => import(__WORDS__.concat(code, '.js')); // what it says in a language but English
