// What a page gains when scripts run. Every page works without them.
"use strict";

// Judges a value against its ranges while it is typed, and moves the hand of the gauge.
function judge(input) {
    const data = input.dataset;
    const box = input.closest(".entry");
    const verdict = box && box.querySelector(".verdict");
    if (!verdict) return;
    const text = input.value.trim();
    const value = Number(text);
    const known = text !== "" && Number.isFinite(value);
    const inside = (low, high) =>
        (low === undefined || value >= Number(low)) && (high === undefined || value <= Number(high));
    const hasNormal = data.normalLow !== undefined || data.normalHigh !== undefined;
    const hasProven = data.provenLow !== undefined || data.provenHigh !== undefined;
    let tone = "inactive";
    if (known) {
        if (hasNormal && inside(data.normalLow, data.normalHigh)) tone = "good";
        else if (hasProven) tone = inside(data.provenLow, data.provenHigh) ? (hasNormal ? "attention" : "good") : "bad";
        else tone = hasNormal ? "bad" : "good";
    }
    const words = { good: "in range", attention: "outside normal range", bad: "outside proven range", inactive: "" };
    verdict.dataset.tone = tone;
    verdict.textContent = text === "" ? "" : known ? words[tone] : "not a number";
    moveHand(box.querySelector("svg"), known, value, Number(data.gaugeLow), Number(data.gaugeHigh));
}

function moveHand(dial, known, value, low, high) {
    if (!dial) return;
    let hand = dial.querySelector(".gauge-hand");
    if (!hand) {
        hand = document.createElementNS("http://www.w3.org/2000/svg", "polygon");
        hand.setAttribute("class", "gauge-hand");
        hand.setAttribute("fill", "#14211f");
        dial.append(hand);
    }
    const width = dial.viewBox.baseVal.width - 12;
    const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
    const x = 6 + share * width;
    hand.setAttribute("points", known ? `${x - 5},0 ${x + 5},0 ${x},12` : "");
}

// Keeps what was typed into a form until it is recorded, so that a lost connection or a closed
// screen loses nothing. Passwords and tokens are never kept.
const draftLife = 24 * 3600 * 1000;

function draftKey(form) { return "draft:" + form.dataset.draft; }

function keptFields(form) {
    return [...form.elements].filter((field) =>
        field.name && field.type !== "hidden" && field.type !== "password" && field.type !== "file" && field.type !== "submit");
}

function keepDraft(form) {
    const values = keptFields(form).map((field) =>
        [field.name, field.type === "checkbox" ? field.checked : field.value]);
    try {
        localStorage.setItem(draftKey(form), JSON.stringify({ at: Date.now(), values }));
    } catch { /* A full or forbidden store costs the draft, not the entry. */ }
}

function restoreDraft(form) {
    let kept;
    try { kept = JSON.parse(localStorage.getItem(draftKey(form)) || "null"); } catch { return; }
    if (!kept || Date.now() - kept.at > draftLife) return;
    for (const [name, value] of kept.values) {
        const field = keptFields(form).find((other) => other.name === name);
        if (!field) continue;
        if (field.type === "checkbox") field.checked = value === true;
        else if (field.value === "") field.value = value;
    }
}

function dropDraft(form) {
    try { localStorage.removeItem(draftKey(form)); } catch { /* nothing was kept */ }
}

// A short message at the foot of the screen, with at most one thing to do about it.
function toast(words, action, act) {
    document.querySelectorAll(".toast").forEach((old) => old.remove());
    const box = document.createElement("div");
    box.className = "toast";
    box.setAttribute("role", "status");
    const text = document.createElement("span");
    text.textContent = words;
    box.append(text);
    if (action) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = action;
        button.addEventListener("click", act);
        box.append(button);
    }
    document.body.append(box);
    return box;
}

// A field may be called "action" or "method" as well, and then stands in place of the form's own.
function addressOf(form) { return form.getAttribute("action"); }
function isPosted(form) { return form.getAttribute("method") === "post"; }

// Sends a form without leaving the page first: when the connection is lost the entry stays.
async function send(form, button) {
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.append(button.name, button.value);
    if (button) button.setAttribute("aria-busy", "true");
    try {
        const answer = await fetch(addressOf(form), { method: "POST", body, credentials: "same-origin" });
        const text = await answer.text();
        if (answer.redirected && answer.ok) {
            // A refused form is answered on its own page, with what was typed still in it.
            if (new URL(answer.url).searchParams.has("refused")) {
                history.replaceState(null, "", answer.url);
                showPage(text);
                // One more row was asked for: there is where to go on.
                if (button?.name === "add-row") document.querySelector("#main [autofocus]")?.focus();
                return;
            }
            if (form.dataset.draft) dropDraft(form);
            location.assign(answer.url);
            return;
        }
        showPage(text);
    } catch {
        toast("No connection. Nothing was recorded; what you typed is kept here.", "Try again", () => send(form, button));
    } finally {
        if (button) button.removeAttribute("aria-busy");
    }
}

