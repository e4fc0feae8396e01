export { bcryptTarget } from './bcrypt.js'
export type { BcryptTargetOptions } from './bcrypt.js'
