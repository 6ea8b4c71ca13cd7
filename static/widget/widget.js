// Sparrow's widget: <sparrow-similar item="50">, <sparrow-recommend> and their kin on anybody's page.
// README.md is the guide for those who puts them there.
//
// This file and all that it imports run among scripts that we do not know, which may have
// replaced what JavaScript itself offers. So nothing below walks a list but by its index, and
// nothing relies on JSON, fetch or the methods of arrays.
import './acts.js';
import { define, eraseEverything } from './element.js';

if (!customElements.get('sparrow-similar')) 'similar together next recent trending new recommend popular'.replace(/\w+/g, define); // else another copy of this script was first

// erase deletes what was learnt of this visitor on this site, and what they shared.
export const erase = () => (customElements.get('sparrow-similar').erase ?? eraseEverything)();
