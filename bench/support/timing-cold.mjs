// This program makes the first check of a process: it reads a case from its arguments and prints the milliseconds.
import * as passlift from 'passlift'
import { time } from './measure.mjs'
import { signIn } from './timing-cases.mjs'

const [, , text] = process.argv
console.log(await time(() => signIn(passlift, JSON.parse(text))))
