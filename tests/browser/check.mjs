// SPDX-FileCopyrightText: 2026 The gradecalc authors
// SPDX-License-Identifier: MIT
// Opens each page of a folder in a headless browser, in light and dark, on a phone and as on paper, and lists all that
// axe finds, what a page asks the network for, what its console says, and whether it is wider than the screen.
// Usage: node check.mjs TOOLS PAGES [SCREENSHOTS]
// A page that is ready only later says by which element: <html data-ready="#result">.
import { readdirSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";

const [tools, folder, pictures] = process.argv.slice(2);
const require = createRequire(join(tools, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript",
    ".json": "application/json", ".wasm": "application/wasm" };
const READY_WITHIN = 120_000;
const WAYS = {
    light: { colorScheme: "light", viewport: { width: 1200, height: 900 } },
    dark: { colorScheme: "dark", viewport: { width: 1200, height: 900 } },
    phone: { colorScheme: "light", viewport: { width: 360, height: 740 } },
    "phone-dark": { colorScheme: "dark", viewport: { width: 360, height: 740 } },
    paper: { colorScheme: "dark", viewport: { width: 794, height: 1123 }, media: "print" },
};

// Serves the folder, since a page that loads parts of itself cannot do so from a file.
function serve() {
    const server = createServer((request, response) => {
        const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
        try {
            const content = readFileSync(join(folder, path));
            response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(content);
        } catch {
            response.writeHead(404).end();
        }
    });
    return new Promise(resolve => server.listen(0, "127.0.0.1", () => resolve(server)));
}

// The pages of the folder, and of each folder in it the index.
function pages() {
    const inside = readdirSync(folder, { withFileTypes: true });
    return inside.flatMap(each => each.isDirectory() ? [`${each.name}/index.html`] : each.name.endsWith(".html") ? [each.name] : []).sort();
}

async function look(browser, address, name, way) {
    const { media, ...options } = WAYS[way];
    const context = await browser.newContext({ ...options });
    const page = await context.newPage();
    const found = [];
    page.on("console", said => { if (["error", "warning"].includes(said.type())) found.push(`console: ${said.text()}`); });
    page.on("pageerror", error => found.push(`error: ${error}`));
    page.on("request", request => { if (!request.url().startsWith(address)) found.push(`asks for ${request.url()}`); });
    await page.route("**/favicon.ico", route => route.fulfill({ status: 204 }));
    if (media) await page.emulateMedia({ media, colorScheme: options.colorScheme });
    await page.goto(`${address}/${name}`);
    const ready = await page.getAttribute("html", "data-ready");
    if (ready) await page.waitForSelector(ready, { timeout: READY_WITHIN });
    for (const opened of [false, true]) {
        if (opened && !await page.evaluate(openAll)) continue;
        found.push(...await faults(page, opened));
    }
    if (pictures) await page.screenshot({ path: join(pictures, `${name.replace("/", "-")}-${way}.png`), fullPage: true, timeout: 60_000 });
    if (pictures && media) await page.pdf({ path: join(pictures, `${name.replace("/", "-")}.pdf`), preferCSSPageSize: true });
    await context.close();
    return found;
}

// Opens the first few of what is folded, as a reader does; of five hundred alike one is looked at.
function openAll() {
    const closed = [...document.querySelectorAll("details:not([open])")].slice(0, 3);
    for (const each of closed) each.open = true;
    return closed.length;
}

async function faults(page, opened) {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    const state = opened ? " (opened)" : "";
    return [
        ...(wide > 0 ? [`${wide} pixels wider than the screen${state}`] : []),
        ...violations.map(each => `${each.id}: ${each.help}${state}: ${each.nodes.map(node => node.html).slice(0, 3).join(" | ")}`),
    ];
}

const profile = mkdtempSync(join(tmpdir(), "browser-"));
const server = await serve();
const address = `http://127.0.0.1:${server.address().port}`;
if (pictures) mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", `--disk-cache-dir=${profile}`],
});
let count = 0;
for (const name of pages()) {
    for (const way of Object.keys(WAYS)) {
        const found = await look(browser, address, name, way);
        count += found.length;
        console.log(`${name} ${way}: ${found.length ? "" : "nothing found"}`);
        for (const each of found) console.log(`  ${each}`);
    }
}
await browser.close();
server.close();
rmSync(profile, { recursive: true, force: true });
console.log(count ? `${count} found` : "nothing found on any page");
process.exitCode = count ? 1 : 0;
