import { defineConfig } from '@adonisjs/core/hash'
import { createDriver } from 'passlift/adapters/adonis'
import { registry } from '../users.mjs'

// `hash.verify` reads what any system wrote, `hash.make` makes what the registry makes; only signIn replaces a digest.
export default defineConfig({ default: 'passlift', list: { passlift: () => createDriver(registry) } })
