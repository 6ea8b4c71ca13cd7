// Prices as people of a language write them.

let told = false; // that prices lack a currency

// money returns what an item costs as a text, '' where that is not known. usual is the currency where the
// catalog says none. A price without a currency is not shown: it would say too little to be true.
export function money({ price, currency }, usual, lang) {
  if (price === null) return '';
  currency ||= usual;
  if (!currency) {
    if (!told) console.warn('sparrow: prices are not shown, since nothing says in which currency they are: keep a column currency in the bundle, or write currency="EUR" on the element');
    told = true;
    return '';
  }
  try {
    return written(price, currency, lang);
  } catch {
    console.warn(`sparrow: a price in "${currency}" is not shown: a currency is three letters of ISO 4217`);
    return '';
  }
}

function written(price, currency, lang) {
  const style = { style: 'currency', currency };
  try {
    return new Intl.NumberFormat(lang, style).format(price);
  } catch {
    return new Intl.NumberFormat(undefined, style).format(price); // of the browser's language, where lang is none
  }
}
