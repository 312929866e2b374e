// A queue by the keyboard: j and k go from item to item, a letter presses the button that has it, ? tells which there are.

const KEYS: [string, string][] = [
  ["j", "next"],
  ["k", "previous"],
  ["o", "open"],
  ["a", "accept: it was read right"],
  ["r", "reject: it was misread"],
  ["s", "the same"],
  ["d", "different"],
  ["n", "unsure: not now"],
  ["e", "correct a field"],
  ["u", "undo"],
  ["?", "this list"],
];

export function begin(): void {
  const items = [...document.querySelectorAll<HTMLElement>("[data-item]")];
  for (const item of items) item.tabIndex = -1;
  const dialog = help();
  const here = (): number => items.findIndex((item) => item.contains(document.activeElement));
  const go = (nth: number): void => {
    const item = items[Math.min(Math.max(nth, 0), items.length - 1)];
    item?.focus();
    item?.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    const target = event.target;
    const types = target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
    if (types || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    const at = here();
    if (event.key === "?") {
      dialog.showModal();
    } else if (event.key === "j") {
      go(at + 1);
    } else if (event.key === "k") {
      go(at < 0 ? 0 : at - 1);
    } else if (event.key === "o") {
      items[at]?.querySelector<HTMLAnchorElement>("a[href]")?.click();
    } else {
      // Without an item the first one is meant, and for undo the page.
      const within: ParentNode = items[at] ?? (event.key === "u" ? document : (items[0] ?? document));
      const key = `[data-key="${CSS.escape(event.key)}"]`;
      const opens = within.querySelector<HTMLElement>(`summary${key}`);
      if (opens !== null) {
        opens.closest("details")?.setAttribute("open", "");
        opens.parentElement?.querySelector<HTMLElement>("select, input:not([type=hidden])")?.focus();
        event.preventDefault();
        return;
      }
      const button = within.querySelector<HTMLButtonElement>(`button${key}`);
      if (button === null) return;
      press(button);
    }
    event.preventDefault();
  });
}

// A reason that is needed is asked for where it is written.
function press(button: HTMLButtonElement): void {
  button.closest("details")?.setAttribute("open", "");
  const why = button.form?.querySelector<HTMLInputElement>('input[name="why"]');
  if (why && why.value === "" && (why.required || button.value === "reject" || button.value === "differ")) {
    why.focus();
    return;
  }
  button.click();
}

function help(): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-label", "Keys");
  const list = document.createElement("dl");
  for (const [key, words] of KEYS) {
    const term = document.createElement("dt");
    const named = document.createElement("kbd");
    named.textContent = key;
    term.append(named);
    const means = document.createElement("dd");
    means.textContent = words;
    list.append(term, means);
  }
  const close = document.createElement("button");
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.append(list, close);
  document.body.append(dialog);
  return dialog;
}
