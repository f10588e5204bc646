// SPDX-FileCopyrightText: 2026 The gradecalc authors
// SPDX-License-Identifier: MIT
// Opens each page of a folder in a headless browser, in light and dark, on a phone and as on paper, and lists all that
// axe finds, what a page asks the network for, what its console says, and whether it is wider than the screen.
// Usage: node check.mjs TOOLS PAGES [SCREENSHOTS]
// A page that is ready only later says by which element: <html data-ready="#result">.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { browse, findFaults, openPage, picture, tell, WAYS } from "./browser.mjs";

const [tools, folder, pictures] = process.argv.slice(2);
const READY_WITHIN = 120_000;

// The pages of the folder, and of each folder in it the index.
function pages() {
    const inside = readdirSync(folder, { withFileTypes: true });
    return inside.flatMap(each => each.isDirectory() ? [`${each.name}/index.html`] : each.name.endsWith(".html") ? [each.name] : []).sort();
}

async function look(place, name, way) {
    const { page, found } = await openPage(place, name, way);
    const ready = await page.getAttribute("html", "data-ready");
    if (ready) await page.waitForSelector(ready, { timeout: READY_WITHIN });
    for (const opened of [false, true]) {
        if (opened && !await page.evaluate(openAll)) continue;
        found.push(...await findFaults(page, place.axe, opened ? " (opened)" : ""));
    }
    const title = name.replace("/", "-");
    await picture(page, pictures, `${title}-${way}`);
    if (pictures && WAYS[way].media) await page.pdf({ path: join(pictures, `${title}.pdf`), preferCSSPageSize: true });
    await page.context().close();
    return found;
}

// Opens the first few of what is folded, as a reader does; of five hundred alike one is looked at.
function openAll() {
    const closed = [...document.querySelectorAll("details:not([open])")].slice(0, 3);
    for (const each of closed) each.open = true;
    return closed.length;
}

const count = await browse(tools, folder, async place => {
    let count = 0;
    for (const name of pages()) {
        for (const way of Object.keys(WAYS)) count += tell(`${name} ${way}`, await look(place, name, way));
    }
    return count;
});
console.log(count ? `${count} found` : "nothing found on any page");
process.exitCode = count ? 1 : 0;
