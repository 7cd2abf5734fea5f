import js from "@eslint/js";

export default [
  { ignores: [".venv/", "build/"] },
  js.configs.recommended,
  { rules: { "no-undef": "off" } }, // TypeScript's checker knows every name, those of browsers too
];
