import 'reflect-metadata'
import {
  Body,
  Catch,
  Controller,
  HttpCode,
  HttpException,
  Injectable,
  Module,
  Post,
  Req,
  UseGuards,
} from '@nestjs/common'
import { APP_FILTER, BaseExceptionFilter, NestFactory } from '@nestjs/core'
import type { ArgumentsHost } from '@nestjs/common'
import { AuthGuard, PassportModule, PassportStrategy } from '@nestjs/passport'
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'
import { createValidate } from 'passlift/adapters/passport'
import { Strategy } from 'passport-local'
import { createResetToken, resetPassword, signIn, toResponse } from './users.mjs'

const check = createValidate(signIn)

@Injectable()
class LocalStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({ usernameField: 'email' })
  }

  /** Null is answered with the status 401. */
  validate(email: unknown, password: unknown) {
    return check(email, password)
  }
}

@Controller()
// The limit stands in front of the check, so that a guess costs nothing here.
@UseGuards(ThrottlerGuard)
class SignInController {
  @Post('sign-in')
  @HttpCode(200)
  @UseGuards(AuthGuard('local'))
  signIn(@Req() request: { readonly user: { readonly id: number; readonly name: string } }) {
    return toResponse(request.user)
  }

  @Post('reset-password')
  @HttpCode(204)
  async reset(@Body() body: { readonly token?: unknown; readonly password?: unknown } | undefined) {
    const { token, password } = body ?? {}
    const isWhole = typeof token === 'string' && typeof password === 'string' && password.length >= 8
    if (!isWhole || !(await resetPassword(token, password))) throw new HttpException('', 400)
  }
}

@Catch()
class ErrorFilter extends BaseExceptionFilter {
  override catch(error: { readonly code?: string }, host: ArgumentsHost) {
    if (error.code === 'ERR_OVERLOADED') {
      host.switchToHttp().getResponse().setHeader('Retry-After', '1')
      return super.catch(new HttpException('', 503), host)
    }
    const isPassword = error.code?.startsWith('ERR_PASSWORD_') === true
    return super.catch(isPassword ? new HttpException('', 400) : error, host)
  }
}

@Module({
  imports: [PassportModule, ThrottlerModule.forRoot([{ ttl: 60_000, limit: 30 }])],
  controllers: [SignInController],
  providers: [LocalStrategy, { provide: APP_FILTER, useClass: ErrorFilter }],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error'] })
await app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1')
console.log(`${await app.getUrl()} ${createResetToken('ada@example.com')}`)
