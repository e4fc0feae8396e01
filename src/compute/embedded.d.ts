// The build makes imports with these endings: see esbuild.config.mjs.

/** A module bundled on its own, as text. */
declare module '*?embedded' {
  const text: string
  export default text
}

/** An engine and its kernel, packed: see packEngine in esbuild.config.mjs. */
declare module '*?engine' {
  const packed: string
  export default packed
}

/** A compiled kernel: './kernels/bcrypt.as.js?wasm' is kernels/bcrypt.as.ts. */
declare module '*?wasm' {
  const bytes: Uint8Array
  export default bytes
}
