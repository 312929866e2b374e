// Zooming and moving a map that the server drew: by wheel, by dragging, by buttons and by keys.

interface View {
  x: number;
  y: number;
  width: number;
  height: number;
}

const CLOSEST = 24;

export function begin(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('[data-island="map"]')) {
    const svg = figure.querySelector<SVGSVGElement>("svg");
    if (svg !== null) move(figure, svg);
  }
}

function move(figure: HTMLElement, svg: SVGSVGElement): void {
  const box = svg.viewBox.baseVal;
  // The server shows the part where something is; the whole world is farther out.
  const [x = 0, y = 0, width = 960, height = 500] = (svg.dataset["whole"] ?? "").split(" ").map(Number);
  const whole: View = { x, y, width, height };
  let view: View = { x: box.x, y: box.y, width: box.width, height: box.height };
  const marks = [...svg.querySelectorAll<SVGElement>("[data-r]")];

  const show = (): void => {
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    // Marks keep their size on the screen.
    const scale = view.width / whole.width;
    for (const mark of marks) {
      const r = Number(mark.dataset["r"]);
      if (mark.tagName === "circle") mark.setAttribute("r", String(r * scale));
      else mark.setAttribute("font-size", String(r * scale));
    }
  };
  const zoom = (by: number, x: number, y: number): void => {
    const width = Math.min(whole.width, Math.max(whole.width / CLOSEST, view.width * by));
    const height = (width * whole.height) / whole.width;
    const keep = (at: number, from: number, old: number, now: number): number => at - ((at - from) / old) * now;
    view = { x: keep(x, view.x, view.width, width), y: keep(y, view.y, view.height, height), width, height };
    inside();
    show();
  };
  const inside = (): void => {
    view.x = Math.min(Math.max(view.x, whole.x), whole.x + whole.width - view.width);
    view.y = Math.min(Math.max(view.y, whole.y), whole.y + whole.height - view.height);
  };
  const at = (event: MouseEvent): [number, number] => {
    const rect = svg.getBoundingClientRect();
    return [
      view.x + ((event.clientX - rect.left) / rect.width) * view.width,
      view.y + ((event.clientY - rect.top) / rect.height) * view.height,
    ];
  };
  svg.addEventListener(
    "wheel",
    (event) => {
      // A page that is scrolled stays one: only with a key held does the wheel zoom.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1.25 : 0.8, ...at(event));
    },
    { passive: false },
  );
  let from: { x: number; y: number; view: View } | null = null;
  svg.addEventListener("pointerdown", (event) => {
    if (view.width < whole.width) from = { x: event.clientX, y: event.clientY, view: { ...view } };
  });
  svg.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const rect = svg.getBoundingClientRect();
    view.x = from.view.x - ((event.clientX - from.x) / rect.width) * view.width;
    view.y = from.view.y - ((event.clientY - from.y) / rect.height) * view.height;
    inside();
    show();
  });
  for (const end of ["pointerup", "pointerleave"]) svg.addEventListener(end, () => (from = null));

  const bar = document.createElement("div");
  bar.className = "zoom";
  const button = (label: string, words: string, act: () => void): void => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "plain";
    made.textContent = label;
    made.setAttribute("aria-label", words);
    made.addEventListener("click", act);
    bar.append(made);
  };
  const middle = (): [number, number] => [view.x + view.width / 2, view.y + view.height / 2];
  button("+", "Nearer", () => zoom(0.6, ...middle()));
  button("−", "Farther", () => zoom(1 / 0.6, ...middle()));
  button("⤢", "The whole map", () => {
    view = { ...whole };
    show();
  });
  figure.prepend(bar);
  show();
}
