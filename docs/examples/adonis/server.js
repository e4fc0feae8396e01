import { Ignitor } from '@adonisjs/core'
import { createResetToken } from './users.mjs'

const root = new URL('./', import.meta.url)
const importer = (path) => import(path.startsWith('.') ? new URL(path, root).href : path)

await new Ignitor(root, { importer })
  .tap((app) => {
    app.listen('SIGTERM', () => app.terminate())
    app.ready(() => {
      console.log(`http://127.0.0.1:${process.env.PORT} ${createResetToken('ada@example.com')}`)
    })
  })
  .httpServer()
  .start()
