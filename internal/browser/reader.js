// A small reading system: shows every document of some books in one headless browser, in several views, and says what a
// reader would stumble over. Reads {books: [{name, dir, docs}], views: [...], shots} as JSON from standard input and prints
// {Pages, Links, Findings}. Nothing is fetched from the network.
'use strict';

const fs = require('fs');
const path = require('path');
const { pathToFileURL, fileURLToPath } = require('url');
const puppeteer = require('puppeteer');

const workers = 3;

// look runs in the page and returns what is wrong with its layout.
function look(view) {
  const wrong = [];
  const root = document.documentElement;
  const width = root.clientWidth;
  const name = (e) => {
    const text = (e.textContent || '').replace(/\s+/g, ' ').trim().slice(0, 40);
    return `<${e.localName}${e.className && e.className.baseVal === undefined ? ` class="${e.className}"` : ''}> “${text}”`;
  };
  const once = new Set();
  const say = (what) => {
    if (!once.has(what) && once.size < 12) wrong.push(what);
    once.add(what);
  };
  for (const f of document.fonts) if (f.status === 'error') say(`the typeface ${f.family} ${f.weight} ${f.style} cannot be loaded`);
  if (document.scrollingElement.scrollWidth > width) say(`the page is ${document.scrollingElement.scrollWidth - width} px too wide`);
  if (!document.body.innerText.trim() && !document.images.length) say('the page is empty');
  for (const img of document.images) {
    if (!img.complete || !img.naturalWidth) say(`picture ${img.getAttribute('src')} is not shown`);
  }

  // Colours as numbers, and what they look like above one another (WCAG 2.2, relative luminance).
  const parse = (css) => {
    const m = css.match(/[\d.]+/g).map(Number);
    return { r: m[0], g: m[1], b: m[2], a: m.length > 3 ? m[3] : 1 };
  };
  const over = (top, below, a) => ({ r: top.r * a + below.r * (1 - a), g: top.g * a + below.g * (1 - a), b: top.b * a + below.b * (1 - a), a: 1 });
  const luminance = (c) => {
    const f = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * f(c.r) + 0.7152 * f(c.g) + 0.0722 * f(c.b);
  };
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const backgrounds = new Map();
  const background = (e) => {
    if (!e) return view.dark ? { r: 17, g: 17, b: 17, a: 1 } : { r: 255, g: 255, b: 255, a: 1 };
    if (!backgrounds.has(e)) {
      const c = parse(getComputedStyle(e).backgroundColor);
      const below = background(e.parentElement);
      backgrounds.set(e, c.a === 0 ? below : over(c, below, c.a));
    }
    return backgrounds.get(e);
  };
  const opacity = (e) => (e ? Number(getComputedStyle(e).opacity) * opacity(e.parentElement) : 1);

  // beyond is how far a text leaves the page. Spaces may hang over the edge at the end of a line: only words count.
  const beyond = (t, boxes) => {
    const far = (list) => Math.max(0, ...list.filter((b) => b.width > 0).map((b) => Math.max(b.right - width, -b.left)));
    if (far(boxes) <= 1) return 0;
    let most = 0;
    for (const word of t.data.matchAll(/\S+/g)) {
      range.setStart(t, word.index);
      range.setEnd(t, word.index + word[0].length);
      most = Math.max(most, far([...range.getClientRects()]));
    }
    return most;
  };

  // boxed reports whether what is too wide scrolls in a box that the keyboard reaches, as it may on web pages.
  const boxed = (e) => {
    for (; view.web && e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (/auto|scroll/.test(style.overflowX + style.overflowY) && (e.tabIndex >= 0 || e.querySelector('a[href]')) && e.getBoundingClientRect().right <= width + 1) return true;
    }
    return false;
  };

  const seen = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let t = walk.nextNode(); t; t = walk.nextNode()) {
    if (!t.data.trim()) continue;
    const e = t.parentElement;
    const style = getComputedStyle(e);
    range.selectNodeContents(t);
    const out = beyond(t, [...range.getClientRects()]);
    if (out > 1 && !boxed(e)) say(`text leaves the page by ${Math.round(out)} px: ${name(e)}`);
    range.selectNodeContents(t);
    if (seen.has(e)) continue;
    seen.add(e);
    if (!range.getClientRects().length || style.visibility === 'hidden') continue;
    const below = background(e);
    const ink = over(parse(style.color), below, parse(style.color).a * opacity(e));
    const ratio = contrast(ink, below);
    if (ratio < 4.5) say(`contrast ${ratio.toFixed(2)}:1 is below 4.5:1: ${name(e)}`);
    if (parseFloat(style.fontSize) < 9 && e.namespaceURI === 'http://www.w3.org/1999/xhtml') say(`text of ${style.fontSize}: ${name(e)}`);
  }
  for (const e of document.body.querySelectorAll('*')) {
    if (e.namespaceURI !== 'http://www.w3.org/1999/xhtml') continue; // drawings and formulas have boxes of their own
    const style = getComputedStyle(e);
    if (style.display === 'none' || style.display === 'inline' || e.closest('[hidden]')) continue;
    if (boxed(e)) continue;
    const rect = e.getBoundingClientRect();
    if (rect.width > 1 && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 2 && (style.overflowX !== 'visible' || /^(pre|td|th|p|li|dd|figure|table)$/.test(e.localName))) {
      say(`${e.scrollWidth - e.clientWidth} px do not fit into ${name(e)}`);
    }
    if (style.overflowX === 'scroll' || style.overflowX === 'auto') say(`a box that scrolls: ${name(e)}`);
  }
  for (const e of document.body.querySelectorAll('img, svg, math, table')) {
    const rect = e.getBoundingClientRect();
    if (rect.width > 0 && (rect.right > width + 1 || rect.left < -1) && !boxed(e)) say(`${e.localName} leaves the page: ${name(e)}`);
  }
  return wrong;
}

