// The first check of a process: reads one case from its arguments and prints the milliseconds it took.
import * as passlift from 'passlift'
import { time } from './measure.mjs'
import { signIn } from './timing-cases.mjs'

const [, , text] = process.argv
console.log(await time(() => signIn(passlift, JSON.parse(text))))
