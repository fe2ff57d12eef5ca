// Makes dist/: the page, and one script that holds the form and its validators.
//
// The validators are compiled here and not in the page: under a Content-Security-Policy without 'unsafe-eval' the
// validator that rjsf brings cannot compile, and a question that only some people are asked would never appear.
import { compileSchemaValidatorsCode } from "@rjsf/validator-ajv8/compileSchemaValidators";
import { build } from "esbuild";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";

const { schema } = JSON.parse(await readFile("form.json", "utf-8"));
await writeFile("validators.cjs", compileSchemaValidatorsCode(schema));
await mkdir("dist", { recursive: true });
await build({
  entryPoints: ["page.jsx"],
  bundle: true,
  define: { "process.env.NODE_ENV": '"production"' },
  jsx: "automatic",
  minify: true,
  outfile: "dist/page.js",
});
await cp("index.html", "dist/index.html");
await cp("page.css", "dist/page.css");
