export * from './core.js'
export {
  builtinHashers,
  createRegistry,
  createSignIn,
  engines,
  evaluate,
  hash,
  hashers,
  identify,
  matchBackupCode,
  needsRehash,
  parse,
  selfTest,
  verify,
} from './default.js'
export * from './targets/index.js'
