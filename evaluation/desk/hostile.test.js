// Reports made to attack the desk, opened in a real browser: every page that can be reached from the first one, and every file that can be taken away.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, desk, page } from "./open.js";

const RUN = "globalThis.ran=1;alert(1)";
const MARKUP = `</title></script><script>${RUN}</script><img src=x onerror=${RUN}><svg onload=${RUN}>`;
const TURNED = "\u202Egnp.exe\u202C\u2066\u200F";
const LONG = "Oryx ".repeat(200_000).trim();
const CLAIMS = "Iran is building drone factories in Belarus, according to Ukraine. Russia supplied Iran with 20 Su-35 fighter jets in August 2023.";

const REPORTS = [
  { title: MARKUP, publisher: `"'>${MARKUP}`, url: "https://one.example/a" },
  { title: "An address that runs", publisher: "Two", url: `javascript:${RUN}` },
  { title: "Another", publisher: "Three", url: `data:text/html,<script>${RUN}</script>` },
  { title: "A third", publisher: "Four", url: `https://four.example/"onmouseover="${RUN}"><script>${RUN}</script>` },
  { title: `Turned ${TURNED}`, publisher: `Five ${TURNED}`, url: `https://five.example/${TURNED}` },
  { title: LONG, publisher: LONG, url: `https://six.example/${"a".repeat(100_000)}` },
  { title: "=HYPERLINK(\"http://evil.example\",\"x\")", publisher: "=cmd|' /C calc'!A0", url: "https://seven.example/a" },
  { title: "+1+1", publisher: "@SUM(1+1)*cmd|' /C calc'!A0", url: "https://eight.example/a" },
  { title: "\t=1+1", publisher: "-2+3", url: "https://nine.example/a" },
  { title: "In the text", publisher: "Ten", url: "https://ten.example/a", text: `${MARKUP} said Ukraine. Iran's ${MARKUP} firm builds drones in Belarus. “${MARKUP}” will deliver Shahed-136 drones to Russia, ${TURNED} said.` },
  { title: "A name of a megabyte", publisher: "Eleven", url: "https://eleven.example/a", text: `The ${LONG} company is building drones in Belarus. Iran delivered drones to ${LONG}.` },
  { title: "{{constructor.constructor('alert(1)')()}} ${7*7} <%= 7*7 %>", publisher: "../../../../etc/passwd\r\nSet-Cookie: a=b", url: "https://twelve.example/a" },
];

