// The outlines of the states as one SVG, in the projection in which the desk draws its marks (src/map/project.rs): d3's Natural Earth.
// Data: Natural Earth 1:50m by way of world-atlas, in the public domain.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { geoNaturalEarth1, geoPath, geoGraticule10 } from "d3-geo";
import { feature } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

// Bends of a line that span less than this, in square degrees, are made straight, the same on both sides of a border.
const LEAST = 0.01;
const atlas = JSON.parse(readFileSync(new URL("node_modules/world-atlas/countries-50m.json", import.meta.url)));
const world = simplify(presimplify(atlas), LEAST);
const path = geoPath(geoNaturalEarth1().scale(175).translate([480, 250])).digits(1);
const states = feature(world, world.objects.countries).features;
// Of an archipelago what would be a speck is left out, of each line the points that fall together.
const lines = states
  .map((state) => {
    const rings = path(state)
      .split("M")
      .filter((ring) => ring !== "")
      .map((ring) => [...new Set(ring.replace("Z", "").split("L"))]);
    const wide = (points) => {
      const both = points.map((point) => point.split(",").map(Number));
      const span = (axis) => Math.max(...both.map((it) => it[axis])) - Math.min(...both.map((it) => it[axis]));
      return Math.max(span(0), span(1));
    };
    const large = rings.filter((points) => points.length > 2 && wide(points) > 1.2);
    const kept = large.length > 0 ? large : rings.sort((a, b) => wide(b) - wide(a)).slice(0, 1);
    return `<path d="${kept.map((points) => `M${points.join("L")}Z`).join("")}"/>`;
  })
  .join("\n");
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 500" width="960" height="500">
<path fill="#8884" d="${path({ type: "Sphere" })}" fill-opacity=".18"/>
<path fill="none" stroke="#888" stroke-opacity=".25" stroke-width=".25" d="${path(geoGraticule10())}"/>
<g fill="#8a9a8c" fill-opacity=".45" stroke="#67766a" stroke-width=".25">
${lines}
</g>
</svg>
`;
const folder = new URL("../assets/dist/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("world.svg", folder), svg);
