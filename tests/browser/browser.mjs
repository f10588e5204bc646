// SPDX-FileCopyrightText: 2026 The gradecalc authors
// SPDX-License-Identifier: MIT
// What every script that looks at pages shares: a server, a headless browser, a page that is watched, and what is wrong with it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript",
    ".json": "application/json", ".wasm": "application/wasm" };
export const WAYS = {
    light: { colorScheme: "light", viewport: { width: 1200, height: 900 } },
    dark: { colorScheme: "dark", viewport: { width: 1200, height: 900 } },
    phone: { colorScheme: "light", viewport: { width: 360, height: 740 } },
    "phone-dark": { colorScheme: "dark", viewport: { width: 360, height: 740 } },
    paper: { colorScheme: "dark", viewport: { width: 794, height: 1123 }, media: "print" },
};

// Serves the folder, since a page that loads parts of itself cannot do so from a file.
function serve(folder) {
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

// Starts a browser of the tools, serves the folder, hands both to what uses them, and clears away.
export async function browse(tools, folder, use) {
    const require = createRequire(join(tools, "package.json"));
    const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");
    const profile = mkdtempSync(join(tmpdir(), "browser-"));
    const server = await serve(folder);
    const browser = await require("playwright-core").chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", `--disk-cache-dir=${profile}`],
    });
    try {
        return await use({ browser, axe, address: `http://127.0.0.1:${server.address().port}` });
    } finally {
        await browser.close();
        server.close();
        rmSync(profile, { recursive: true, force: true });
    }
}

// Opens a page in one of the ways, and lists in `found` what its console says and what it asks for from elsewhere.
export async function openPage({ browser, address }, name, way) {
    const { media, ...options } = WAYS[way];
    const page = await (await browser.newContext(options)).newPage();
    const found = [];
    page.on("console", said => { if (["error", "warning"].includes(said.type())) found.push(`console: ${said.text()}`); });
    page.on("pageerror", error => found.push(`error: ${error}`));
    page.on("request", request => { if (!request.url().startsWith(`${address}/`)) found.push(`asks for ${request.url()}`); });
    await page.route("**/favicon.ico", route => route.fulfill({ status: 204 }));
    if (media) await page.emulateMedia({ media, colorScheme: options.colorScheme });
    await page.goto(`${address}/${name}`);
    return { page, found };
}

// Lists what axe finds on the page as it is, and whether it is wider than the screen; `state` says how it is.
export async function findFaults(page, axe, state) {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    return [
        ...(wide > 0 ? [`${wide} pixels wider than the screen${state}`] : []),
        ...violations.map(each => `${each.id}: ${each.help}${state}: ${each.nodes.map(node => node.html).slice(0, 3).join(" | ")}`),
    ];
}

// Takes a picture of the whole page into the folder, if one is named.
export async function picture(page, folder, name) {
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, timeout: 60_000 });
}

// Says what was found in one way of looking, and returns how much.
export function tell(heading, found) {
    console.log(`${heading}: ${found.length ? "" : "nothing found"}`);
    for (const each of found) console.log(`  ${each}`);
    return found.length;
}
