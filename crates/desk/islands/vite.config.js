import { defineConfig } from "vite";

// Names without hashes: the program knows its files by name, and what is built again from the same sources is the same.
export default defineConfig({
  base: "/assets/",
  build: {
    outDir: "../assets/dist",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    sourcemap: false,
    rollupOptions: {
      input: "src/desk.ts",
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
