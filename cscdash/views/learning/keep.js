// Keeps the session in this browser tab: a reload, a dropped connection or a server that went to
// sleep loses nothing. It also gives the keyboard what Streamlit's shortcuts do not: N and P, E to
// write, Escape to leave a field, F for the full screen.
const SESSION = "cscdash-session";
const DRAFTS = "cscdash-drafts";
const PREFIX = "st-key-learn-";

function drafts() {
  try {
    return JSON.parse(sessionStorage.getItem(DRAFTS)) || {};
  } catch {
    return {};
  }
}

function keepDrafts(found) {
  if (Object.keys(found).length) sessionStorage.setItem(DRAFTS, JSON.stringify(found));
  else sessionStorage.removeItem(DRAFTS);
}

function pathOf(field) {
  const holder = field.closest(`[class*="${PREFIX}"]`);
  if (!holder) return "";
  const name = [...holder.classList].find((one) => one.startsWith(PREFIX));
  return name.slice(PREFIX.length);
}

function texts(part, found) {
  if (typeof part === "string") found.add(part);
  else if (part && typeof part === "object") Object.values(part).forEach((one) => texts(one, found));
  return found;
}

// A draft has arrived once the session that the server sends back holds it.
function forgetArrived(text) {
  const found = drafts();
  if (!Object.keys(found).length) return;
  const arrived = texts(JSON.parse(text), new Set());
  for (const [path, words] of Object.entries(found)) {
    if (arrived.has(words.trim())) delete found[path];
  }
  keepDrafts(found);
}

function writing(element) {
  return element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
}

function click(name) {
  const button = document.querySelector(`.st-key-${name} button`);
  if (button && !button.disabled) button.click();
}

function onInput(event) {
  const field = event.target;
  if (!writing(field)) return;
  const path = pathOf(field);
  if (path) keepDrafts({ ...drafts(), [path]: field.value });
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (writing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const stage = document.querySelector(".st-key-stage");
  if (!stage) return;
  const key = event.key.toLowerCase();
  if (key === "n") click("go_on");
  else if (key === "p") click("go_back");
  else if (key === "f") {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  } else if (key === "e") {
    const field = stage.querySelector("textarea, input[type=text], input[type=number]");
    if (field) {
      field.focus();
      event.preventDefault();
    }
  }
}

export default function (component) {
  const { data, setStateValue } = component;
  if (!data.met) {
    const text = sessionStorage.getItem(SESSION) || "";
    setStateValue("found", { token: data.token, text, drafts: drafts() });
  } else if (data.text) {
    if (data.clear) keepDrafts({});
    sessionStorage.setItem(SESSION, data.text);
    forgetArrived(data.text);
  } else {
    sessionStorage.removeItem(SESSION);
    keepDrafts({});
  }
  document.addEventListener("input", onInput, true);
  document.addEventListener("keydown", onKey);
  return () => {
    document.removeEventListener("input", onInput, true);
    document.removeEventListener("keydown", onKey);
  };
}
