// A desk over some reports, and a browser in front of it that tells of everything that goes wrong in it.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const ROOT = resolve(import.meta.dirname, "../..");

/** The example week's reports. */
export const WEEK = join(ROOT, "fixtures/week/reports");

/** Wide as a desktop's window and as a phone's. */
export const WIDTHS = { desktop: { width: 1300, height: 900 }, phone: { width: 390, height: 844 } };

const SAYSO = resolve(process.env.SAYSO ?? join(ROOT, "target/release/sayso"));
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

function need(path, way) {
  if (!existsSync(path)) throw new Error(`${path} is not there: ${way}`);
}

/** Reads `reports` into a ledger of its own and serves it. */
export async function desk(reports, { name = "Ann" } = {}) {
  need(SAYSO, "cargo build --release makes it, SAYSO names another");
  const folder = mkdtempSync(join(tmpdir(), "sayso-desk-"));
  const ledger = join(folder, "desk.ledger");
  const read = spawnSync(SAYSO, ["--ledger", ledger, "read", ...[reports].flat()], { encoding: "utf8" });
  if (read.status !== 0 && read.status !== 1) throw new Error(read.stderr);
  const server = spawn(SAYSO, ["--ledger", ledger, "serve", "--listen", "127.0.0.1:0", "--as", name], { stdio: ["ignore", "pipe", "ignore"] });
  const [url] = await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next().then(({ value }) => [value.trim().replace(/\/$/, "")]);
  return {
    url,
    json: async (path) => (await fetch(url + path)).json(),
    close() {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A browser that asks nobody but the desk for anything. */
export async function browser() {
  need(CHROMIUM, "apt-get install chromium, or CHROMIUM names another");
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--hide-scrollbars",
    ],
  });
}

/** A page of its own, and the list of what went wrong on it: errors, refusals by the policy, dialogs, requests to others. */
export async function page(browser, desk, { width = "desktop", scheme = "light", script = true } = {}) {
  const context = await browser.newContext({
    viewport: WIDTHS[width],
    colorScheme: scheme,
    javaScriptEnabled: script,
    acceptDownloads: true,
    reducedMotion: "reduce",
  });
  const wrong = [];
  await context.route("**/*", (route) => {
    const to = route.request().url();
    if (to.startsWith(`${desk.url}/`) || to.startsWith("data:") || to.startsWith("blob:")) return route.continue();
    wrong.push(`asks ${to}`);
    return route.abort();
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (said) => {
    if (["error", "warning"].includes(said.type())) wrong.push(`console: ${said.text()}`);
  });
  page.on("dialog", (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  return { page, wrong, close: () => context.close() };
}
