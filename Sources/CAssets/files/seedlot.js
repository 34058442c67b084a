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
        field.name && field.type !== "hidden" && field.type !== "password" && field.type !== "submit");
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

// Sends a form without leaving the page first: when the connection is lost the entry stays.
async function send(form, button) {
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.append(button.name, button.value);
    if (button) button.setAttribute("aria-busy", "true");
    try {
        const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
        const text = await answer.text();
        if (answer.redirected && answer.ok) {
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
    current.replaceWith(fresh);
    document.body.dataset.ledgerSize = page.body.dataset.ledgerSize || "";
    const size = page.getElementById("ledger-size");
    const shown = document.getElementById("ledger-size");
    if (size && shown) shown.textContent = size.textContent;
    enliven(fresh);
    const problem = fresh.querySelector("[role=alert], [aria-invalid]");
    if (problem) problem.scrollIntoView({ block: "center" });
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
        const focused = document.activeElement && document.activeElement.id;
        touched = false;
        showPage(await answer.text());
        const again = focused && document.getElementById(focused);
        if (again) again.focus({ preventScroll: true });
    } catch { /* The stream will say when the connection is back. */ }
}

// Counts a hold down to the instant it must end.
function tickClocks() {
    for (const clock of document.querySelectorAll("[data-until]")) {
        const left = Math.round((Date.parse(clock.dataset.until) - Date.now()) / 1000);
        const size = Math.abs(left);
        const words = `${Math.floor(size / 3600)}:${String(Math.floor(size / 60) % 60).padStart(2, "0")}:${String(size % 60).padStart(2, "0")}`;
        clock.textContent = left >= 0 ? `${words} left` : `over by ${words}`;
        clock.dataset.tone = left >= 0 ? "underway" : "bad";
    }
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
    if (form.method !== "post" || form.querySelector("input[type=file]")) return;
    event.preventDefault();
    send(form, event.submitter);
});

// A scanner is a keyboard: "/" goes to the field that finds what was scanned.
document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === "/" && !typing) {
        const find = document.getElementById("find");
        if (find) { event.preventDefault(); find.focus(); }
    }
});

document.addEventListener("DOMContentLoaded", () => {
    enliven(document);
    follow();
    if (document.querySelector("[data-until]")) { tickClocks(); }
    setInterval(tickClocks, 1000);
});
