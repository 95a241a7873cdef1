// Scores of a built archive by Lighthouse, as on a phone with a slow connection.
//
//   node tests/reading/lighthouse/run.mjs FOLDER [PAGE …]
//
// Serves FOLDER on this machine and prints a table in Markdown: each page, its four scores,
// its largest paint and its bytes, and beneath what cost it points. Ends with 1 if a score is
// below 95. Without pages: those of this repository's archive that docs/reading.md lists.
import { createServer } from 'node:http';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const PAGES = [
  'index.html',
  'bai-viet/my-xuyen-hoc-va-lam-theo-bac.html',
  'van-ban/01-kl-tw.html',
  'don-vi/tinh-soc-trang/huyen-my-xuyen/huyen-uy.html',
  'dia-phuong/tinh-soc-trang/huyen-my-xuyen.html',
  'nam/2023.html',
  'khen-thuong.html',
];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const ENOUGH = 95;
const KINDS = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
};

const [folder, ...asked] = process.argv.slice(2);
if (!folder || !existsSync(join(folder, 'index.html'))) {
  console.error('usage: node run.mjs FOLDER [PAGE …], where FOLDER is a built archive');
  process.exit(2);
}
const pages = asked.length > 0 ? asked : PAGES;

// As hosts do: what is text is sent smaller.
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  let file = join(folder, path);
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
  const isThere = existsSync(file);
  if (!isThere) file = join(folder, '404.html');
  const kind = KINDS[extname(file)] ?? 'application/octet-stream';
  let body = readFileSync(file);
  const headers = { 'Content-Type': kind };
  if (/text|svg|xml/.test(kind)) {
    body = gzipSync(body);
    headers['Content-Encoding'] = 'gzip';
  }
  response.writeHead(isThere ? 200 : 404, headers).end(body);
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://localhost:${server.address().port}`;

const profile = mkdtempSync(join(tmpdir(), 'lighthouse-'));
const path = ['chromium', 'chromium-browser', 'google-chrome']
  .flatMap((name) => (process.env.PATH ?? '').split(':').map((place) => join(place, name)))
  .find((place) => existsSync(place));
const chrome = await launch({
  chromePath: path,
  userDataDir: profile,
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});

let isEnough = true;
const lost = [];
console.log('| page | performance | accessibility | best practices | SEO | largest paint | bytes |');
console.log('|---|--:|--:|--:|--:|--:|--:|');
try {
  for (const page of pages) {
    const result = await lighthouse(`${origin}/${page}`, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'error' });
    const { categories, audits, runtimeError } = result.lhr;
    if (runtimeError) throw new Error(`${page}: ${runtimeError.message}`);
    const scores = CATEGORIES.map((name) => Math.round(categories[name].score * 100));
    isEnough &&= scores.every((score) => score >= ENOUGH);
    const paint = audits['largest-contentful-paint'].displayValue.replace(/\s/g, ' ');
    console.log(`| \`${page}\` | ${scores.join(' | ')} | ${paint} | ${audits['total-byte-weight'].numericValue} |`);
    for (const name of CATEGORIES) {
      for (const { id, weight } of categories[name].auditRefs) {
        const { score, scoreDisplayMode, title, displayValue } = audits[id];
        if (weight > 0 && score !== null && score < 1 && scoreDisplayMode !== 'informative') {
          lost.push(`${page}: ${name}: ${title}${displayValue ? ` (${displayValue})` : ''}`);
        }
      }
    }
  }
} finally {
  await chrome.kill();
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(lost.length > 0 ? `\n${lost.map((line) => `- ${line}`).join('\n')}` : '\nNothing cost a point.');
process.exit(isEnough ? 0 : 1);
