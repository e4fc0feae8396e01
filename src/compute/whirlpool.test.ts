import { describe, expect, test } from 'vitest'
import { whirlpool } from './whirlpool.js'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

// The beginnings of digests of messages of so many letters, from OpenSSL 3.0.19 with its legacy provider.
const PADDED = [
  [31, '8b82e4d3e173ab3fb325c8d23d8f3147'],
  [32, 'dc07843a058cd72f87cf16d1f18e72dd'],
  [33, '49e245c374d93dcbd2c4c4a00f97e808'],
  [63, '29573367963a1110e79f06863ba82587'],
  [64, 'abf168fc1a97a2ae31afb8ac2a2879da'],
  [65, '91df60c00e7c734a37b21676207a3bfb'],
  [95, '3617d4e70ebd400b8a2d52ccf49dbfff'],
  [96, '699bec3d3ae421af23ea8eb0fd342f58'],
  [128, '14a3d3a43512ddee73c03fa701a53687'],
  [5000, '40c4c7625e63d74835ce34f68375cec6'],
] as const

describe('Whirlpool', () => {
  // The first three are vectors of ISO/IEC 10118-3; the others are from OpenSSL 3.0.19 with its legacy provider.
  test.each([
    [
      '',
      '19fa61d75522a4669b44e39c1d2e1726c530232130d407f89afee0964997f7a73e83be698b288febcf88e3e03c4f0757ea8964e59b63d93708b138cc42a66eb3',
    ],
    [
      'a',
      '8aca2602792aec6f11a67206531fb7d7f0dff59413145e6973c45001d0087b42d11bc645413aeff63a42391a39145a591a92200d560195e53b478584fdae231a',
    ],
    [
      'abc',
      '4e2448a4c6f486bb16b6562c73b4020bf3043e3a731bce721ae1b303d97e6d4c7181eebdb6c57e277d0e34957114cbd6c797fc9d95d8b582d225292076d4eef5',
    ],
    [
      'a'.repeat(100),
      '8cbbae13ec2d2dc76df4338be4cc4d138517033daf8b00bbdbcfe46714d4863b275461d1b94baaf3ed44d9829d70af5300209d80166964266db1e371330de73e',
    ],
  ])('has the answers of its standard and of OpenSSL: vector %#', (message, digest) => {
    expect(hex(whirlpool(Buffer.from(message)))).toBe(digest)
  })

  test.each(PADDED)('pads a message of %i bytes', (length, start) => {
    expect(hex(whirlpool(Buffer.alloc(length, 'b'))).slice(0, 32)).toBe(start)
  })
})
