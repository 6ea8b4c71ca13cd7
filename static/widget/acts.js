// What a page says without a script of its own, by attributes: data-sparrow-record with the kind on
// what is clicked, and on each <data> of a form that is sent. Who reads them is in sharing.js, which
// comes before the first click, since the page may go away with that.
import { tell } from './consent.js';

// What the profile learns of kinds that only the edge tells apart; of a return nothing. A purchase is one for the profile, too.
export const learnt = { __proto__: null, cart: 'view', play: 'view', read: 'view', return: '' };

const any = () => document.querySelector('[data-sparrow-record]');
const hear = (event) => { if (any()) tell(event); };

addEventListener('click', hear, true);
addEventListener('submit', hear, true);
if (any()) tell();
