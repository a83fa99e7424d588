// Runs Ace over several books in one process with one browser. Reads {books, temp} as JSON from standard input and prints
// a list of {Book, Pages, Violations, Seconds, Failure}.
'use strict';

const fs = require('fs');
const path = require('path');
const ace = require('@daisy/ace-core');
const runner = require('@daisy/ace-axe-runner-puppeteer');

// Ace starts and stops its browser for each book: here it stays open for all of them.
let pages = 0;
const shared = {
  concurrency: 4,
  setTimeout: (ms) => runner.setTimeout(ms),
  launch: () => Promise.resolve(),
  close: () => Promise.resolve(),
  run: (...args) => {
    pages++;
    return runner.run(...args);
  },
};

function violations(report) {
  const list = [];
  for (const page of report.assertions || []) {
    for (const a of page.assertions || []) {
      if (a['earl:result']['earl:outcome'] !== 'fail') continue;
      const test = a['earl:test'];
      const place = page['earl:testSubject'].url;
      list.push(`${place}: ${test['dct:title']} (${test['earl:impact']}): ${a['earl:result']['dct:description']} ${a['earl:result'].html || ''}`);
    }
  }
  return list;
}

async function main() {
  const input = JSON.parse(fs.readFileSync(0, 'utf8'));
  const say = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr); // what libraries print is no result
  await runner.launch();
  const reports = [];
  for (const [i, book] of input.books.entries()) {
    const report = { Book: book, Pages: 0, Violations: [], Failure: '' };
    reports.push(report);
    pages = 0;
    const began = Date.now();
    try {
      const work = path.join(input.temp, String(i));
      const [, json] = await ace(book, { cwd: input.temp, outdir: path.join(work, 'out'), tmpdir: path.join(work, 'tmp'), silent: true, doNotReportMedia: true }, shared);
      report.Violations = violations(json);
    } catch (e) {
      report.Failure = String((e && e.stack) || e);
    }
    report.Pages = pages;
    report.Seconds = (Date.now() - began) / 1000;
  }
  await runner.close();
  say(JSON.stringify(reports), () => process.exit(0));
}

main().catch((e) => {
  console.error(e);
  process.exit(1);
});
