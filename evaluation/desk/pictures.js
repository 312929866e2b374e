// Makes the pictures of docs/pictures: the desk over the example week, as it looks.
//
//     npm ci && npm run pictures

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { WEEK, browser, desk, page } from "./open.js";

const TO = resolve(import.meta.dirname, "../../docs/pictures");
mkdirSync(TO, { recursive: true });

const at = await desk(WEEK);
const chromium = await browser();
try {
  const found = await at.json("/findings.json?place=Belarus&kind=production");
  const finding = `/finding/${found.findings[0].id}`;
  const review = (await at.json(finding + ".json")).finding.reports[0];
  const pictures = [
    ["finding", finding, { height: 1150 }],
    ["erosion", `${finding}#erosion`, { height: 620 }],
    ["report", `/report/${review}`, { height: 760 }],
    ["facilities", "/facilities", { height: 900 }],
    ["transfers", "/transfers", { height: 1050 }],
    ["review", "/review", { height: 760, scheme: "dark" }],
    ["phone", finding, { width: "phone", height: 844 }],
  ];
  for (const [name, path, { width = "desktop", height, scheme }] of pictures) {
    const { page: tab, close } = await page(chromium, at, { width, scheme });
    await tab.setViewportSize({ width: tab.viewportSize().width, height });
    await tab.goto(at.url + path);
    await tab.locator("h1").waitFor();
    await tab.screenshot({ path: join(TO, `${name}.png`) });
    console.log(`docs/pictures/${name}.png`);
    await close();
  }
} finally {
  await chromium.close();
  at.close();
}
