export { BackendError, OverloadedError, PassliftError, PasswordError, RegistryError } from './errors.js'
export type { ErrorCause } from './errors.js'
export { malformed } from './formats/problem.js'
export type { Malformed, Problem } from './formats/problem.js'
export { defineHasher } from './hasher.js'
export type { Hasher, HasherSpec, Parsed, Reading, Standing } from './hasher.js'
export type { Limit, Limits } from './limits.js'
export type { Password, PasswordProblem } from './password.js'
export type { Policy, RehashReason } from './policy.js'
export type { Cost } from './primitives/cost.js'
export type { Job } from './primitives/job.js'
export { createRuntime } from './primitives/runtime.js'
export type { Runtime } from './primitives/runtime.js'
export { createRegistry } from './registry.js'
export type {
  DigestOptions,
  HasherInfo,
  Registry,
  Replacement,
  StoredDigest,
  VerifyOptions,
} from './registry.js'
export type { RegistryOptions } from './registry-options.js'
export { createSignIn } from './sign-in.js'
export type { Account, SignIn, SignInOptions } from './sign-in.js'
export type { NewDigest, Target } from './target.js'
export type * from './verdict.js'