let at;
let chromium;
let folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "sayso-hostile-"));
  const lines = REPORTS.map((report, nth) => JSON.stringify({ published: `2023-08-${String(nth + 1).padStart(2, "0")}`, ...report, text: `${report.text ?? ""}\n\n${CLAIMS}` }));
  const html = `<!doctype html><html><head><title>${MARKUP}</title><meta property="og:site_name" content="${MARKUP}"><meta http-equiv="refresh" content="0;url=http://evil.example"></head>
    <body><article><h1>A page</h1><p>${CLAIMS} As <a href="javascript:${RUN}">Meridian Wire</a> reported, Iran is building drone factories in Belarus.</p><iframe src="http://evil.example"></iframe></article></body></html>`;
  writeFileSync(join(folder, "hostile.jsonl"), lines.join("\n"));
  writeFileSync(join(folder, "page.html"), html);
  at = await desk([join(folder, "hostile.jsonl"), join(folder, "page.html")], { name: `<b onclick=${RUN}>Ann</b>` });
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  at?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("no page runs, asks for, turns or breaks anything", async () => {
  const latest = await at.json("/today.json");
  assert.ok(latest.latest.length >= 10, `${latest.latest.length} reports were read`);
  const { page: tab, wrong, close } = await page(chromium, at);
  const seen = new Set();
  const open = ["/"];
  const kinds = new Map();
  while (open.length > 0) {
    const path = open.shift();
    await tab.goto(at.url + path, { waitUntil: "load" });
    const found = await tab.evaluate(() => ({
      ran: globalThis.ran,
      scripts: [...document.scripts].filter((it) => it.type !== "application/json" && !it.src.endsWith("/assets/desk.js")).map((it) => it.outerHTML.slice(0, 200)),
      handlers: [...document.querySelectorAll("*")].filter((it) => [...it.attributes].some((attribute) => attribute.name.startsWith("on"))).map((it) => it.outerHTML.slice(0, 200)),
      frames: document.querySelectorAll("iframe, object, embed, base, meta[http-equiv], main img").length,
      links: [...document.querySelectorAll("a[href]")].map((it) => ({ to: new URL(it.getAttribute("href"), location.href).href, written: it.getAttribute("href"), rel: it.getAttribute("rel") ?? "" })),
      turned: /[\u202A-\u202E\u2066-\u2069\u200E\u200F]/.test(document.documentElement.outerHTML),
      over: document.documentElement.scrollWidth - innerWidth,
      size: document.documentElement.outerHTML.length,
      heading: document.querySelectorAll("h1").length,
    }));
    assert.equal(found.ran, undefined, `${path} ran something`);
    assert.deepEqual(found.scripts, [], path);
    assert.deepEqual(found.handlers, [], path);
    assert.equal(found.frames, 0, path);
    assert.equal(found.heading, 1, path);
    assert.equal(found.turned, false, `${path} turns the direction of writing`);
    assert.ok(found.over <= 0, `${path} is ${found.over} px wider than the window`);
    // The text of a report is shown whole, and nowhere else.
    assert.ok(found.size < (path.startsWith("/report/") ? 4_000_000 : 400_000), `${path} has ${found.size} letters`);
    for (const { to, written, rel } of found.links) {
      assert.match(to, /^https?:/, `${path} links ${to.slice(0, 80)}`);
      if (!to.startsWith(`${at.url}/`)) {
        assert.match(rel, /noopener/, `${path}: ${written}`);
        continue;
      }
      const url = new URL(to);
      const next = url.pathname + url.search;
      // A few pages of each sort, each address once, no files.
      const sort = url.pathname.split("/")[1];
      if (seen.has(next) || /^(export|capture|openapi)$/.test(sort) || /\.\w+$/.test(url.pathname)) continue;
      seen.add(next);
      kinds.set(sort, (kinds.get(sort) ?? 0) + 1);
      if (kinds.get(sort) <= 25) open.push(next);
    }
    assert.deepEqual(wrong, [], path);
  }
  assert.ok(seen.size > 40 && kinds.get("report") >= 12, `${seen.size} pages, ${[...kinds].join(" ")}`);
  await close();
});

test("no cell of any table is a formula", async () => {
  for (const path of ["/today.csv", "/findings.csv", "/sources.csv", "/search.csv?q=Iran", "/transfers.csv", "/facilities.csv", "/timeline.csv", "/review.csv", "/entities.csv?name=Iran", "/export/csv", "/export/sipri"]) {
    const answer = await fetch(at.url + path);
    assert.equal(answer.status, 200, path);
    const text = await answer.text();
    // A cell begins at the start of a line or after a comma outside quotes; within quotes after the quote.
    let quoted = false;
    let start = true;
    for (let i = 0; i < text.length; i += 1) {
      const c = text[i];
      if (start && !quoted && c === '"') {
        quoted = true;
        continue;
      }
      const number = /^-?[\d.]+(?=[",\n\r]|$)/.test(text.slice(i, i + 40));
      if (start && "=+-@\t\r".includes(c) && !(c === "\r" && text[i + 1] === "\n") && !number) assert.fail(`${path}: ${text.slice(i, i + 60)}`);
      start = false;
      if (quoted && c === '"') {
        if (text[i + 1] === '"') i += 1;
        else quoted = false;
      } else if (!quoted && (c === "," || c === "\n")) start = true;
    }
  }
});

test("what is taken away is a file, and what is sent with it cannot be split", async () => {
  const found = await at.json("/findings.json");
  const report = await at.json(`/report/${found.findings[0].reports[0]}.json`);
  const capture = await fetch(`${at.url}/capture/${report.capture.sha256}`);
  assert.equal(capture.headers.get("content-type"), "application/octet-stream");
  assert.match(capture.headers.get("content-disposition"), /^attachment/);
  assert.equal(capture.headers.get("set-cookie"), null);
  for (const format of ["geojson", "stix"]) JSON.parse(await (await fetch(`${at.url}/export/${format}`)).text());
  const markdown = await (await fetch(`${at.url}/export/markdown`)).text();
  assert.doesNotMatch(markdown, /(^|[^\\])<(script|img|svg)/, "markup of reports stays text in the assessment");
  assert.doesNotMatch(markdown, /\]\(javascript:/);
});
