import { defineConfig, drivers } from '@adonisjs/core/encryption'

export default defineConfig({
  default: 'cookies',
  list: { cookies: drivers.aes256gcm({ id: 'cookies', keys: [process.env.APP_KEY] }) },
})
