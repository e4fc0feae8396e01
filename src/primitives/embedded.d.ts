// A module bundled on its own, as text: see esbuild.config.mjs.
declare module '*?embedded' {
  const text: string
  export default text
}
