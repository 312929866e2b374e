// Walks the desk over the example week as people do, with a mouse, with keys, on a phone and without JavaScript.
//
//     npm ci && npm run walk        SAYSO: the program, target/release/sayso unless told; CHROMIUM: /usr/bin/chromium unless told

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { WEEK, WIDTHS, browser, desk, page } from "./open.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let at;
let chromium;
let paths;

before(async () => {
  chromium = await browser();
  at = await desk(WEEK);
  const found = await at.json("/findings.json?place=Belarus&kind=production");
  const finding = found.findings[0].id;
  const report = (await at.json(`/finding/${finding}.json`)).finding.reports[0];
  paths = [
    "/",
    "/findings",
    `/finding/${finding}`,
    `/report/${report}`,
    "/search?q=drone",
    "/entities?name=Gomel",
    "/entity/Q794",
    "/facilities",
    "/transfers",
    "/timeline",
    "/sources",
    "/review",
    "/history",
    "/watch",
    "/export",
    "/audit",
    "/help",
    "/openapi",
    "/finding/0000000000000000",
  ];
});

after(async () => {
  await chromium?.close();
  at?.close();
});

/** Serious and critical findings of axe-core, one a line. */
async function axe(page) {
  await page.evaluate(AXE);
  const said = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const serious = said.violations.filter((it) => ["serious", "critical"].includes(it.impact));
  return serious.flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.html.slice(0, 160)} (${node.failureSummary?.split("\n")[1]?.trim() ?? ""})`));
}

for (const width of Object.keys(WIDTHS)) {
  describe(width, () => {
    test("open, filter, the tree, erosion", async () => {
      const { page: tab, wrong, close } = await page(chromium, at, { width });
      await tab.goto(`${at.url}/`);
      await tab.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Findings" }).click();
      const all = await tab.locator("article.card").count();
      await tab.getByLabel("Where").fill("Belarus");
      await tab.getByRole("button", { name: "Filter" }).click();
      await tab.waitForURL(/place=Belarus/);
      const fewer = await tab.locator("article.card").count();
      assert.ok(fewer > 0 && fewer < all, `${fewer} of ${all}`);
      await tab.getByRole("link", { name: "production", exact: true }).click();
      await tab.waitForURL(/kind=production/);
      await tab.getByRole("link", { name: "Iran: production · drone · in Belarus", exact: true }).click();
      await tab.getByRole("heading", { level: 1 }).waitFor();
      assert.match(await tab.locator(".figures.large").innerText(), /2 origins/);
      const tree = tab.locator("#origins ul.tree ul.tree");
      assert.ok((await tree.count()) > 0, "nobody has it from anybody");
      assert.ok(await tree.first().isVisible());
      const erosion = tab.locator("#erosion");
      await erosion.scrollIntoViewIfNeeded();
      assert.match(await erosion.innerText(), /status advanced/);
      assert.ok((await erosion.locator("del, ins, mark").count()) > 0, "no words are marked");
      // From the finding to the sentence in its report.
      await tab.locator("#claims a[href^='/report/']").first().click();
      await tab.waitForURL(/\/report\/.*#c-/);
      const note = tab.locator(":target");
      assert.ok(await note.isVisible(), "the claim's note is shown");
      assert.deepEqual(wrong, []);
      await close();
    });

    test("reject a claim, undo it", async () => {
      const { page: tab, wrong, close } = await page(chromium, at, { width });
      await tab.goto(at.url + paths[3]);
      const note = tab.locator(".note").first();
      await note.locator("summary").click();
      await note.getByLabel("Why (needed to reject)").fill("a test of judging");
      await note.getByRole("button", { name: "It was misread" }).click();
      const status = tab.getByRole("status");
      await status.waitFor();
      assert.match(await status.innerText(), /reject/i);
      assert.match(await tab.locator(".note").first().innerText(), /rejected|misread/i);
      const judged = await at.json("/history.json");
      assert.match(JSON.stringify(judged), /a test of judging/);
      await status.getByRole("button", { name: "Undo" }).click();
      await tab.waitForLoadState();
      assert.doesNotMatch(await tab.locator(".note").first().innerText(), /rejected by/i);
      assert.deepEqual(wrong, []);
      await close();
    });

    test("search", async () => {
      const { page: tab, wrong, close } = await page(chromium, at, { width });
      await tab.goto(`${at.url}/`);
      await tab.getByRole("searchbox", { name: "Search reports and claims" }).fill("Gomel");
      await tab.keyboard.press("Enter");
      await tab.waitForURL(/\/search\?q=Gomel/);
      assert.ok((await tab.locator("main article.card").count()) > 0);
      assert.ok((await tab.locator("main mark").count()) > 0, "no snippet marks the word");
      assert.deepEqual(wrong, []);
      await close();
    });

    test("the map: nearer, a spot, its site", async () => {
      const { page: tab, wrong, close } = await page(chromium, at, { width });
      await tab.goto(`${at.url}/facilities`);
      const map = tab.locator("figure.map svg");
      const box = () => map.getAttribute("viewBox");
      const first = await box();
      await tab.getByRole("button", { name: "Nearer" }).click();
      assert.notEqual(await box(), first);
      await tab.getByRole("button", { name: "The whole map" }).click();
      assert.equal(await box(), "0 0 960 500");
      assert.ok((await map.locator("circle.vague").count()) > 0, "a place known by its state alone is drawn as one");
      await map.getByRole("link", { name: /Dushanbe/ }).click();
      await tab.waitForURL(/#site-/);
      assert.match(await tab.locator(":target").innerText(), /Dushanbe/);
      assert.deepEqual(wrong, []);
      await close();
    });

    test("export", async () => {
      const { page: tab, wrong, close } = await page(chromium, at, { width });
      await tab.goto(`${at.url}/findings?place=Belarus&kind=production`);
      await tab.getByRole("link", { name: "Export these" }).click();
      for (const [name, holds] of [["markdown", /Belarus/], ["csv", /Belarus/], ["stix", /"bundle"/]]) {
        const [got] = await Promise.all([tab.waitForEvent("download"), tab.getByRole("link", { name, exact: true }).click()]);
        assert.match(readFileSync(await got.path(), "utf8"), holds);
        assert.match(got.suggestedFilename(), /^sayso.*\.\w+$/);
      }
      assert.deepEqual(wrong, []);
      await close();
    });

    test("every page: no serious finding of axe-core, nothing wider than the window, nothing refused or thrown", async (t) => {
      for (const scheme of ["light", "dark"]) {
        const { page: tab, wrong, close } = await page(chromium, at, { width, scheme });
        for (const path of paths) {
          await t.test(`${path} ${scheme}`, async () => {
            await tab.goto(at.url + path);
            await tab.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
            assert.deepEqual(await axe(tab), []);
            const over = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(over <= 0, `${over} px wider than the window`);
            // A browser notes it where there is no such finding.
            const missing = path.startsWith("/finding/0");
            assert.deepEqual(wrong.splice(0).filter((it) => !(missing && it.includes("404"))), []);
          });
        }
        await close();
      }
    });
  });
}

test("judging by the keyboard alone", async () => {
  const { page: tab, wrong, close } = await page(chromium, at);
  const judgements = async () => (await at.json("/history.json")).judgements.length;
  await tab.goto(`${at.url}/review`);
  const before = await judgements();
  // Until the keys are listened to.
  const listens = () => tab.locator("[data-item][tabindex]").first().waitFor({ state: "attached" });
  await listens();
  await tab.keyboard.press("?");
  await tab.getByRole("dialog").waitFor();
  await tab.keyboard.press("Escape");
  await tab.keyboard.press("j");
  const first = await tab.evaluate(() => document.activeElement.innerText);
  await tab.keyboard.press("j");
  assert.notEqual(await tab.evaluate(() => document.activeElement.innerText), first);
  await tab.keyboard.press("k");
  assert.equal(await tab.evaluate(() => document.activeElement.innerText), first);
  await Promise.all([tab.waitForURL(/done=/), tab.keyboard.press("a")]);
  assert.equal(await judgements(), before + 1);
  await listens();
  await Promise.all([tab.waitForEvent("load"), tab.keyboard.press("u")]);
  await listens();
  // An undo is a judgement too: nothing is taken out of the history.
  assert.equal(await judgements(), before + 2);
  // To reject asks for the reason first.
  await tab.keyboard.press("j");
  await tab.keyboard.press("r");
  assert.equal(await tab.evaluate(() => document.activeElement.getAttribute("name")), "why");
  assert.equal(await judgements(), before + 2);
  // To correct opens the form: field, value, reason, and back.
  await tab.keyboard.press("Escape");
  await tab.evaluate(() => document.activeElement.blur());
  await tab.keyboard.press("j");
  await tab.keyboard.press("e");
  assert.equal(await tab.evaluate(() => document.activeElement.getAttribute("name")), "field");
  await tab.keyboard.type("certainty");
  await tab.keyboard.press("Tab");
  await tab.keyboard.type("possible");
  await tab.keyboard.press("Tab");
  await tab.keyboard.type("the sentence hedges");
  await tab.keyboard.press("Enter");
  const corrected = tab.getByRole("status").filter({ hasText: "the certainty is possible" });
  await corrected.getByRole("button", { name: "Undo" }).click();
  const undone = tab.getByRole("status").filter({ hasText: "is undone" });
  await undone.waitFor();
  assert.equal(await undone.getByRole("button").count(), 0, "an undoing is not undone");
  assert.equal(await judgements(), before + 4);
  assert.deepEqual(wrong, []);
  await close();
});

test("without JavaScript every page reads, filters, judges", async () => {
  const { page: tab, wrong, close } = await page(chromium, at, { script: false });
  for (const path of paths.filter((it) => !it.startsWith("/finding/0"))) {
    await tab.goto(at.url + path);
    assert.ok((await tab.locator("h1").innerText()).length > 0, path);
    const text = await tab.locator("main").innerText();
    assert.ok(text.length > 60, `${path} says nothing: ${text}`);
  }
  await tab.goto(`${at.url}/transfers`);
  assert.ok((await tab.locator("table.matrix td a").count()) > 0);
  await tab.goto(`${at.url}/facilities`);
  assert.ok((await tab.locator("figure.map circle").count()) > 0, "the map is drawn by the server");
  await tab.goto(`${at.url}/findings`);
  await tab.getByLabel("Where").fill("Belarus");
  await tab.getByRole("button", { name: "Filter" }).click();
  assert.match(tab.url(), /place=Belarus/);
  await tab.goto(`${at.url}/review`);
  await tab.getByRole("button", { name: "It was read right" }).first().click();
  await tab.getByRole("status").getByRole("button", { name: "Undo" }).click();
  assert.match(await tab.getByRole("status").innerText(), /is undone/);
  assert.deepEqual(wrong, []);
  await close();
});
