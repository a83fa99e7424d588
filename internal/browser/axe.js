// Runs axe-core over web pages in one headless browser. Reads {files, views} as JSON from standard input and prints
// {Pages, Findings}. Nothing is fetched from the network.
'use strict';

const fs = require('fs');
const { pathToFileURL } = require('url');
const puppeteer = require('puppeteer');

const axe = fs.readFileSync(require.resolve('@daisy/axe-core-for-ace/axe.min.js'), 'utf8');

async function main() {
  const input = JSON.parse(fs.readFileSync(0, 'utf8'));
  const browser = await puppeteer.launch({ args: ['--no-sandbox', '--disable-setuid-sandbox', '--disable-gpu'], headless: true, timeout: 60000, protocolTimeout: 300000 });
  const findings = [];
  let pages = 0;
  const page = await browser.newPage();
  for (const file of input.files) {
    for (const view of input.views) {
      await page.setViewport({ width: view.width, height: view.height });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: view.dark ? 'dark' : 'light' }]);
      await page.goto(pathToFileURL(file).href);
      await page.evaluate(axe);
      const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], elementRef: false }));
      pages++;
      for (const v of result.violations) {
        for (const n of v.nodes.slice(0, 5)) {
          findings.push({ File: file, View: view.name, What: `${v.id} (${v.impact}): ${v.help}: ${n.html.slice(0, 200)} ${n.failureSummary || ''}` });
        }
      }
    }
  }
  await browser.close();
  process.stdout.write(JSON.stringify({ Pages: pages, Findings: findings }), () => process.exit(0));
}

main().catch((e) => {
  console.error(e);
  process.exit(1);
});
