import { pbkdf2 } from '../../platform/node.js'
import { definePair } from './pair.js'
import type { EnginePair } from './pair.js'

export const engines: EnginePair = definePair('pbkdf2', { standIn: pbkdf2 })
