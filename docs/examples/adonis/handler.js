import { ExceptionHandler } from '@adonisjs/core/http'

export default class HttpExceptionHandler extends ExceptionHandler {
  async handle(error, context) {
    const { response } = context
    if (error.code === 'ERR_OVERLOADED') return response.header('retry-after', '1').status(503).send('')
    if (error.code?.startsWith('ERR_PASSWORD_')) return response.status(400).send('')
    return super.handle(error, context)
  }
}
