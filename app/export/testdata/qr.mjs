// Prints the QR code of each text of a JSON list on standard input, as static/js/qr.js makes it: modules as 0 and 1, row by row.
import { code } from '../../../static/js/qr.js';

let input = '';
for await (const part of process.stdin) input += part;
console.log(JSON.stringify(JSON.parse(input).map((text) => code(text)?.map((row) => row.map(Number).join('')).join('') ?? '')));
