// This thread checks the jobs that it is sent, one after another.
import { parentPort } from 'node:worker_threads'
import { checkSync } from './kinds.mjs'

parentPort.on('message', (job) => parentPort.postMessage(checkSync(job)))
