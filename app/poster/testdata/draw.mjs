// Draws each item of a JSON array on stdin as the widget does; the answer is an array of SVGs.
import { readFileSync } from 'node:fs';
import { poster } from '../../../static/widget/cover.js';

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(poster)));
