#!/usr/bin/env node
import { reportCrash, runProgram } from './program.js'

// The exit code is that of a failure until an answer is known, so that a lost check is never taken for a match.
process.exitCode = 3
process.on('uncaughtException', reportCrash)
process.exitCode = await runProgram(process.argv.slice(2))