// survey runs in the page and returns its links and the ids that a link can lead to.
function survey() {
  const shown = (e) => {
    for (let at = e; at && at !== document; at = at.parentNode) {
      if (getComputedStyle(at).display === 'none') return false;
    }
    return true;
  };
  return {
    type: document.contentType,
    links: [...document.querySelectorAll('a[href]')].map((a) => ({ raw: a.getAttribute('href'), url: a.href, empty: !a.textContent.trim() && !a.querySelector('img[alt]'), hidden: !shown(a) })),
    ids: Object.fromEntries([...document.querySelectorAll('[id]')].map((e) => [e.id, shown(e)])),
    sheets: [...document.styleSheets].filter((s) => s.ownerNode.localName === 'link').length === document.querySelectorAll('link[rel~="stylesheet"]').length,
    broken: document.querySelector('parsererror') !== null,
  };
}

async function main() {
  const input = JSON.parse(fs.readFileSync(0, 'utf8'));
  const browser = await puppeteer.launch({ args: ['--no-sandbox', '--disable-setuid-sandbox', '--disable-gpu', '--hide-scrollbars', '--font-render-hinting=none'], headless: true, timeout: 60000, protocolTimeout: 300000 });
  const findings = [];
  let pages = 0;
  let links = 0;

  const jobs = [];
  for (const book of input.books) for (const doc of book.docs) jobs.push({ book, doc });
  const surveys = new Map(); // URL of a document → what it holds

  async function worker() {
    const page = await browser.newPage();
    let now;
    await page.setRequestInterception(true);
    page.on('request', (r) => {
      if (/^(file|data|about):/.test(r.url())) return r.continue();
      findings.push({ Book: now.book.name, Document: now.doc, View: '', What: `the page asks the network for ${r.url()}` });
      return r.abort();
    });
    page.on('requestfailed', (r) => findings.push({ Book: now.book.name, Document: now.doc, View: '', What: `${r.url()} cannot be loaded` }));
    page.on('pageerror', (e) => findings.push({ Book: now.book.name, Document: now.doc, View: '', What: String(e) }));
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      now = job;
      const url = pathToFileURL(path.join(job.book.dir, job.doc)).href;
      const say = (view, what) => findings.push({ Book: job.book.name, Document: job.doc, View: view, What: what });
      let style = null;
      for (const [i, view] of (job.book.views || input.views).entries()) {
        await page.setViewport({ width: view.width, height: view.height });
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: view.dark ? 'dark' : 'light' }]);
        if (i === 0) {
          await page.goto(url);
          await page.evaluate(() => document.fonts.ready.then(() => true));
          const found = await page.evaluate(survey);
          surveys.set(url, { job, found });
          if (found.broken || found.type !== (job.book.web ? 'text/html' : 'application/xhtml+xml')) say('', `the browser reads it as ${found.type}, broken: ${found.broken}`);
          if (!found.sheets) say('', 'a style sheet is not used');
        }
        await page.evaluate((css) => { // a style sheet of the reading system's, in place of the last view's
          const old = document.getElementById('-reader-');
          if (old) old.remove();
          const e = document.createElementNS('http://www.w3.org/1999/xhtml', 'style');
          e.id = '-reader-';
          e.textContent = css;
          document.head.append(e);
        }, view.css || '');
        pages++;
        for (const what of await page.evaluate(look, { ...view, web: job.book.web })) say(view.name, what);
        if (input.shots) {
          const file = `${job.book.name}-${path.basename(job.doc, '.xhtml')}-${view.name}.png`.replace(/[^A-Za-z0-9.-]+/g, '_');
          await page.screenshot({ path: path.join(input.shots, file) });
        }
      }
    }
    await page.close();
  }
  await Promise.all(Array.from({ length: input.shots ? 1 : workers }, worker)); // a picture needs its page in front

  // The crawler: every link within a book leads to a place that is shown, and from the contents every document is reached.
  const reached = new Set();
  for (const [from, { job, found }] of surveys) {
    const say = (what) => findings.push({ Book: job.book.name, Document: job.doc, View: 'links', What: what });
    for (const link of found.links) {
      links++;
      if (link.empty && !link.hidden) say(`the link to ${link.raw} has no text`);
      if (!link.url.startsWith('file:')) {
        if (!/^(https?|mailto|ftp|tel|urn):/.test(link.url)) say(`the link to ${link.raw} leads nowhere`);
        continue;
      }
      const target = new URL(link.url);
      const id = decodeURIComponent(target.hash.slice(1));
      target.hash = '';
      const to = surveys.get(target.href);
      if (!to || to.job.book !== job.book) {
        say(`the link to ${link.raw} leads to no document of the book (${fileURLToPath(target)})`);
        continue;
      }
      if (target.href !== from) reached.add(target.href);
      if (id && !(id in to.found.ids)) say(`the link to ${link.raw} leads to no place in ${to.job.doc}`);
      else if (id && !to.found.ids[id]) say(`the link to ${link.raw} leads to what is not shown`);
    }
  }
  for (const [url, { job }] of surveys) {
    if (!reached.has(url) && !job.book.start.includes(job.doc)) findings.push({ Book: job.book.name, Document: job.doc, View: 'links', What: 'no link leads to the document' });
  }
  await browser.close();
  process.stdout.write(JSON.stringify({ Pages: pages, Links: links, Findings: findings }), () => process.exit(0));
}

main().catch((e) => {
  console.error(e);
  process.exit(1);
});
