#!/usr/bin/env node
import { reportCrash, runProgram } from './program.js'

// Until an answer is known the process has failed, however it ends: nothing may mistake a lost check for a match.
process.exitCode = 3
process.on('uncaughtException', reportCrash)
process.exitCode = await runProgram(process.argv.slice(2))
