import {
  MD5_SHA1_INITIAL,
  md5Sines,
  sha1Roots,
  sha384Initial,
  sha512Initial,
  sha512Roots,
} from './digest-constants.js'

/**
 * Writes the tables of MD5, SHA-1 and SHA-2 to the addresses that the files `digest-loops-*.as.ts` name, little-endian as the
 * memory of WebAssembly is on every machine.
 */
export function writeDigestTables({ buffer }: WebAssembly.Memory): void {
  const view = new DataView(buffer)
  const upper = (word: bigint): number => Number(word >> 32n)
  const write32 = (start: number, table: readonly number[]): void => {
    table.forEach((word, i) => {
      view.setUint32(start + 4 * i, word, true)
    })
  }
  const write64 = (start: number, table: readonly bigint[]): void => {
    table.forEach((word, i) => {
      view.setBigUint64(start + 8 * i, word, true)
    })
  }
  const roots = sha512Roots()
  const initial = sha512Initial()
  write32(0, md5Sines())
  write32(256, roots.slice(0, 64).map(upper))
  write64(512, roots)
  write32(1152, MD5_SHA1_INITIAL)
  write32(1184, initial.map(upper))
  write64(1216, initial)
  write32(1280, sha1Roots())
  write64(1296, sha384Initial())
}
