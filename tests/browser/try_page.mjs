// SPDX-FileCopyrightText: 2026 The gradecalc authors
// SPDX-License-Identifier: MIT
// Uses the page of docs/try, as it was built, as people do: with files, learners, marks, exemptions and targets, right and
// wrong ones, in light and dark and on a phone; fails if anything is not as it should be, or axe finds anything, or
// anything is asked of anybody else.
// Usage: node try_page.mjs TOOLS BUILT FILES [SCREENSHOTS]
import assert from "node:assert/strict";
import { join } from "node:path";
import { browse, findFaults, openPage, picture, tell, WAYS } from "./browser.mjs";

const [tools, built, files, pictures] = process.argv.slice(2);
const READY_WITHIN = 120_000;
const SAID_WITHIN = 30_000;
const text = async (page, id) => (await page.locator(`#${id}`).innerText()).replaceAll("\u00a0", " ");
const points = (page, item) => page.getByLabel(`${item}: points`);
const exempt = (page, item) => page.locator("#items li", { hasText: item }).getByLabel("exempt");

// What is in an element holds the words, or soon does.
async function says(page, id, ...words) {
    for (const word of words) {
        await page.locator(`#${id}`, { hasText: word }).waitFor().catch(() => {});
        const found = await text(page, id);
        assert.ok(found.includes(word), `#${id} says ${JSON.stringify(found)}, not ${JSON.stringify(word)}`);
    }
}

// Opens a file of the folder through the form, and waits for what is said of it.
async function openFile(page, file, said) {
    await page.setInputFiles("#file", file);
    await says(page, "status", said);
}

// Each step is what a person does, with what the page must then say.
const STEPS = {
    async "the example is opened from a file"(page) {
        await openFile(page, join(built, "example.csv"), "example.csv was read as a file of Brightspace: 8 learners.");
        await says(page, "notes", "8 of 8 finals agree with the file");
    },
    async "a learner is chosen and nothing supposed"(page) {
        await page.selectOption("#learner", { label: "Fumiko Tanaka" });
        await says(page, "final", "85.74 %");
        assert.equal("Final exam", await page.locator("#needed-item option:checked").innerText());
        assert.equal("", await text(page, "changes"));
    },
    async "a mark is supposed"(page) {
        await points(page, "Final exam").fill("84");
        await says(page, "final", "85.74 % → 85.13 %");
        await says(page, "changes", "85.13 % instead of 85.74 %");
        await says(page, "report", "weighted mean");
    },
    async "what is needed for a percent"(page) {
        await page.fill("#target", "70");
        await says(page, "needed", "40.76");
    },
    async "what is needed for each symbol"(page) {
        await page.fill("#letters", "A=85, B=70, F=0");
        await page.keyboard.press("Tab");
        await says(page, "target-hint", "A, B, F");
        await says(page, "final", "85.74 % A → 85.13 % A");
        await says(page, "needed", "for A", "83.62", "for B", "40.76");
    },
    async "a target that the scheme has not"(page) {
        await page.fill("#target", "Q");
        await says(page, "needed", "'Q' is no symbol");
        await page.fill("#target", "");
        await says(page, "needed", "for A");
    },
    async "an exemption"(page) {
        await exempt(page, "HW 1").check();
        await says(page, "changes", "exempt, was counted");
        await exempt(page, "HW 1").uncheck();
        await page.click("#reset");
        await says(page, "final", "85.74 % A");
        assert.equal("", await text(page, "changes"));
    },
    async "an exemption of the file is lifted"(page) {
        await page.selectOption("#learner", { label: "Carmen Díaz" });
        assert.ok(await exempt(page, "HW 3").isChecked());
        await points(page, "HW 3").fill("10");
        await says(page, "changes", "counted, was exempt");
        assert.ok(!await exempt(page, "HW 3").isChecked());
    },
    async "a mark beyond the maximum"(page) {
        await points(page, "Midterm 1").fill("51");
        await says(page, "final", "at most 50 will do");
        await points(page, "Midterm 1").fill("50");
        await says(page, "final", "→");
    },
    async "a slider"(page) {
        const slider = page.getByLabel("Midterm 2: slide");
        await slider.focus();
        await page.keyboard.press("Home");
        assert.equal("0", await points(page, "Midterm 2").inputValue());
        await says(page, "changes", "0.00 %");
    },
    async "a file that is no gradebook"(page) {
        await openFile(page, join(files, "shopping.csv"), "shopping.csv cannot be graded.");
        assert.ok(await page.locator("#questions").isHidden());
        assert.notEqual("", await text(page, "notes"));
    },
    async "a file of another system"(page) {
        await openFile(page, join(files, "canvas.csv"), "canvas.csv was read as a file of Canvas");
        await page.selectOption("#learner", { label: "Ana Costa" });
        await says(page, "final", "74.44 %");
        await points(page, "Talk").fill("10");
        await says(page, "final", "74.44 % → 77.00 %");
    },
    async "the example is opened by its button"(page) {
        await page.click("#example");
        await says(page, "status", "8 learners.");
        await points(page, "Final exam").fill("84");
        await says(page, "final", "→");
    },
};

async function use(place, way) {
    const { page, found } = await openPage(place, "index.html", way);
    page.setDefaultTimeout(READY_WITHIN);
    await page.waitForFunction(() => document.getElementById("status").textContent === "Ready.");
    const policy = await page.getAttribute("meta[http-equiv=Content-Security-Policy]", "content");
    assert.ok(policy.startsWith("default-src 'none'"), "the page has a content policy");
    page.setDefaultTimeout(SAID_WITHIN);
    for (const [step, act] of Object.entries(STEPS)) {
        await act(page).catch(error => found.push(`${step}: ${error.message}`));
        found.push(...await findFaults(page, place.axe, ` (${step})`));
        await picture(page, pictures, `try-${way}-${step.replaceAll(" ", "-")}`);
    }
    await page.context().close();
    return found;
}

const count = await browse(tools, built, async place => {
    let count = 0;
    for (const way of Object.keys(WAYS).filter(each => !WAYS[each].media)) count += tell(`try ${way}`, await use(place, way));
    return count;
});
console.log(count ? `${count} found` : "nothing found on the page to try");
process.exitCode = count ? 1 : 0;
