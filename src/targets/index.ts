export { argon2idTarget } from './argon2id.js'
export type { Argon2idTargetOptions } from './argon2id.js'
export { bcryptTarget } from './bcrypt.js'
export type { BcryptTargetOptions } from './bcrypt.js'
