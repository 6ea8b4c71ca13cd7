// The language of the first page: that of the browser where the app speaks it, unless the address names one. From
// then on the address says.
import { base } from './base.js';
import { noted } from './platform.js';

// elsewhere moves the very first visit to the page in the visitor's language, and reports whether it does.
export function elsewhere() {
  const path = location.pathname.slice(base.length);
  const named = /^\/zh(\/|$)/.test(path);
  const wanted = navigator.languages.map((one) => one.slice(0, 2).toLowerCase()).find((one) => one === 'zh' || one === 'en');
  const before = noted('sparrow-language', named ? 'zh' : wanted ?? 'en'); // which says that somebody was here
  if (before !== null || named || wanted !== 'zh' || document.referrer.startsWith(`${location.origin}/`)) return false;
  location.replace(`${base}/zh${path}${location.search}${location.hash}`);
  return true;
}

// measured writes a number as people of a language do: in a currency of ISO 4217, or in a unit of Intl, '' for none.
export function measured(lang, number, currency, unit) {
  const style = currency ? { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' } : unit && { style: 'unit', unit };
  return new Intl.NumberFormat(lang, { maximumFractionDigits: 9, ...style }).format(number);
}
