// A thread that checks what it is sent, one job after another.
import { parentPort } from 'node:worker_threads'
import { checkSync } from './kinds.mjs'

parentPort.on('message', (job) => parentPort.postMessage(checkSync(job)))
