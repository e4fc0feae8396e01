import { defaultRegistry } from './default.js'
import type { Registry } from './registry/api.js'

export { EngineError, OverloadedError, PassliftError, PasswordError, RegistryError } from './errors.js'
export type { ErrorCause } from './errors.js'
export { builtinHashers, createRegistry, createSignIn } from './default.js'
export { malformed } from './formats/problem.js'
export type { Malformed, Problem } from './formats/problem.js'
export type { EngineInfo } from './registry/engine-info.js'
export { nodeRsArgon2 } from './compute/node-rs-argon2.js'
export type { NodeRsArgon2 } from './compute/node-rs-argon2.js'
export { defineHasher } from './hasher/hasher.js'
export type { Hasher, HasherSpec, Parsed, Reading, Standing } from './hasher/hasher.js'
export type { HasherInfo } from './registry/hasher-info.js'
export type { Hint, LooksLike } from './registry/hints.js'
export type { Limit, Limits } from './registry/limits.js'
export type { Password, PasswordProblem } from './registry/password.js'
export type { Policy, RehashReason } from './registry/policy.js'
export type { Cost } from './compute/cost.js'
export type { AnyEngine, Engine, Engines, JobKind, JobOf } from './compute/engine.js'
export type { Job } from './compute/job.js'
export { createRuntime } from './runtime/runtime.js'
export type { RunOptions, Runtime } from './runtime/runtime.js'
export type { RuntimeOptions } from './runtime/options.js'
export type { DigestOptions, Registry, Replacement, StoredDigest, VerifyOptions } from './registry/api.js'
export type { RegistryOptions } from './registry/settings.js'
export type { Account, SignIn, SignInOptions } from './sign-in/sign-in.js'
export type { NewDigest, Target } from './hasher/target.js'
export { bcryptTarget } from './targets/bcrypt.js'
export type { BcryptTargetOptions } from './targets/bcrypt.js'
export type * from './registry/verdict.js'

// Each a call that a bundler may drop: it keeps a property that is read, and with it every hasher.
export const evaluate: Registry['evaluate'] = /* @__PURE__ */ (() => defaultRegistry.evaluate)()
export const verify: Registry['verify'] = /* @__PURE__ */ (() => defaultRegistry.verify)()
export const needsRehash: Registry['needsRehash'] = /* @__PURE__ */ (() => defaultRegistry.needsRehash)()
export const hash: Registry['hash'] = /* @__PURE__ */ (() => defaultRegistry.hash)()
export const identify: Registry['identify'] = /* @__PURE__ */ (() => defaultRegistry.identify)()
export const parse: Registry['parse'] = /* @__PURE__ */ (() => defaultRegistry.parse)()
export const hashers: Registry['hashers'] = /* @__PURE__ */ (() => defaultRegistry.hashers)()
export const engines: Registry['engines'] = /* @__PURE__ */ (() => defaultRegistry.engines)()
export const matchBackupCode: Registry['matchBackupCode'] = /* @__PURE__ */ (() =>
  defaultRegistry.matchBackupCode)()
