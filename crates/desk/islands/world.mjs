// The outlines of the states as one SVG, in the projection in which the desk draws its marks (src/map/project.rs): d3's Natural Earth.
// Data: Natural Earth 1:110m by way of world-atlas, in the public domain.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { geoNaturalEarth1, geoPath, geoGraticule10 } from "d3-geo";
import { feature } from "topojson-client";

const world = JSON.parse(readFileSync(new URL("node_modules/world-atlas/countries-110m.json", import.meta.url)));
const path = geoPath(geoNaturalEarth1().scale(175).translate([480, 250])).digits(1);
const states = feature(world, world.objects.countries).features;
const lines = states.map((state) => `<path d="${path(state)}"/>`).join("\n");
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 500" width="960" height="500">
<path fill="#8884" d="${path({ type: "Sphere" })}" fill-opacity=".18"/>
<path fill="none" stroke="#888" stroke-opacity=".25" stroke-width=".5" d="${path(geoGraticule10())}"/>
<g fill="#8a9a8c" fill-opacity=".45" stroke="#67766a" stroke-width=".5">
${lines}
</g>
</svg>
`;
const folder = new URL("../assets/dist/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("world.svg", folder), svg);
