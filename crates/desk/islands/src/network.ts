// Who supplies whom as a network: the places of the nodes are worked out here, the numbers come with the page.

import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from "d3-force";

interface Node extends SimulationNodeDatum {
  id: string;
  name: string;
  count: number;
}

interface Edge extends SimulationLinkDatum<Node> {
  from: string;
  to: string;
  count: number;
  barter: boolean;
}

interface Graph {
  nodes: Node[];
  edges: Edge[];
}

const SVG = "http://www.w3.org/2000/svg";
const WIDE = 900;
const HIGH = 560;

export function begin(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('[data-island="network"]')) {
    const text = figure.querySelector('script[type="application/json"]')?.textContent;
    if (text !== undefined && text !== null) draw(figure, JSON.parse(text) as Graph);
  }
}

function make(name: string, values: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, String(value));
  return made;
}

function draw(figure: HTMLElement, graph: Graph): void {
  // Places by the number of the node, not by chance: the same graph looks the same.
  graph.nodes.forEach((node, nth) => {
    node.x = WIDE / 2 + 200 * Math.cos(nth * 2.4) * Math.sqrt((nth + 1) / graph.nodes.length);
    node.y = HIGH / 2 + 160 * Math.sin(nth * 2.4) * Math.sqrt((nth + 1) / graph.nodes.length);
  });
  const links = graph.edges.map((edge) => ({ ...edge, source: edge.from, target: edge.to }));
  const radius = (node: Node): number => 5 + 2 * Math.sqrt(node.count);
  const simulation = forceSimulation(graph.nodes)
    .force("link", forceLink<Node, (typeof links)[number]>(links).id((node) => node.id).distance(150).strength(0.35))
    .force("charge", forceManyBody().strength(-520))
    .force("collide", forceCollide<Node>((node) => radius(node) + 16))
    // What nothing ties to the rest stays near it.
    .force("x", forceX(WIDE / 2).strength(0.05))
    .force("y", forceY(HIGH / 2).strength(0.2))
    .stop();
  for (let step = 0; step < 300; step += 1) simulation.tick();

  const inside = (at: number | undefined, most: number): number => Math.min(Math.max(at ?? 0, 40), most - 40);
  for (const node of graph.nodes) {
    node.x = inside(node.x, WIDE);
    node.y = inside(node.y, HIGH);
  }
  const ys = graph.nodes.map((node) => node.y ?? 0);
  const [top, bottom] = [Math.min(...ys) - 45, Math.max(...ys) + 35];
  const svg = make("svg", { viewBox: `0 ${top} ${WIDE} ${bottom - top}`, role: "group", "aria-label": "Suppliers and recipients as a network; the table below says the same" });
  svg.setAttribute("class", "network");
  const defs = make("defs", {});
  const marker = make("marker", { id: "tip", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 11, markerHeight: 11, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" });
  marker.append(make("path", { d: "M0 0L8 4L0 8z", class: "tip" }));
  defs.append(marker);
  svg.append(defs);
  for (const link of links) {
    const from = link.source as unknown as Node;
    const to = link.target as unknown as Node;
    const [dx, dy] = [(to.x ?? 0) - (from.x ?? 0), (to.y ?? 0) - (from.y ?? 0)];
    const length = Math.hypot(dx, dy) || 1;
    const end = radius(to) + 4;
    const [x2, y2] = [(to.x ?? 0) - (dx / length) * end, (to.y ?? 0) - (dy / length) * end];
    // Both ways of one pair are two bows.
    const [cx, cy] = [((from.x ?? 0) + x2) / 2 - dy * 0.12, ((from.y ?? 0) + y2) / 2 + dx * 0.12];
    const line = make("path", {
      d: `M${from.x} ${from.y}Q${cx} ${cy} ${x2} ${y2}`,
      class: link.barter ? "edge barter" : "edge",
      "stroke-width": Math.min(6, 1 + Math.sqrt(link.count)),
      "marker-end": "url(#tip)",
    });
    const title = document.createElementNS(SVG, "title");
    title.textContent = `${from.name} → ${to.name}: ${link.count}${link.barter ? ", in exchange" : ""}`;
    line.append(title);
    svg.append(line);
  }
  for (const node of graph.nodes) {
    const link = make("a", { href: `/entity/${encodeURIComponent(node.id)}` });
    link.append(make("circle", { cx: node.x ?? 0, cy: node.y ?? 0, r: radius(node), class: "node" }));
    const label = make("text", { x: node.x ?? 0, y: (node.y ?? 0) - radius(node) - 4, "text-anchor": "middle" });
    label.textContent = node.name;
    link.append(label);
    svg.append(link);
  }
  figure.append(svg);
  figure.hidden = false;
}
