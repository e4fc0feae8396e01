import { defineConfig } from '@adonisjs/core/bodyparser'

export default defineConfig({ json: { types: ['application/json'], limit: '10kb' } })
