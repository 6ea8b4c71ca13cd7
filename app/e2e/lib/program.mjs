// The programs of this machine.
import { existsSync } from 'node:fs';
import path from 'node:path';

// program returns the path of the first of these names that is installed;
// where the environment has the variable, of the name or path that it holds.
export function program(variable, ...names) {
  const wanted = process.env[variable] ? [process.env[variable]] : names;
  const all = wanted.flatMap((name) => (path.isAbsolute(name) ? [name] : process.env.PATH.split(path.delimiter).map((folder) => path.join(folder, name))));
  const found = all.find(existsSync);
  if (!found) throw new Error(`none of ${wanted.join(', ')} is installed: make tools does it; ${variable}=<path> names another one`);
  return found;
}