function showPage(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("main");
    const current = document.getElementById("main");
    if (!fresh || !current) { location.reload(); return; }
    document.title = page.title;
    keepOpen(current, fresh);
    const focused = placeOf(document.activeElement, current);
    current.replaceWith(fresh);
    document.body.dataset.ledgerSize = page.body.dataset.ledgerSize || "";
    const size = page.getElementById("ledger-size");
    const shown = document.getElementById("ledger-size");
    if (size && shown) shown.textContent = size.textContent;
    enliven(fresh);
    const problem = fresh.querySelector("[role=alert], [aria-invalid]");
    if (problem) {
        problem.scrollIntoView({ block: "center" });
        // Where to go on: the wrong field, or what was refused for its password.
        const form = problem.closest("form");
        const field = fresh.querySelector("[aria-invalid]") || form?.querySelector("input[type=password]");
        (field || fresh).focus({ preventScroll: true });
    } else if (focused) {
        (elementAt(focused, fresh) || fresh).focus({ preventScroll: true });
    }
}

// What takes the focus of a keyboard.
const stops = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";

// What tells an element from others of its kind on a page that is read again.
function traits(element) {
    return [element.tagName, element.id, element.getAttribute("href"), element.getAttribute("name"), element.textContent.trim()].join("|");
}

// Where the focus stands within `root`: what it is on, and the how-manieth of those that look alike.
function placeOf(element, root) {
    if (!element || !root.contains(element) || element === root) return null;
    const alike = [...root.querySelectorAll(stops)].filter((other) => traits(other) === traits(element));
    return { traits: traits(element), number: Math.max(0, alike.indexOf(element)), id: element.id };
}

function elementAt(place, root) {
    const alike = [...root.querySelectorAll(stops)].filter((other) => traits(other) === place.traits);
    return alike[place.number] || (place.id && root.querySelector("#" + CSS.escape(place.id)));
}

// What a reader unfolded stays unfolded when the page is read again.
function keepOpen(current, fresh) {
    const names = new Map();
    const name = (fold) => {
        const words = fold.querySelector("summary")?.textContent.replace(/[0-9]+/g, "#") ?? "";
        const count = (names.get(words) ?? 0) + 1;
        names.set(words, count);
        return `${words}/${count}`;
    };
    const open = new Map([...current.querySelectorAll("details")].map((fold) => [name(fold), fold.open]));
    names.clear();
    for (const fold of fresh.querySelectorAll("details")) {
        const was = open.get(name(fold));
        if (was !== undefined) fold.open = was;
    }
}

// Follows the ledger: when somebody records something, the page is read again. A page on which
// something is being typed is left alone and says so.
let touched = false;
let source;

function follow() {
    const main = document.getElementById("main");
    if (!main || !main.dataset.live || !window.EventSource) return;
    source = new EventSource(main.dataset.live);
    const state = document.getElementById("live-state");
    source.addEventListener("open", () => { if (state) state.textContent = "live"; });
    source.addEventListener("error", () => { if (state) state.textContent = "not connected"; });
    source.addEventListener("grown", (event) => {
        if (Number(event.data) <= Number(document.body.dataset.ledgerSize || 0)) return;
        if (touched) toast("Something new was recorded.", "Show it", refresh);
        else refresh();
    });
    window.addEventListener("pagehide", () => source.close());
}

async function refresh() {
    document.querySelectorAll(".toast").forEach((old) => old.remove());
    try {
        const answer = await fetch(location.href, { credentials: "same-origin" });
        if (!answer.ok || answer.redirected) { location.reload(); return; }
        touched = false;
        showPage(await answer.text());
    } catch { /* The stream will say when the connection is back. */ }
}

// The clock of the site may differ from that of the screen: clocks count by the site's.
let clockOffset = 0;

function spanOf(seconds) {
    const size = Math.abs(Math.round(seconds));
    const days = Math.floor(size / 86400);
    const rest = [Math.floor(size / 3600) % 24, Math.floor(size / 60) % 60, size % 60];
    return (days ? `${days} d ` : "") + rest.map((part, place) => String(part).padStart(place ? 2 : 1, "0")).join(":");
}

