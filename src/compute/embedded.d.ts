// What the build makes of an import by its ending: see esbuild.config.mjs.

/** A module bundled on its own, as text. */
declare module '*?embedded' {
  const text: string
  export default text
}

/** A kernel, compiled: './kernels/bcrypt.as.js?wasm' is what becomes of kernels/bcrypt.as.ts. */
declare module '*?wasm' {
  const bytes: Uint8Array
  export default bytes
}
