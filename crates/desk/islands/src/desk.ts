// What moves. Every page reads without it; each island loads only where there is something to move.

const has = (name: string): boolean => document.querySelector(`[data-island="${name}"]`) !== null;

if (has("map")) void import("./map").then((it) => it.begin());
if (has("network")) void import("./network").then((it) => it.begin());
if (document.querySelector("[data-item]") !== null) void import("./review").then((it) => it.begin());