// Counts a hold down to the instant it must end, and a step up from its start.
function tickClocks() {
    const now = Date.now() + clockOffset;
    for (const clock of document.querySelectorAll("[data-until]")) {
        const left = (Date.parse(clock.dataset.until) - now) / 1000;
        clock.textContent = left >= 0 ? `${spanOf(left)} left` : `over by ${spanOf(left)}`;
        clock.dataset.tone = left >= 0 ? "underway" : "bad";
    }
    for (const clock of document.querySelectorAll("[data-since]")) {
        clock.textContent = spanOf((now - Date.parse(clock.dataset.since)) / 1000);
    }
    for (const watch of document.querySelectorAll(".stopwatch[data-started]")) {
        watch.querySelector("output").textContent = spanOf((Date.now() - Number(watch.dataset.started)) / 1000);
    }
}

// A stopwatch beside a field that takes a time: started and stopped by hand, it fills the field.
function addStopwatch(input) {
    const seconds = { s: 1, min: 60, h: 3600 }[input.dataset.stopwatch];
    if (!seconds || input.closest(".entry").querySelector(".stopwatch")) return;
    const watch = document.createElement("span");
    watch.className = "stopwatch";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = "Start";
    button.setAttribute("aria-label", `Start the stopwatch of ${input.labels[0]?.textContent ?? input.name}`);
    const shown = document.createElement("output");
    watch.append(button, shown);
    const key = `stopwatch:${location.pathname}:${input.name}`;
    const keep = (value) => {
        try { if (value) localStorage.setItem(key, value); else localStorage.removeItem(key); } catch { /* it runs on this page alone */ }
    };
    const run = (started) => {
        watch.dataset.started = String(started);
        button.textContent = "Stop";
        keep(String(started));
    };
    button.addEventListener("click", () => {
        if (!watch.dataset.started) { run(Date.now()); tickClocks(); return; }
        const elapsed = (Date.now() - Number(watch.dataset.started)) / 1000;
        delete watch.dataset.started;
        button.textContent = "Start";
        keep(null);
        input.value = String(Math.round(elapsed / seconds * 100) / 100);
        input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    let started;
    try { started = Number(localStorage.getItem(key)); } catch { /* none was kept */ }
    if (started && Date.now() - started < draftLife) run(started);
    input.closest(".entry").append(watch);
}

// What a scanner typed chooses the lot or fills the container it names; Enter does not send.
function scanned(input) {
    const code = input.value.trim();
    const form = input.form;
    if (!code || !form) return;
    for (const choice of form.querySelectorAll("select")) {
        if (![...choice.options].some((option) => option.value === code)) continue;
        choice.value = code;
        input.value = "";
        choice.dispatchEvent(new Event("input", { bubbles: true }));
        toast(`${code}: ${choice.labels[0]?.textContent ?? "chosen"}`);
        input.focus();
        return;
    }
    // The server knows what else a code can be, and says so beside the field.
    form.requestSubmit();
}

// A wide picture opens at the thing it is about.
function centre(picture) {
    const focus = picture.querySelector(".focus");
    if (!focus) return;
    const box = focus.getBoundingClientRect();
    const frame = picture.getBoundingClientRect();
    picture.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
}

function enliven(root) {
    for (const picture of root.querySelectorAll(".picture")) centre(picture);
    for (const form of root.querySelectorAll("form[data-draft]")) restoreDraft(form);
    for (const input of root.querySelectorAll("[data-gauge-low]")) judge(input);
    for (const input of root.querySelectorAll("[data-stopwatch]")) addStopwatch(input);
    tickClocks();
}

document.addEventListener("input", (event) => {
    const field = event.target;
    const form = field.closest("form[method=post]");
    if (form) touched = true;
    if (form && form.dataset.draft) keepDraft(form);
    if (field.dataset && field.dataset.gaugeLow !== undefined) judge(field);
});

document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!isPosted(form) || form.querySelector("input[type=file]")) return;
    event.preventDefault();
    send(form, event.submitter);
});

document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.dataset?.scan === undefined) return;
    event.preventDefault();
    scanned(event.target);
});

// A menu closes with Escape, and when one looks elsewhere.
const menus = "details.who[open], details.more[open]";
document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.(menus);
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
});
for (const kind of ["focusin", "pointerdown"]) {
    document.addEventListener(kind, (event) => {
        for (const menu of document.querySelectorAll(menus)) {
            if (!menu.contains(event.target)) menu.open = false;
        }
    });
}

// A scanner is a keyboard: "/" goes to the field that finds what was scanned.
document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === "/" && !typing) {
        const find = document.getElementById("find");
        if (find) { event.preventDefault(); find.focus(); }
    }
});

document.addEventListener("DOMContentLoaded", () => {
    const now = Date.parse(document.body.dataset.now);
    if (Number.isFinite(now)) clockOffset = now - Date.now();
    enliven(document);
    // The rail is longer than the screen: the room one stands in is in sight.
    document.querySelector(".rail [aria-current]")?.scrollIntoView({ block: "nearest" });
    follow();
    setInterval(tickClocks, 1000);
});
