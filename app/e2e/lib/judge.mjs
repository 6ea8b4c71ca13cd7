// One run of the benchmarks: what its parts measured, told as it comes, a line of JSON for each
// figure, and in one table and one picture at the end.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fastest, reaches, table } from './figures.mjs';
import { picture } from './picture.mjs';

export class Judge {
  figures = [];
  points = [];

  // machine says where and when it was measured: "processor, browser, date".
  constructor(machine, say = console.log) {
    this.machine = machine;
    this.say = say;
  }

  // figure keeps a figure, in the form of figures.mjs, for the table.
  figure(figure) {
    this.figures.push(figure);
    this.aside(figure);
  }

  // aside tells a figure that is not in the table.
  aside(figure) {
    const { name, bar, measured, unit, runs, peer, by } = figure;
    this.say(JSON.stringify({ figure: name, unit, bar, measured, peer, runs, by, reached: bar === undefined || by ? undefined : reaches(figure) }));
  }

  // ratio keeps how many times faster ours is than the fastest of some others.
  ratio(name, bar, times, others) {
    const { peer, ratio } = fastest(times, others);
    this.figure({ name, bar, least: true, measured: ratio, unit: '×', digits: 2, peer, runs: times.ours.length });
  }

  // point keeps what the picture shows: the least ms that an engine takes for the best of n rows
  // of d numbers, and the share of the true ones among them.
  point(point) {
    this.points.push(point);
    this.say(JSON.stringify({ figure: `the best ${point.k} of ${point.n} × ${point.d}`, unit: 'ms', ...point }));
  }

  // part runs a part. One that fails costs its own figures, not those of the others.
  async part(name, measure) {
    const began = Date.now();
    try {
      await measure(this);
    } catch (error) {
      console.error(error);
      this.figures.push({ name: `${name}: parts that ended with an error`, bar: 0, measured: 1 });
    }
    this.say(`(${name}: ${((Date.now() - began) / 1000).toFixed(0)} s)`);
  }

  // end prints the table, writes the picture into a folder and returns the exit code: 1 where a
  // bar was missed.
  async end(folder) {
    if (this.points.length) {
      await mkdir(folder, { recursive: true });
      const file = path.join(folder, 'bench-browser.svg');
      await writeFile(file, picture(this.points, this.machine));
      this.say(`picture: ${file}`);
    }
    this.say(this.machine);
    return table(this.figures) ? 0 : 1;
  }
}
